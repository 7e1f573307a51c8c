/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.sim.tornado;

import uk.ac.manchester.tornado.api.types.arrays.IntArray;
import uk.ac.manchester.tornado.api.types.arrays.ShortArray;

/**
 * Non-zero values of a signal by position.
 *
 * @param count {@code [maps, positions]}
 * @param channel {@code [maps, positions, channels]}, filled from the front
 */
record EventList(IntArray count, ShortArray channel) {
    /** Most channels of a position that can be listed. */
    static final int MOST_CHANNELS = Short.MAX_VALUE + 1;
}
