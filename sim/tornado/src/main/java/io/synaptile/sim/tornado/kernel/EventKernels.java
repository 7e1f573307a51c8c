/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.sim.tornado.kernel;

import uk.ac.manchester.tornado.api.KernelContext;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;
import uk.ac.manchester.tornado.api.types.arrays.IntArray;
import uk.ac.manchester.tornado.api.types.arrays.ShortArray;

/** Lists of the non-zero inputs of a layer, and the choice between its dense and its event-driven kernels. */
public final class EventKernels {
    /** Threads of the group that chooses. */
    public static final int GROUP = 128;
    /** Local memory of that group. */
    public static final int LOCAL_BYTES = GROUP * Integer.BYTES;

    private EventKernels() {}

    /**
     * Lists the channels of the non-zero values of each position, in ascending order. One thread per position of a map.
     *
     * @param count events of each position, {@code [maps, positions]}
     * @param channel their channels, {@code [maps, positions, channels]}, filled from the front
     */
    public static void list(
            KernelContext c,
            IntArray guard,
            FloatArray xf,
            ShortArray xh,
            IntArray count,
            ShortArray channel,
            IntArray g,
            IntArray run,
            int sixteen) {
        Guard.passed(c, guard);
        int i = c.globalIdx;
        int channels = g.get(G.CHANNELS);
        int maps = run.get(R.SAMPLES);
        if (g.get(G.CONSTANT_INPUT) == 0) {
            maps = maps * run.get(R.STEPS);
        }
        if (i < maps * g.get(G.HEIGHT) * g.get(G.WIDTH)) {
            int from = i * channels;
            int events = 0;
            for (int k = 0; k < channels; k++) {
                float value = Half.load(xf, xh, sixteen, from + k);
                if (value != 0f) {
                    channel.set(from + events, (short) k);
                    events++;
                }
            }
            count.set(i, events);
        }
    }

    /**
     * Measures the activity of a batch and chooses the layer's kernels: event-driven (0) up to a share of non-zero inputs,
     * dense (1) above. One group.
     *
     * @param limit the share, one entry
     */
    public static void choose(
            KernelContext c,
            IntArray guard,
            IntArray count,
            IntArray choice,
            FloatArray limit,
            IntArray g,
            IntArray run) {
        Guard.passed(c, guard);
        int[] sums = c.allocateIntLocalArray(GROUP);
        int lane = c.localIdx;
        int positions = run.get(R.SAMPLES) * g.get(G.HEIGHT) * g.get(G.WIDTH);
        if (g.get(G.CONSTANT_INPUT) == 0) {
            positions = positions * run.get(R.STEPS);
        }
        int sum = 0;
        for (int p = lane; p < positions; p += GROUP) {
            sum += count.get(p);
        }
        sums[lane] = sum;
        c.localBarrier();
        for (int reach = GROUP / 2; reach > 0; reach = reach / 2) {
            if (lane < reach) {
                sums[lane] = sums[lane] + sums[lane + reach];
            }
            c.localBarrier();
        }
        if (lane == 0) {
            int dense = 0;
            if (sums[0] > limit.get(0) * positions * g.get(G.CHANNELS)) {
                dense = 1;
            }
            choice.set(g.get(G.CHOICE), dense);
        }
    }
}
