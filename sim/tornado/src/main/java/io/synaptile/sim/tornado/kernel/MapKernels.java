/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.sim.tornado.kernel;

import uk.ac.manchester.tornado.api.KernelContext;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;
import uk.ac.manchester.tornado.api.types.arrays.IntArray;
import uk.ac.manchester.tornado.api.types.arrays.ShortArray;

/** Layers without parameters: pooling, flattening, dropout, addition, read-out. One thread per value of a map. */
public final class MapKernels {
    private MapKernels() {}

    /** Map that a layer reads for its own map: the same, or the sample's where the input is constant. */
    private static int source(int map, IntArray g, IntArray run) {
        int from = map;
        if (g.get(G.CONSTANT_INPUT) != 0) {
            from = map - map / run.get(R.SAMPLES) * run.get(R.SAMPLES);
        }
        return from;
    }

    /** Average over windows; values are added in the order of lines and columns. */
    public static void pool(
            KernelContext c,
            IntArray guard,
            FloatArray xf,
            ShortArray xh,
            FloatArray yf,
            ShortArray yh,
            IntArray g,
            IntArray run,
            int sixteen) {
        Guard.passed(c, guard);
        int i = c.globalIdx;
        int channels = g.get(G.OUT_CHANNELS);
        int outWidth = g.get(G.OUT_WIDTH);
        int size = g.get(G.OUT_HEIGHT) * outWidth * channels;
        if (i < run.get(R.SAMPLES) * run.get(R.STEPS) * size) {
            int map = i / size;
            int p = (i - map * size) / channels;
            int channel = i - i / channels * channels;
            int window = g.get(G.KERNEL_HEIGHT);
            int top = p / outWidth * window;
            int left = (p - p / outWidth * outWidth) * window;
            int from = source(map, g, run) * g.get(G.HEIGHT);
            float sum = 0f;
            for (int y = 0; y < window; y++) {
                for (int x = 0; x < window; x++) {
                    sum += Half.load(
                            xf, xh, sixteen, ((from + top + y) * g.get(G.WIDTH) + left + x) * channels + channel);
                }
            }
            Half.store(yf, yh, sixteen, i, sum / (window * window));
        }
    }

    /** Derivative of {@link #pool} by its input. One thread per input value. */
    public static void poolBack(
            KernelContext c, IntArray guard, FloatArray dy, FloatArray dx, IntArray g, IntArray run, int accumulate) {
        Guard.passed(c, guard);
        int i = c.globalIdx;
        int channels = g.get(G.CHANNELS);
        int width = g.get(G.WIDTH);
        int size = g.get(G.HEIGHT) * width * channels;
        if (i < run.get(R.SAMPLES) * run.get(R.STEPS) * size) {
            int map = i / size;
            int p = (i - map * size) / channels;
            int channel = i - i / channels * channels;
            int window = g.get(G.KERNEL_HEIGHT);
            int oy = p / width / window;
            int ox = (p - p / width * width) / window;
            float share = 0f;
            if (oy < g.get(G.OUT_HEIGHT) && ox < g.get(G.OUT_WIDTH)) {
                int at = (map * g.get(G.OUT_HEIGHT) + oy) * g.get(G.OUT_WIDTH) + ox;
                share = dy.get(at * channels + channel) * (1f / (window * window));
            }
            SynapseGradientKernels.add(dx, accumulate, i, share);
        }
    }

    /** Reads a map as a vector in the order c, h, w. */
    public static void flatten(
            KernelContext c,
            IntArray guard,
            FloatArray xf,
            ShortArray xh,
            FloatArray yf,
            ShortArray yh,
            IntArray g,
            IntArray run,
            int sixteen) {
        Guard.passed(c, guard);
        int i = c.globalIdx;
        int channels = g.get(G.CHANNELS);
        int positions = g.get(G.HEIGHT) * g.get(G.WIDTH);
        int size = positions * channels;
        if (i < run.get(R.SAMPLES) * run.get(R.STEPS) * size) {
            int map = i / size;
            int feature = i - map * size;
            int channel = feature / positions;
            int p = feature - channel * positions;
            float value = Half.load(xf, xh, sixteen, (source(map, g, run) * positions + p) * channels + channel);
            Half.store(yf, yh, sixteen, i, value);
        }
    }

