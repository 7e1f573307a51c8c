/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.sim.tornado;

import io.synaptile.sim.network.Shape;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;
import uk.ac.manchester.tornado.api.types.arrays.ShortArray;

/**
 * Activity between two layers on the device: maps {@code [positions, channels]}, map {@code t * N + n}, or one per sample if
 * constant.
 *
 * @param single values in single precision; a single entry if they are halves
 * @param halves values in half precision; a single entry if they are not
 * @param constant whether all steps have the same map
 * @param events whether most values are expected to be zero, as spikes and what is pooled from them are
 */
record Signal(Shape shape, FloatArray single, ShortArray halves, boolean constant, boolean events) {
    /** The same memory, read as another shape of the same size. */
    Signal as(Shape other) {
        return new Signal(other, single, halves, constant, events);
    }
}
