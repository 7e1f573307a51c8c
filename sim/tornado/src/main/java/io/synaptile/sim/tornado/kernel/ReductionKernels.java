/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.sim.tornado.kernel;

import uk.ac.manchester.tornado.api.KernelContext;
import uk.ac.manchester.tornado.api.types.arrays.DoubleArray;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;
import uk.ac.manchester.tornado.api.types.arrays.IntArray;

/**
 * Figures of all weights of a layer. Each is a tree of fixed shape: {@link #GROUPS} groups of {@link #GROUP} threads, then one
 * thread over the groups, so that results do not depend on scheduling.
 */
public final class ReductionKernels {
    /** Groups and threads of a group. */
    public static final int GROUPS = 64;

    public static final int GROUP = 64;
    /** Local memory of a group, at most. */
    public static final int LOCAL_BYTES = GROUP * (Double.BYTES + Integer.BYTES);

    private ReductionKernels() {}

    /**
     * Extremes of the weights that each group looks at.
     *
     * @param parts {@code [GROUPS, 2]}: largest and smallest weight
     */
    public static void extremesOfParts(
            KernelContext c, IntArray guard, FloatArray weights, FloatArray parts, IntArray s) {
        Guard.passed(c, guard);
        float[] highs = c.allocateFloatLocalArray(GROUP);
        float[] lows = c.allocateFloatLocalArray(GROUP);
        int lane = c.localIdx;
        float high = weights.get(0);
        float low = high;
        for (int i = c.globalIdx; i < s.get(S.COUNT); i += GROUPS * GROUP) {
            float w = weights.get(i);
            if (w > high) {
                high = w;
            }
            if (w < low) {
                low = w;
            }
        }
        highs[lane] = high;
        lows[lane] = low;
        c.localBarrier();
        for (int reach = GROUP / 2; reach > 0; reach = reach / 2) {
            if (lane < reach) {
                if (highs[lane + reach] > highs[lane]) {
                    highs[lane] = highs[lane + reach];
                }
                if (lows[lane + reach] < lows[lane]) {
                    lows[lane] = lows[lane + reach];
                }
            }
            c.localBarrier();
        }
        if (lane == 0) {
            parts.set(2 * c.groupIdx, highs[0]);
            parts.set(2 * c.groupIdx + 1, lows[0]);
        }
    }

    /**
     * Extremes of a layer. One thread.
     *
     * @param extremes receives largest magnitude, largest and smallest weight
     */
    public static void extremes(KernelContext c, IntArray guard, FloatArray parts, FloatArray extremes) {
        Guard.passed(c, guard);
        if (c.globalIdx == 0) {
            float high = parts.get(0);
            float low = parts.get(1);
            for (int part = 1; part < GROUPS; part++) {
                float h = parts.get(2 * part);
                float l = parts.get(2 * part + 1);
                if (h > high) {
                    high = h;
                }
                if (l < low) {
                    low = l;
                }
            }
            float largest = high;
            if (-low > largest) {
                largest = -low;
            }
            extremes.set(0, largest);
            extremes.set(1, high);
            extremes.set(2, low);
        }
    }

    /**
     * Sum and number of the magnitudes of at least {@code factor * largest} that each group looks at.
     *
     * @param sums {@code [GROUPS]}
     * @param counts {@code [GROUPS]}
     */
    public static void magnitudesOfParts(
            KernelContext c,
            IntArray guard,
            FloatArray weights,
            FloatArray extremes,
            DoubleArray sums,
            IntArray counts,
            DoubleArray p,
            IntArray s) {
        Guard.passed(c, guard);
        double[] partial = c.allocateDoubleLocalArray(GROUP);
        int[] found = c.allocateIntLocalArray(GROUP);
        int lane = c.localIdx;
        float bound = (float) p.get(S.FACTOR) * extremes.get(0);
        double sum = 0.0;
        int count = 0;
        for (int i = c.globalIdx; i < s.get(S.COUNT); i += GROUPS * GROUP) {
            float magnitude = weights.get(i);
            if (magnitude < 0f) {
                magnitude = -magnitude;
            }
            if (magnitude >= bound) {
                sum += magnitude;
                count++;
            }
        }
        partial[lane] = sum;
        found[lane] = count;
        c.localBarrier();
        for (int reach = GROUP / 2; reach > 0; reach = reach / 2) {
            if (lane < reach) {
                partial[lane] = partial[lane] + partial[lane + reach];
                found[lane] = found[lane] + found[lane + reach];
            }
            c.localBarrier();
        }
        if (lane == 0) {
            sums.set(c.groupIdx, partial[0]);
            counts.set(c.groupIdx, found[0]);
        }
    }

    /** Mean of the magnitudes that were counted. One thread. */
    public static void meanMagnitude(
            KernelContext c, IntArray guard, DoubleArray sums, IntArray counts, FloatArray mean) {
        Guard.passed(c, guard);
        if (c.globalIdx == 0) {
            double sum = 0.0;
            int count = 0;
            for (int part = 0; part < GROUPS; part++) {
                sum += sums.get(part);
                count += counts.get(part);
            }
            mean.set(0, (float) (sum / count));
        }
    }
}