    /** Derivative of {@link #flatten} by its input. */
    public static void flattenBack(
            KernelContext c, IntArray guard, FloatArray dy, FloatArray dx, IntArray g, IntArray run, int accumulate) {
        Guard.passed(c, guard);
        int i = c.globalIdx;
        int channels = g.get(G.CHANNELS);
        int positions = g.get(G.HEIGHT) * g.get(G.WIDTH);
        int size = positions * channels;
        if (i < run.get(R.SAMPLES) * run.get(R.STEPS) * size) {
            int map = i / size;
            int p = (i - map * size) / channels;
            int channel = i - i / channels * channels;
            SynapseGradientKernels.add(dx, accumulate, i, dy.get(map * size + channel * positions + p));
        }
    }

    /** Factor of a value in dropout, the same at every step: 0 or 1 / (1 - rate). */
    private static float kept(int i, IntArray ids, FloatArray rate, IntArray g, IntArray run) {
        int channels = g.get(G.OUT_CHANNELS);
        int positions = g.get(G.OUT_HEIGHT) * g.get(G.OUT_WIDTH);
        int size = channels * positions;
        int map = i / size;
        int n = map - map / run.get(R.SAMPLES) * run.get(R.SAMPLES);
        int p = (i - map * size) / channels;
        int channel = i - i / channels * channels;
        // Purpose in the top byte of the last counter word, the layer below.
        long last = 83886080L + g.get(G.NODE);
        float uniform = Words.uniform(
                (long) channel * positions + p,
                run.get(R.PASS),
                ids.get(n),
                last,
                run.get(R.SEED_LOW),
                run.get(R.SEED_HIGH));
        float factor = 0f;
        if (uniform >= rate.get(0)) {
            factor = 1f / (1f - rate.get(0));
        }
        return factor;
    }

    /**
     * Dropout in training, drawn from the stream of the sample's id.
     *
     * @param rate one entry
     */
    public static void dropout(
            KernelContext c,
            IntArray guard,
            FloatArray xf,
            ShortArray xh,
            FloatArray yf,
            ShortArray yh,
            IntArray ids,
            FloatArray rate,
            IntArray g,
            IntArray run,
            int sixteen) {
        Guard.passed(c, guard);
        int i = c.globalIdx;
        int size = g.get(G.OUT_HEIGHT) * g.get(G.OUT_WIDTH) * g.get(G.OUT_CHANNELS);
        if (i < run.get(R.SAMPLES) * run.get(R.STEPS) * size) {
            int map = i / size;
            float x = Half.load(xf, xh, sixteen, source(map, g, run) * size + i - map * size);
            Half.store(yf, yh, sixteen, i, x * kept(i, ids, rate, g, run));
        }
    }

    /** Derivative of {@link #dropout} by its input. */
    public static void dropoutBack(
            KernelContext c,
            IntArray guard,
            FloatArray dy,
            FloatArray dx,
            IntArray ids,
            FloatArray rate,
            IntArray g,
            IntArray run,
            int accumulate) {
        Guard.passed(c, guard);
        int i = c.globalIdx;
        int size = g.get(G.OUT_HEIGHT) * g.get(G.OUT_WIDTH) * g.get(G.OUT_CHANNELS);
        if (i < run.get(R.SAMPLES) * run.get(R.STEPS) * size) {
            SynapseGradientKernels.add(dx, accumulate, i, dy.get(i) * kept(i, ids, rate, g, run));
        }
    }

