/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.sim.tornado.kernel;

import uk.ac.manchester.tornado.api.KernelContext;
import uk.ac.manchester.tornado.api.types.arrays.DoubleArray;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;
import uk.ac.manchester.tornado.api.types.arrays.IntArray;
import uk.ac.manchester.tornado.api.types.arrays.LongArray;
import uk.ac.manchester.tornado.api.types.arrays.ShortArray;

/** Counts of activity per map, from which the host projects energy. One group per map. */
public final class CountKernels {
    /** Threads of a group. */
    public static final int GROUP = 64;
    /** Local memory of a group that counts spikes, and of one that counts what a synapse layer does. */
    public static final int SPIKES_LOCAL_BYTES = GROUP * Integer.BYTES;

    public static final int SYNAPSE_LOCAL_BYTES = GROUP * (2 * Integer.BYTES + Long.BYTES + 2 * Double.BYTES);

    private CountKernels() {}

    /**
     * Non-zero values of a signal that is not constant.
     *
     * @param counts {@code [maps]}
     */
    public static void spikes(
            KernelContext c,
            IntArray guard,
            FloatArray xf,
            ShortArray xh,
            IntArray counts,
            IntArray g,
            IntArray run,
            int sixteen) {
        Guard.passed(c, guard);
        int[] sums = c.allocateIntLocalArray(GROUP);
        int lane = c.localIdx;
        int map = c.groupIdx;
        int size = g.get(G.OUT_HEIGHT) * g.get(G.OUT_WIDTH) * g.get(G.OUT_CHANNELS);
        int maps = run.get(R.SAMPLES) * run.get(R.STEPS);
        int found = 0;
        if (map < maps) {
            for (int i = lane; i < size; i += GROUP) {
                if (Half.load(xf, xh, sixteen, map * size + i) != 0f) {
                    found++;
                }
            }
        }
        sums[lane] = found;
        c.localBarrier();
        for (int reach = GROUP / 2; reach > 0; reach = reach / 2) {
            if (lane < reach) {
                sums[lane] = sums[lane] + sums[lane + reach];
            }
            c.localBarrier();
        }
        if (lane == 0) {
            if (map < maps) {
                counts.set(map, sums[0]);
            }
        }
    }

    /**
     * Events of a synapse layer and what they cause.
     *
     * @param fanOut non-zero weights that each input meets
     * @param reach output positions that each input position reaches
     * @param load conductance that each input drives, over the positions it reaches
     * @param events {@code [maps, 2]}: non-zero inputs, and how many of them are other than -1 and 1
     * @param operations {@code [maps]}: non-zero weights met
     * @param drives {@code [maps, 2]}: rows driven and conductance driven, times the magnitude of the input
     */
    public static void synapse(
            KernelContext c,
            IntArray guard,
            FloatArray xf,
            ShortArray xh,
            IntArray fanOut,
            IntArray reach,
            DoubleArray load,
            IntArray events,
            LongArray operations,
            DoubleArray drives,
            IntArray g,
            IntArray run,
            int sixteen) {
        Guard.passed(c, guard);
        int[] found = c.allocateIntLocalArray(GROUP);
        int[] graded = c.allocateIntLocalArray(GROUP);
        long[] met = c.allocateLongLocalArray(GROUP);
        double[] rows = c.allocateDoubleLocalArray(GROUP);
        double[] loads = c.allocateDoubleLocalArray(GROUP);
        int lane = c.localIdx;
        int map = c.groupIdx;
        int channels = g.get(G.CHANNELS);
        int size = g.get(G.HEIGHT) * g.get(G.WIDTH) * channels;
        int maps = run.get(R.SAMPLES);
        if (g.get(G.CONSTANT_INPUT) == 0) {
            maps = maps * run.get(R.STEPS);
        }
        int laneFound = 0;
        int laneGraded = 0;
        long laneMet = 0L;
        double laneRows = 0.0;
        double laneLoads = 0.0;
        if (map < maps) {
            for (int i = lane; i < size; i += GROUP) {
                float x = Half.load(xf, xh, sixteen, map * size + i);
                if (x != 0f) {
                    float magnitude = x;
                    if (x < 0f) {
                        magnitude = -x;
                    }
                    laneFound++;
                    if (magnitude != 1f) {
                        laneGraded++;
                    }
                    laneMet += fanOut.get(i);
                    laneRows += (double) magnitude * reach.get(i / channels);
                    laneLoads += magnitude * load.get(i);
                }
            }
        }
        found[lane] = laneFound;
        graded[lane] = laneGraded;
        met[lane] = laneMet;
        rows[lane] = laneRows;
        loads[lane] = laneLoads;
        c.localBarrier();
        for (int stride = GROUP / 2; stride > 0; stride = stride / 2) {
            if (lane < stride) {
                found[lane] = found[lane] + found[lane + stride];
                graded[lane] = graded[lane] + graded[lane + stride];
                met[lane] = met[lane] + met[lane + stride];
                rows[lane] = rows[lane] + rows[lane + stride];
                loads[lane] = loads[lane] + loads[lane + stride];
            }
            c.localBarrier();
        }
        if (lane == 0) {
            if (map < maps) {
                events.set(2 * map, found[0]);
                events.set(2 * map + 1, graded[0]);
                operations.set(map, met[0]);
                drives.set(2 * map, rows[0]);
                drives.set(2 * map + 1, loads[0]);
            }
        }
    }
}
