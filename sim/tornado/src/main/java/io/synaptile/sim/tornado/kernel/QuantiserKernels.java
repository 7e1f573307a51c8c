/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.sim.tornado.kernel;

import uk.ac.manchester.tornado.api.KernelContext;
import uk.ac.manchester.tornado.api.math.TornadoMath;
import uk.ac.manchester.tornado.api.types.arrays.DoubleArray;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;
import uk.ac.manchester.tornado.api.types.arrays.IntArray;

/**
 * Quantisers of weights and their pull-backs; equations at {@link io.synaptile.sim.compute.WeightStage}. One thread per
 * weight, in any order of the weights; numbers at the places of {@link S}.
 */
public final class QuantiserKernels {
    private QuantiserKernels() {}

    /** K-bit quantiser, in the host's order of operations: equal bits. */
    public static void roundToBits(KernelContext c, IntArray guard, FloatArray weights, FloatArray out, IntArray s) {
        Guard.passed(c, guard);
        int i = c.globalIdx;
        if (i < s.get(S.COUNT)) {
            float w = weights.get(i);
            if (s.get(S.CLAMP) != 0) {
                if (w > 1f) {
                    w = 1f;
                }
                if (w < -1f) {
                    w = -1f;
                }
            }
            float n = s.get(S.LEVELS);
            float m = s.get(S.HALF_LEVELS);
            // A quotient in double precision, rounded, is the correctly rounded one, which OpenCL C promises of doubles
            // only.
            float a = (float) ((double) Rounding.whole((w + 1f) * 0.5f * n) / n);
            float b = (a - 0.5f) * 2f;
            out.set(i, (float) ((double) Rounding.whole(b * m) / m));
        }
    }

    /** @param mean of the magnitudes of at least factor times the largest */
    public static void ternary(
            KernelContext c,
            IntArray guard,
            FloatArray weights,
            FloatArray extremes,
            FloatArray mean,
            FloatArray out,
            DoubleArray p,
            IntArray s) {
        Guard.passed(c, guard);
        int i = c.globalIdx;
        if (i < s.get(S.COUNT)) {
            float delta = (float) p.get(S.FACTOR) * extremes.get(0);
            float w = weights.get(i);
            float result = 0f;
            if (w < -delta) {
                result = -mean.get(0);
            }
            if (w == -delta) {
                if (s.get(S.STRICT) == 0) {
                    result = -mean.get(0);
                }
            }
            if (w >= delta) {
                result = mean.get(0);
            }
            out.set(i, result);
        }
    }

    /** Pull-back of the ternariser: no derivative reaches weights of magnitude 1 and above. */
    public static void ternaryBack(
            KernelContext c, IntArray guard, FloatArray weights, FloatArray gradient, IntArray s) {
        Guard.passed(c, guard);
        int i = c.globalIdx;
        if (i < s.get(S.COUNT)) {
            float magnitude = weights.get(i);
            if (magnitude < 0f) {
                magnitude = -magnitude;
            }
            if (magnitude >= 1f) {
                gradient.set(i, 0f);
            }
        }
    }

    /** Mean magnitude with the sign of the weight. */
    public static void signs(
            KernelContext c, IntArray guard, FloatArray weights, FloatArray mean, FloatArray out, IntArray s) {
        Guard.passed(c, guard);
        int i = c.globalIdx;
        if (i < s.get(S.COUNT)) {
            float result = mean.get(0);
            if (weights.get(i) < 0f) {
                result = -result;
            }
            out.set(i, result);
        }
    }

    /** DoReFa weights of two bits and more. */
    public static void dorefa(
            KernelContext c, IntArray guard, FloatArray weights, FloatArray extremes, FloatArray out, IntArray s) {
        Guard.passed(c, guard);
        int i = c.globalIdx;
        if (i < s.get(S.COUNT)) {
            double n = s.get(S.LEVELS);
            double x = TornadoMath.tanh((double) weights.get(i)) / (2.0 * largestTanh(extremes)) + 0.5;
            out.set(i, (float) ((2.0 * Rounding.halfEven(x * n) - n) / n));
        }
    }

    /** Pull-back of {@link #dorefa}. */
    public static void dorefaBack(
            KernelContext c, IntArray guard, FloatArray weights, FloatArray extremes, FloatArray gradient, IntArray s) {
        Guard.passed(c, guard);
        int i = c.globalIdx;
        if (i < s.get(S.COUNT)) {
            double slope = TornadoMath.tanh((double) weights.get(i));
            float factor = (float) ((1.0 - slope * slope) / largestTanh(extremes));
            gradient.set(i, gradient.get(i) * factor);
        }
    }

    private static double largestTanh(FloatArray extremes) {
        double largest = 1.0;
        if (extremes.get(0) > 0f) {
            largest = TornadoMath.tanh((double) extremes.get(0));
        }
        return largest;
    }
}