    /** Sum of two signals. The second's constancy is told by {@link G#CONSTANT_OUTPUT}, as the sum itself never is. */
    public static void sum(
            KernelContext c,
            IntArray guard,
            FloatArray af,
            ShortArray ah,
            FloatArray bf,
            ShortArray bh,
            FloatArray yf,
            ShortArray yh,
            IntArray g,
            IntArray run,
            int sixteen) {
        Guard.passed(c, guard);
        int i = c.globalIdx;
        int perStep = run.get(R.SAMPLES) * g.get(G.OUT_HEIGHT) * g.get(G.OUT_WIDTH) * g.get(G.OUT_CHANNELS);
        if (i < run.get(R.STEPS) * perStep) {
            int within = i - i / perStep * perStep;
            int a = i;
            int b = i;
            if (g.get(G.CONSTANT_INPUT) != 0) {
                a = within;
            }
            if (g.get(G.CONSTANT_OUTPUT) != 0) {
                b = within;
            }
            Half.store(yf, yh, sixteen, i, Half.load(af, ah, sixteen, a) + Half.load(bf, bh, sixteen, b));
        }
    }

    /** Passes a derivative on unchanged. */
    public static void pass(
            KernelContext c, IntArray guard, FloatArray dy, FloatArray dx, IntArray g, IntArray run, int accumulate) {
        Guard.passed(c, guard);
        int i = c.globalIdx;
        int size = g.get(G.OUT_HEIGHT) * g.get(G.OUT_WIDTH) * g.get(G.OUT_CHANNELS);
        if (i < run.get(R.SAMPLES) * run.get(R.STEPS) * size) {
            SynapseGradientKernels.add(dx, accumulate, i, dy.get(i));
        }
    }

    /**
     * Mean current up to each step. One thread per sample and class.
     *
     * @param scores {@code [steps, samples, classes]}, classes in the order c, h, w
     */
    public static void readOut(
            KernelContext c,
            IntArray guard,
            FloatArray xf,
            ShortArray xh,
            FloatArray scores,
            IntArray g,
            IntArray run,
            int sixteen) {
        Guard.passed(c, guard);
        int i = c.globalIdx;
        int channels = g.get(G.OUT_CHANNELS);
        int positions = g.get(G.OUT_HEIGHT) * g.get(G.OUT_WIDTH);
        int classes = positions * channels;
        int samples = run.get(R.SAMPLES);
        if (i < samples * classes) {
            int n = i / classes;
            int k = i - n * classes;
            int channel = k / positions;
            int at = (k - channel * positions) * channels + channel;
            float sum = 0f;
            for (int t = 0; t < run.get(R.STEPS); t++) {
                sum += Half.load(xf, xh, sixteen, source(t * samples + n, g, run) * classes + at);
                scores.set((t * samples + n) * classes + k, sum / (t + 1));
            }
        }
    }

    /**
     * Spreads the derivative by the final scores over the steps. One thread per sample and class.
     *
     * @param scoreGradient {@code [samples, classes]}
     */
    public static void readOutBack(
            KernelContext c,
            IntArray guard,
            FloatArray scoreGradient,
            FloatArray dx,
            IntArray g,
            IntArray run,
            int accumulate) {
        Guard.passed(c, guard);
        int i = c.globalIdx;
        int channels = g.get(G.OUT_CHANNELS);
        int positions = g.get(G.OUT_HEIGHT) * g.get(G.OUT_WIDTH);
        int classes = positions * channels;
        int samples = run.get(R.SAMPLES);
        int steps = run.get(R.STEPS);
        if (i < samples * classes) {
            int n = i / classes;
            int k = i - n * classes;
            int channel = k / positions;
            int at = (k - channel * positions) * channels + channel;
            float share = scoreGradient.get(i) / steps;
            for (int t = 0; t < steps; t++) {
                SynapseGradientKernels.add(dx, accumulate, (t * samples + n) * classes + at, share);
            }
        }
    }
}
