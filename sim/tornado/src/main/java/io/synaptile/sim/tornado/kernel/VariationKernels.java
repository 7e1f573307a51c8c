/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.sim.tornado.kernel;

import uk.ac.manchester.tornado.api.KernelContext;
import uk.ac.manchester.tornado.api.math.TornadoMath;
import uk.ac.manchester.tornado.api.types.arrays.DoubleArray;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;
import uk.ac.manchester.tornado.api.types.arrays.IntArray;

/**
 * Device variation of weights; equations at {@link io.synaptile.sim.compute.VariationModel}. One thread per weight, weights in
 * the order {@code [out, in, kh, kw]}; numbers at the places of {@link S}. The words of a stream are those of the host bit for
 * bit, logarithm, cosine and exponential are the device's.
 */
public final class VariationKernels {
    private VariationKernels() {}

    /**
     * A factor on the whole weight.
     *
     * @param draw epoch and batch
     */
    public static void wholeWeight(
            KernelContext c,
            IntArray guard,
            FloatArray weights,
            FloatArray extremes,
            FloatArray out,
            DoubleArray p,
            IntArray s,
            IntArray draw,
            IntArray run) {
        Guard.passed(c, guard);
        int i = c.globalIdx;
        if (i < s.get(S.COUNT)) {
            double z = Words.gaussian(
                    4L * (i / 2),
                    i & 1,
                    draw.get(0) * s.get(S.BY_EPOCH),
                    draw.get(1) * s.get(S.BY_BATCH),
                    s.get(S.STREAM),
                    run.get(R.SEED_LOW),
                    run.get(R.SEED_HIGH));
            float moved = weights.get(i) * (float) TornadoMath.exp(p.get(S.FACTOR) * z);
            float magnitude = moved;
            if (moved < 0f) {
                magnitude = -moved;
            }
            int bound = s.get(S.BOUND);
            if (bound == S.CAP) {
                if (magnitude > (float) p.get(S.SCALE)) {
                    magnitude = (float) p.get(S.SCALE);
                }
            }
            if (bound == S.LARGEST) {
                if (magnitude > extremes.get(0)) {
                    magnitude = extremes.get(0);
                }
            }
            if (bound == S.EXTREMES) {
                if (magnitude > extremes.get(1)) {
                    magnitude = extremes.get(1);
                }
                if (magnitude < extremes.get(2)) {
                    magnitude = extremes.get(2);
                }
            }
            float result = magnitude;
            if (moved < 0f) {
                result = -magnitude;
            }
            if (moved == 0f) {
                result = 0f;
            }
            out.set(i, result);
        }
    }

    /**
     * A pair of columns of cells.
     *
     * @param conductance targets by code
     * @param draw epoch and batch
     */
    public static void cellPair(
            KernelContext c,
            IntArray guard,
            FloatArray weights,
            FloatArray extremes,
            FloatArray conductance,
            FloatArray out,
            DoubleArray p,
            IntArray s,
            IntArray draw,
            IntArray run) {
        Guard.passed(c, guard);
        int i = c.globalIdx;
        int count = s.get(S.COUNT);
        if (i < count) {
            double fullScale = p.get(S.SCALE);
            if (s.get(S.OWN_SCALE) != 0) {
                fullScale = extremes.get(0);
                if (!(fullScale > 0.0)) {
                    fullScale = 1.0;
                }
            }
            int steps = s.get(S.STEPS);
            int slices = s.get(S.SLICES);
            int sliceBits = s.get(S.SLICE_BITS);
            float w = weights.get(i);
            double magnitude = w;
            int carrying = 0;
            if (w < 0f) {
                magnitude = -magnitude;
                carrying = 1;
            }
            double whole = steps;
            double wanted = magnitude * (steps / fullScale);
            if (wanted < whole) {
                whole = wanted;
            }
            int code = Rounding.halfEven(whole);
            float gmin = conductance.get(0);
            float gmax = conductance.get(s.get(S.TOP_CODE));
            float sum = 0f;
            for (int column = 0; column < 2 * slices; column++) {
                int plane = 0;
                int slice = column;
                if (column >= slices) {
                    plane = 1;
                    slice = column - slices;
                }
                int digit = 0;
                if (plane == carrying) {
                    digit = code;
                    if (slices > 1) {
                        digit = (code >> (slice * sliceBits)) & ((1 << sliceBits) - 1);
                    }
                }
                // Normals go through the columns in pairs; the uniforms of the columns before lie between them.
                long normal = (long) column * count + i;
                long pair = normal / 2L;
                double z = Words.gaussian(
                        4L * pair + 2L * count * (2L * pair / count),
                        (int) (normal & 1L),
                        draw.get(0) * s.get(S.BY_EPOCH),
                        draw.get(1) * s.get(S.BY_BATCH),
                        s.get(S.STREAM),
                        run.get(R.SEED_LOW),
                        run.get(R.SEED_HIGH));
                double reached = conductance.get(digit) * TornadoMath.exp(p.get(S.FACTOR) * z);
                float g = (float) reached;
                if (reached > gmax) {
                    g = gmax;
                }
                if (s.get(S.STUCK) != 0) {
                    long before = 4L * ((((long) column + 1L) * count + 1L) / 2L) + 2L * count * column;
                    double u = Words.uniform53(
                            before + 2L * i,
                            draw.get(0) * s.get(S.BY_EPOCH),
                            draw.get(1) * s.get(S.BY_BATCH),
                            s.get(S.STREAM),
                            run.get(R.SEED_LOW),
                            run.get(R.SEED_HIGH));
                    if (u < p.get(S.STUCK_BELOW)) {
                        g = gmin;
                    } else {
                        if (u >= p.get(S.STUCK_FROM)) {
                            g = gmax;
                        }
                    }
                }
                double held = ((double) g - gmin) * p.get(S.SLOPE);
                int nearest = Rounding.halfEven(held);
                double away = held - nearest;
                if (away < 0.0) {
                    away = -away;
                }
                if (away <= p.get(S.TOLERANCE)) {
                    held = nearest;
                }
                float value = (float) (held * fullScale / steps);
                float gain = 1 << (slice * sliceBits);
                if (plane == 1) {
                    gain = -gain;
                }
                sum = sum + gain * value;
            }
            out.set(i, sum);
        }
    }

    /** Pull-back that takes a variation for a factor: times varied over unvaried weight where that is not 0. */
    public static void factorBack(
            KernelContext c, IntArray guard, FloatArray weights, FloatArray varied, FloatArray gradient, IntArray s) {
        Guard.passed(c, guard);
        int i = c.globalIdx;
        if (i < s.get(S.COUNT)) {
            if (weights.get(i) != 0f) {
                gradient.set(i, gradient.get(i) * (varied.get(i) / weights.get(i)));
            }
        }
    }
}
