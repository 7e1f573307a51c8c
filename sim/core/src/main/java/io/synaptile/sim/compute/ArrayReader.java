/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.sim.compute;

import java.util.List;

/**
 * What reads the arrays of one layer where the sum of their cells is not all there is to it: a circuit solver, or an array
 * outside this machine. Results must depend on the reads alone, not on how they are grouped or in which order they come.
 * Called by several threads at a time.
 */
public interface ArrayReader {
    /**
     * Reads the arrays of one row tile.
     *
     * @param tile row tile
     * @param sums of every read, {@code [reads][planes][outputs]} in units of the weight, before read noise and conversion;
     *     overwritten
     */
    void read(int tile, ArrayReads reads, float[] sums);

    /** Whether calls are dear, so that the reads of many images should come in one call of {@link #read(int, List, List)}. */
    default boolean batched() {
        return false;
    }

    /**
     * Reads the arrays of one row tile for several images, phases or steps.
     *
     * @param reads of one image and phase each
     * @param sums of each, as in {@link #read(int, ArrayReads, float[])}
     */
    default void read(int tile, List<ArrayReads> reads, List<float[]> sums) {
        for (int i = 0; i < reads.size(); i++) {
            read(tile, reads.get(i), sums.get(i));
        }
    }
}
