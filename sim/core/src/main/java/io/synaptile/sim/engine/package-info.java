/* SPDX-License-Identifier: Apache-2.0 */

/**
 * Runs networks on images: batches from a source of images, accuracy and activity over all of them, and rules after which an
 * image stops early. Nothing here learns.
 */
package io.synaptile.sim.engine;
