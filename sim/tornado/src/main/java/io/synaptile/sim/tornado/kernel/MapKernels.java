/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.sim.tornado.kernel;

import uk.ac.manchester.tornado.api.KernelContext;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;
import uk.ac.manchester.tornado.api.types.arrays.IntArray;
import uk.ac.manchester.tornado.api.types.arrays.ShortArray;

/** Layers without parameters: pools, flattening, dropout, rectifiers, joins, read-out. One thread per value of a map. */
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
            int height = g.get(G.KERNEL_HEIGHT);
            int width = g.get(G.KERNEL_WIDTH);
            int top = p / outWidth * height;
            int left = (p - p / outWidth * outWidth) * width;
            int from = source(map, g, run) * g.get(G.HEIGHT);
            float sum = 0f;
            for (int y = 0; y < height; y++) {
                for (int x = 0; x < width; x++) {
                    sum += Half.load(
                            xf, xh, sixteen, ((from + top + y) * g.get(G.WIDTH) + left + x) * channels + channel);
                }
            }
            Half.store(yf, yh, sixteen, i, sum / (height * width));
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
            int area = g.get(G.KERNEL_HEIGHT) * g.get(G.KERNEL_WIDTH);
            int oy = p / width / g.get(G.KERNEL_HEIGHT);
            int ox = (p - p / width * width) / g.get(G.KERNEL_WIDTH);
            float share = 0f;
            if (oy < g.get(G.OUT_HEIGHT) && ox < g.get(G.OUT_WIDTH)) {
                int at = (map * g.get(G.OUT_HEIGHT) + oy) * g.get(G.OUT_WIDTH) + ox;
                share = dy.get(at * channels + channel) * (1f / area);
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

    /** The values of a vector from {@code first} on as a map, in the order c, h, w. */
    public static void part(
            KernelContext c,
            IntArray guard,
            FloatArray xf,
            ShortArray xh,
            FloatArray yf,
            ShortArray yh,
            IntArray g,
            IntArray run,
            int first,
            int sixteen) {
        Guard.passed(c, guard);
        int i = c.globalIdx;
        int channels = g.get(G.OUT_CHANNELS);
        int positions = g.get(G.OUT_HEIGHT) * g.get(G.OUT_WIDTH);
        int size = positions * channels;
        if (i < run.get(R.SAMPLES) * run.get(R.STEPS) * size) {
            int map = i / size;
            int p = (i - map * size) / channels;
            int channel = i - i / channels * channels;
            int from = source(map, g, run) * g.get(G.CHANNELS) + first;
            Half.store(yf, yh, sixteen, i, Half.load(xf, xh, sixteen, from + channel * positions + p));
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

    /** Kinds of {@link #combine} and factors of {@link #combineBack}. */
    public static final int ADD = 0;

    public static final int AND = 1;
    public static final int IAND = 2;
    /** Factors: x, -x and 1 - x. */
    public static final int BY_VALUE = 0;

    public static final int BY_NEGATIVE = 1;
    public static final int BY_REST = 2;

    /** Copies a signal, to every step where it is constant. */
    public static void copy(
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
        int size = g.get(G.OUT_HEIGHT) * g.get(G.OUT_WIDTH) * g.get(G.OUT_CHANNELS);
        if (i < run.get(R.SAMPLES) * run.get(R.STEPS) * size) {
            int map = i / size;
            Half.store(yf, yh, sixteen, i, Half.load(xf, xh, sixteen, source(map, g, run) * size + i - map * size));
        }
    }

    /**
     * Joins a signal into one that holds the inputs before it.
     *
     * @param kind what becomes of values a, b: their sum, their product or (1 - a) b
     */
    public static void combine(
            KernelContext c,
            IntArray guard,
            FloatArray xf,
            ShortArray xh,
            FloatArray yf,
            ShortArray yh,
            IntArray g,
            IntArray run,
            int kind,
            int sixteen) {
        Guard.passed(c, guard);
        int i = c.globalIdx;
        int size = g.get(G.OUT_HEIGHT) * g.get(G.OUT_WIDTH) * g.get(G.OUT_CHANNELS);
        if (i < run.get(R.SAMPLES) * run.get(R.STEPS) * size) {
            int map = i / size;
            float a = Half.load(yf, yh, sixteen, i);
            float b = Half.load(xf, xh, sixteen, source(map, g, run) * size + i - map * size);
            float joined = a + b;
            if (kind == AND) {
                joined = a * b;
            }
            if (kind == IAND) {
                joined = (1f - a) * b;
            }
            Half.store(yf, yh, sixteen, i, joined);
        }
    }

    /**
     * Derivative of a product by one of its factors.
     *
     * @param xf values of the other input
     * @param factor what the derivative is multiplied with
     */
    public static void combineBack(
            KernelContext c,
            IntArray guard,
            FloatArray xf,
            ShortArray xh,
            FloatArray dy,
            FloatArray dx,
            IntArray g,
            IntArray run,
            int factor,
            int accumulate,
            int sixteen) {
        Guard.passed(c, guard);
        int i = c.globalIdx;
        int size = g.get(G.OUT_HEIGHT) * g.get(G.OUT_WIDTH) * g.get(G.OUT_CHANNELS);
        if (i < run.get(R.SAMPLES) * run.get(R.STEPS) * size) {
            int map = i / size;
            float x = Half.load(xf, xh, sixteen, source(map, g, run) * size + i - map * size);
            float by = x;
            if (factor == BY_NEGATIVE) {
                by = -x;
            }
            if (factor == BY_REST) {
                by = 1f - x;
            }
            SynapseGradientKernels.add(dx, accumulate, i, dy.get(i) * by);
        }
    }

    /**
     * Puts the channels of an input into a larger map. One thread per value of the input at every step.
     *
     * @param first channel of the output that its first goes to
     */
    public static void channels(
            KernelContext c,
            IntArray guard,
            FloatArray xf,
            ShortArray xh,
            FloatArray yf,
            ShortArray yh,
            IntArray g,
            IntArray run,
            int first,
            int sixteen) {
        Guard.passed(c, guard);
        int i = c.globalIdx;
        int channels = g.get(G.CHANNELS);
        int positions = g.get(G.HEIGHT) * g.get(G.WIDTH);
        int size = positions * channels;
        if (i < run.get(R.SAMPLES) * run.get(R.STEPS) * size) {
            int map = i / size;
            int within = i - map * size;
            int p = within / channels;
            int to = (map * positions + p) * g.get(G.OUT_CHANNELS) + first + within - p * channels;
            Half.store(yf, yh, sixteen, to, Half.load(xf, xh, sixteen, source(map, g, run) * size + within));
        }
    }

    /** Derivative of {@link #channels} by its input. */
    public static void channelsBack(
            KernelContext c,
            IntArray guard,
            FloatArray dy,
            FloatArray dx,
            IntArray g,
            IntArray run,
            int first,
            int accumulate) {
        Guard.passed(c, guard);
        int i = c.globalIdx;
        int channels = g.get(G.CHANNELS);
        int positions = g.get(G.HEIGHT) * g.get(G.WIDTH);
        int size = positions * channels;
        if (i < run.get(R.SAMPLES) * run.get(R.STEPS) * size) {
            int map = i / size;
            int within = i - map * size;
            int p = within / channels;
            int from = (map * positions + p) * g.get(G.OUT_CHANNELS) + first + within - p * channels;
            SynapseGradientKernels.add(dx, accumulate, i, dy.get(from));
        }
    }

    /**
     * {@code y = min(max(x, 0), ceiling)}.
     *
     * @param ceiling one entry
     */
    public static void rectify(
            KernelContext c,
            IntArray guard,
            FloatArray xf,
            ShortArray xh,
            FloatArray yf,
            ShortArray yh,
            FloatArray ceiling,
            IntArray g,
            IntArray run,
            int sixteen) {
        Guard.passed(c, guard);
        int i = c.globalIdx;
        int size = g.get(G.OUT_HEIGHT) * g.get(G.OUT_WIDTH) * g.get(G.OUT_CHANNELS);
        if (i < run.get(R.SAMPLES) * run.get(R.STEPS) * size) {
            int map = i / size;
            float x = Half.load(xf, xh, sixteen, source(map, g, run) * size + i - map * size);
            float y = x;
            if (x < 0f) {
                y = 0f;
            }
            if (x > ceiling.get(0)) {
                y = ceiling.get(0);
            }
            Half.store(yf, yh, sixteen, i, y);
        }
    }

    /** Derivative of {@link #rectify} by its input. */
    public static void rectifyBack(
            KernelContext c,
            IntArray guard,
            FloatArray xf,
            ShortArray xh,
            FloatArray dy,
            FloatArray dx,
            FloatArray ceiling,
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
            if (x > 0f && x < ceiling.get(0)) {
                share = dy.get(i);
            }
            SynapseGradientKernels.add(dx, accumulate, i, share);
        }
    }

    /** Largest value of each window. */
    public static void maxPool(
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
            int oy = p / outWidth;
            int base = source(map, g, run) * g.get(G.HEIGHT);
            int top = oy * g.get(G.STRIDE) - g.get(G.PADDING);
            int left = (p - oy * outWidth) * g.get(G.STRIDE) - g.get(G.PADDING);
            int bottom = Math.min(g.get(G.HEIGHT), top + g.get(G.KERNEL_HEIGHT));
            int right = Math.min(g.get(G.WIDTH), left + g.get(G.KERNEL_WIDTH));
            top = Math.max(0, top);
            left = Math.max(0, left);
            float largest = Half.load(xf, xh, sixteen, ((base + top) * g.get(G.WIDTH) + left) * channels + channel);
            for (int y = top; y < bottom; y++) {
                for (int x = left; x < right; x++) {
                    int at = ((base + y) * g.get(G.WIDTH) + x) * channels + channel;
                    float value = Half.load(xf, xh, sixteen, at);
                    if (value > largest) {
                        largest = value;
                    }
                }
            }
            Half.store(yf, yh, sixteen, i, largest);
        }
    }

    /** Derivative of {@link #maxPool} by its input: of every window to the first of its largest values. One thread per input value. */
    public static void maxPoolBack(
            KernelContext c,
            IntArray guard,
            FloatArray xf,
            ShortArray xh,
            FloatArray dy,
            FloatArray dx,
            IntArray g,
            IntArray run,
            int accumulate,
            int sixteen) {
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
            int stride = g.get(G.STRIDE);
            int row = p / width;
            int column = p - row * width;
            int base = source(map, g, run) * g.get(G.HEIGHT);
            int padding = g.get(G.PADDING);
            int firstY = 0;
            if (row + padding >= window) {
                firstY = (row + padding - window) / stride + 1;
            }
            int firstX = 0;
            if (column + padding >= window) {
                firstX = (column + padding - window) / stride + 1;
            }
            float own = Half.load(xf, xh, sixteen, ((base + row) * width + column) * channels + channel);
            float share = 0f;
            for (int oy = firstY; oy * stride <= row + padding && oy < g.get(G.OUT_HEIGHT); oy++) {
                for (int ox = firstX; ox * stride <= column + padding && ox < g.get(G.OUT_WIDTH); ox++) {
                    int beaten = 0;
                    int bottom = Math.min(g.get(G.HEIGHT), oy * stride - padding + window);
                    int right = Math.min(width, ox * stride - padding + window);
                    for (int y = Math.max(0, oy * stride - padding); y < bottom; y++) {
                        for (int x = Math.max(0, ox * stride - padding); x < right; x++) {
                            float value = Half.load(xf, xh, sixteen, ((base + y) * width + x) * channels + channel);
                            if (value > own || value == own && y * width + x < p) {
                                beaten = 1;
                            }
                        }
                    }
                    if (beaten == 0) {
                        int at = (map * g.get(G.OUT_HEIGHT) + oy) * g.get(G.OUT_WIDTH) + ox;
                        share += dy.get(at * channels + channel);
                    }
                }
            }
            SynapseGradientKernels.add(dx, accumulate, i, share);
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
