/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.sim.tornado.kernel;

import uk.ac.manchester.tornado.api.KernelContext;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;
import uk.ac.manchester.tornado.api.types.arrays.IntArray;
import uk.ac.manchester.tornado.api.types.arrays.ShortArray;

/**
 * Activations with a number that is trained; the rectifier stands with the {@link MapKernels}. Sums run over the positions of a map
 * and, by the host, over maps and channels in their order.
 */
public final class ActivationKernels {
    /** Places in the numbers of a rate norm: momentum, epsilon, share of the maximum that is the threshold, running maximum. */
    public static final int MOMENTUM = 0;

    public static final int EPSILON = 1;
    public static final int PART = 2;
    public static final int MAXIMUM = 3;
    /** How many these are. */
    public static final int NUMBERS = 4;
    /** Threads of the group of {@link #follow}. */
    public static final int GROUP = 64;
    /** Local memory of that group. */
    public static final int LOCAL_BYTES = GROUP * Float.BYTES;

    private ActivationKernels() {}

    /** The map that a layer reads for its own: the same, or the sample's where the input is constant. */
    private static int source(int map, IntArray g, IntArray run) {
        int from = map;
        if (g.get(G.CONSTANT_INPUT) != 0) {
            from = map - map / run.get(R.SAMPLES) * run.get(R.SAMPLES);
        }
        return from;
    }

    /**
     * Largest value of each channel of a map, at least 0. One thread per map of the input and channel.
     *
     * @param largest {@code [maps, C]}
     */
    public static void mapLargest(
            KernelContext c,
            IntArray guard,
            FloatArray xf,
            ShortArray xh,
            FloatArray largest,
            IntArray g,
            IntArray run,
            int sixteen) {
        Guard.passed(c, guard);
        int i = c.globalIdx;
        int channels = g.get(G.OUT_CHANNELS);
        int positions = g.get(G.OUT_HEIGHT) * g.get(G.OUT_WIDTH);
        int maps = run.get(R.SAMPLES);
        if (g.get(G.CONSTANT_INPUT) == 0) {
            maps = maps * run.get(R.STEPS);
        }
        if (i < maps * channels) {
            int map = i / channels;
            int first = map * positions * channels + (i - map * channels);
            float found = 0f;
            for (int p = 0; p < positions; p++) {
                float x = Half.load(xf, xh, sixteen, first + p * channels);
                if (x > found) {
                    found = x;
                }
            }
            largest.set(i, found);
        }
    }

    /**
     * Moves a running maximum towards the largest value of the batch. One group.
     *
     * @param largest of {@link #mapLargest}
     * @param state receives threshold and running maximum
     */
    public static void follow(
            KernelContext c,
            IntArray guard,
            FloatArray largest,
            FloatArray numbers,
            FloatArray state,
            IntArray g,
            IntArray run) {
        Guard.passed(c, guard);
        float[] found = c.allocateFloatLocalArray(GROUP);
        int lane = c.localIdx;
        int count = run.get(R.SAMPLES) * g.get(G.OUT_CHANNELS);
        if (g.get(G.CONSTANT_INPUT) == 0) {
            count = count * run.get(R.STEPS);
        }
        float own = 0f;
        for (int i = lane; i < count; i += GROUP) {
            if (largest.get(i) > own) {
                own = largest.get(i);
            }
        }
        found[lane] = own;
        c.localBarrier();
        for (int reach = GROUP / 2; reach > 0; reach = reach / 2) {
            if (lane < reach) {
                if (found[lane + reach] > found[lane]) {
                    found[lane] = found[lane + reach];
                }
            }
            c.localBarrier();
        }
        if (lane == 0) {
            double momentum = numbers.get(MOMENTUM);
            float maximum = (float) ((1.0 - momentum) * numbers.get(MAXIMUM) + momentum * found[0]);
            state.set(0, maximum * numbers.get(PART) + numbers.get(EPSILON));
            state.set(1, maximum);
        }
    }

    /** {@code y = min(max(x, 0) / threshold, 1)}. One thread per value. */
    public static void rate(
            KernelContext c,
            IntArray guard,
            FloatArray xf,
            ShortArray xh,
            FloatArray yf,
            ShortArray yh,
            FloatArray state,
            IntArray g,
            IntArray run,
            int sixteen) {
        Guard.passed(c, guard);
        int i = c.globalIdx;
        int size = g.get(G.OUT_HEIGHT) * g.get(G.OUT_WIDTH) * g.get(G.OUT_CHANNELS);
        if (i < run.get(R.SAMPLES) * run.get(R.STEPS) * size) {
            int map = i / size;
            float y = Half.load(xf, xh, sixteen, source(map, g, run) * size + i - map * size) / state.get(0);
            if (y < 0f) {
                y = 0f;
            }
            if (y > 1f) {
                y = 1f;
            }
            Half.store(yf, yh, sixteen, i, y);
        }
    }

    /** Derivative of {@link #rate} by its input. */
    public static void rateBack(
            KernelContext c,
            IntArray guard,
            FloatArray xf,
            ShortArray xh,
            FloatArray dy,
            FloatArray dx,
            FloatArray state,
            IntArray g,
            IntArray run,
            int accumulate,
            int sixteen) {
        Guard.passed(c, guard);
        int i = c.globalIdx;
        int size = g.get(G.OUT_HEIGHT) * g.get(G.OUT_WIDTH) * g.get(G.OUT_CHANNELS);
        if (i < run.get(R.SAMPLES) * run.get(R.STEPS) * size) {
            int map = i / size;
            float x = Half.load(xf, xh, sixteen, source(map, g, run) * size + i - map * size);
            float share = 0f;
            if (x > 0f && x < state.get(0)) {
                share = dy.get(i) / state.get(0);
            }
            SynapseGradientKernels.add(dx, accumulate, i, share);
        }
    }

