/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.sim.io.dataset;

import io.synaptile.sim.network.Shape;

/**
 * What a network needs to know of a data set.
 *
 * @param shape of one image
 * @param classes number of classes
 */
public record DataForm(Shape shape, int classes) {}
