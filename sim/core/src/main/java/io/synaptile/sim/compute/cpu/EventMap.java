/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.sim.compute.cpu;

import java.util.Arrays;

/**
 * Non-zero values of one map (one sample at one step), channels last: for each position in row order its events by ascending
 * channel. An entry is {@code x * channels + c}, so the events under neighbouring kernel taps of one row are one contiguous
 * run, and one subtraction turns them into weight rows.
 *
 * <p>Reused between batches; the arrays only ever grow.
 */
final class EventMap {
    /** Events of position p are {@code start[p]} to {@code start[p + 1]}. */
    final int[] start;
    /** Entries, {@code x * channels + c}. */
    int[] index = new int[64];
    /** Values, or unused while {@link #binary}. */
    float[] value = new float[0];
    /** All values are 1 and {@link #value} is not filled. */
    boolean binary = true;
    /** All values are -1 or 1. */
    boolean unit = true;

    EventMap(int positions) {
        start = new int[positions + 1];
    }

    /** Number of events. */
    int count() {
        return start[start.length - 1];
    }

    /** Makes room for {@code capacity} entries, and values unless binary. */
    void reserve(int capacity) {
        if (index.length < capacity) {
            index = Arrays.copyOf(index, Math.max(capacity, index.length + (index.length >> 1)));
        }
        if (!binary && value.length < index.length) {
            value = Arrays.copyOf(value, index.length);
        }
    }

    /** Starts a new map with the given kind of values. */
    void clear(boolean isBinary, boolean isUnit) {
        binary = isBinary;
        unit = isUnit;
        reserve(0);
    }

    /** Takes over the events of another map. */
    void copy(EventMap other) {
        clear(other.binary, other.unit);
        reserve(other.count());
        System.arraycopy(other.start, 0, start, 0, start.length);
        System.arraycopy(other.index, 0, index, 0, other.count());
        if (!binary) {
            System.arraycopy(other.value, 0, value, 0, other.count());
        }
    }

    /** Gives all events of a binary map one value, which is not 1. */
    void emit(float worth) {
        clear(false, false);
        Arrays.fill(value, 0, count(), worth);
    }

    /**
     * Sorts the events by sign.
     *
     * @param positive receives those above 0
     * @param negative receives the magnitudes of the others
     */
    void split(EventMap positive, EventMap negative) {
        positive.clear(false, false);
        negative.clear(false, false);
        positive.reserve(count());
        negative.reserve(count());
        int above = 0;
        int below = 0;
        for (int p = 0; p + 1 < start.length; p++) {
            positive.start[p] = above;
            negative.start[p] = below;
            for (int e = start[p]; e < start[p + 1]; e++) {
                if (value[e] > 0) {
                    positive.index[above] = index[e];
                    positive.value[above++] = value[e];
                } else {
                    negative.index[below] = index[e];
                    negative.value[below++] = -value[e];
                }
            }
        }
        positive.start[start.length - 1] = above;
        negative.start[start.length - 1] = below;
    }
}