    /**
     * Sums of the products of rates between 0 and 1 and the derivatives by them. One thread per map and channel.
     *
     * @param sums {@code [maps, C]}
     */
    public static void rateSums(
            KernelContext c,
            IntArray guard,
            FloatArray xf,
            ShortArray xh,
            FloatArray dy,
            FloatArray state,
            FloatArray sums,
            IntArray g,
            IntArray run,
            int sixteen) {
        Guard.passed(c, guard);
        int i = c.globalIdx;
        int channels = g.get(G.OUT_CHANNELS);
        int positions = g.get(G.OUT_HEIGHT) * g.get(G.OUT_WIDTH);
        if (i < run.get(R.SAMPLES) * run.get(R.STEPS) * channels) {
            int map = i / channels;
            int channel = i - map * channels;
            int from = source(map, g, run);
            float threshold = state.get(0);
            double sum = 0.0;
            for (int p = 0; p < positions; p++) {
                float x = Half.load(xf, xh, sixteen, (from * positions + p) * channels + channel);
                if (x > 0f && x < threshold) {
                    sum += dy.get((map * positions + p) * channels + channel) * (x / threshold);
                }
            }
            sums.set(i, (float) sum);
        }
    }

    /** Level of a place: its whole part between 0 and their number. */
    private static float level(float place, float levels) {
        float inside = place;
        if (place < 0f) {
            inside = 0f;
        }
        if (place > levels) {
            inside = levels;
        }
        float whole = inside;
        if (inside >= 0f) {
            whole = (int) inside;
        }
        return whole;
    }

    /**
     * {@code y = threshold / levels * clip(floor(levels / threshold * x + 1/2), 0, levels)}. One thread per value.
     *
     * @param numbers levels and threshold
     */
    public static void quantise(
            KernelContext c,
            IntArray guard,
            FloatArray xf,
            ShortArray xh,
            FloatArray yf,
            ShortArray yh,
            FloatArray numbers,
            IntArray g,
            IntArray run,
            int sixteen) {
        Guard.passed(c, guard);
        int i = c.globalIdx;
        int size = g.get(G.OUT_HEIGHT) * g.get(G.OUT_WIDTH) * g.get(G.OUT_CHANNELS);
        if (i < run.get(R.SAMPLES) * run.get(R.STEPS) * size) {
            int map = i / size;
            float levels = numbers.get(0);
            float threshold = numbers.get(1);
            float x = Half.load(xf, xh, sixteen, source(map, g, run) * size + i - map * size);
            Half.store(yf, yh, sixteen, i, level(x * (levels / threshold) + 0.5f, levels) * (threshold / levels));
        }
    }

    /** Derivative of {@link #quantise} by its input. */
    public static void quantiseBack(
            KernelContext c,
            IntArray guard,
            FloatArray xf,
            ShortArray xh,
            FloatArray dy,
            FloatArray dx,
            FloatArray numbers,
            IntArray g,
            IntArray run,
            int accumulate,
            int sixteen) {
        Guard.passed(c, guard);
        int i = c.globalIdx;
        int size = g.get(G.OUT_HEIGHT) * g.get(G.OUT_WIDTH) * g.get(G.OUT_CHANNELS);
        if (i < run.get(R.SAMPLES) * run.get(R.STEPS) * size) {
            int map = i / size;
            float levels = numbers.get(0);
            float x = Half.load(xf, xh, sixteen, source(map, g, run) * size + i - map * size);
            float place = x * (levels / numbers.get(1)) + 0.5f;
            float share = 0f;
            if (place > 0f && place < levels) {
                share = dy.get(i);
            }
            SynapseGradientKernels.add(dx, accumulate, i, share);
        }
    }

    /**
     * Sums of what values add to the derivative by the threshold, times the threshold. One thread per map and channel.
     *
     * @param sums {@code [maps, C]}
     */
    public static void quantiseSums(
            KernelContext c,
            IntArray guard,
            FloatArray xf,
            ShortArray xh,
            FloatArray dy,
            FloatArray numbers,
            FloatArray sums,
            IntArray g,
            IntArray run,
            int sixteen) {
        Guard.passed(c, guard);
        int i = c.globalIdx;
        int channels = g.get(G.OUT_CHANNELS);
        int positions = g.get(G.OUT_HEIGHT) * g.get(G.OUT_WIDTH);
        if (i < run.get(R.SAMPLES) * run.get(R.STEPS) * channels) {
            int map = i / channels;
            int channel = i - map * channels;
            int from = source(map, g, run);
            float levels = numbers.get(0);
            float threshold = numbers.get(1);
            double sum = 0.0;
            for (int p = 0; p < positions; p++) {
                float x = Half.load(xf, xh, sixteen, (from * positions + p) * channels + channel);
                float place = x * (levels / threshold) + 0.5f;
                float factor = 0f;
                if (place > 0f) {
                    factor = level(place, levels) * (threshold / levels) - x;
                }
                if (place >= levels) {
                    factor = threshold;
                }
                sum += dy.get((map * positions + p) * channels + channel) * factor;
            }
            sums.set(i, (float) sum);
        }
    }
}
