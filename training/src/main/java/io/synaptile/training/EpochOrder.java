/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.training;

import io.synaptile.sim.random.NoiseStream;
import io.synaptile.sim.random.Purpose;

/** The order in which an epoch visits its samples and where it cuts them into batches. */
public final class EpochOrder {
    private EpochOrder() {}

    /**
     * A random permutation that depends on seed and epoch alone.
     *
     * <p>Source: R. Durstenfeld, "Algorithm 235: random permutation", Communications of the ACM 1964.
     */
    public static int[] shuffled(int size, long seed, int epoch) {
        int[] order = identity(size);
        NoiseStream random = NoiseStream.of(seed, Purpose.SHUFFLE, 0, 0, epoch);
        for (int i = size - 1; i > 0; i--) {
            int j = (int) ((random.nextInt() & 0xFFFFFFFFL) * (i + 1) >>> 32);
            int moved = order[i];
            order[i] = order[j];
            order[j] = moved;
        }
        return order;
    }

    /** The numbers from 0. */
    static int[] identity(int size) {
        int[] order = new int[size];
        for (int i = 0; i < size; i++) {
            order[i] = i;
        }
        return order;
    }

    /** Fewest batches of at most {@code batch} samples. */
    public static int batches(int size, int batch) {
        return (size + batch - 1) / batch;
    }

    /**
     * First sample of a batch when an epoch is cut into batches that differ by at most one sample: a small rest at the end
     * would disturb the norms' statistics.
     */
    public static int start(int batch, int batches, int size) {
        return (int) ((long) batch * size / batches);
    }
}
