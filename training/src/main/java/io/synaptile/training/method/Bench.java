/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.training.method;

import io.synaptile.sim.compute.ComputeBackend;
import io.synaptile.sim.engine.ImageSource;

/**
 * What a method works with: to train, to calibrate and to convert.
 *
 * @param train training images
 * @param validation images that choose the epoch that is kept; never the test images
 */
public record Bench(ComputeBackend backend, ImageSource train, ImageSource validation) {}
