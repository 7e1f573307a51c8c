/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.sim.tornado.kernel;

import uk.ac.manchester.tornado.api.KernelContext;
import uk.ac.manchester.tornado.api.math.TornadoMath;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;
import uk.ac.manchester.tornado.api.types.arrays.IntArray;
import uk.ac.manchester.tornado.api.types.arrays.ShortArray;

/**
 * Batch normalisation with scales per time step, or shared by all of them. Sums run over the positions of a map first, then
 * over maps in their order and in double precision. A norm's sizes name its map as the output.
 */
public final class NormKernels {
    private NormKernels() {}

    /**
     * Mean of each channel of a map and its sum of squared differences from it. One thread per map and channel.
     *
     * @param sums {@code [maps, C]}, receives the means
     * @param products {@code [maps, C]}, receives the squares
     */
    public static void mapStatistics(
            KernelContext c,
            IntArray guard,
            FloatArray xf,
            ShortArray xh,
            FloatArray sums,
            FloatArray products,
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
            double sum = 0.0;
            for (int p = 0; p < positions; p++) {
                sum += Half.load(xf, xh, sixteen, first + p * channels);
            }
            float mean = (float) (sum / positions);
            double squares = 0.0;
            for (int p = 0; p < positions; p++) {
                float difference = Half.load(xf, xh, sixteen, first + p * channels) - mean;
                squares += difference * difference;
            }
            sums.set(i, mean);
            products.set(i, (float) squares);
        }
    }

    /**
     * Statistics of the batch and the affine map that they amount to. One thread per scale.
     *
     * @param epsilon one entry, added to the variance
     * @param gamma {@code [normSteps, C]}, as all that follow
     * @param beta offsets; a single entry where {@link G#NORM_OFFSET} is 0
     * @param mean mean of the batch
     * @param scale 1 / sqrt(variance + epsilon)
     * @param unbiased unbiased variance, for the running statistics
     * @param gain gamma * scale
     * @param offset beta - gain * mean
     */
    public static void batchStatistics(
            KernelContext c,
            IntArray guard,
            FloatArray sums,
            FloatArray products,
            FloatArray epsilon,
            FloatArray gamma,
            FloatArray beta,
            FloatArray mean,
            FloatArray scale,
            FloatArray unbiased,
            FloatArray gain,
            FloatArray offset,
            IntArray g,
            IntArray run) {
        Guard.passed(c, guard);
        int i = c.globalIdx;
        int channels = g.get(G.OUT_CHANNELS);
        int normSteps = g.get(G.NORM_STEPS);
        int steps = run.get(R.STEPS);
        int used = steps;
        if (normSteps == 1) {
            used = 1;
        }
        if (i < used * channels) {
            int samples = run.get(R.SAMPLES);
            int positions = g.get(G.OUT_HEIGHT) * g.get(G.OUT_WIDTH);
            int step = i / channels;
            int channel = i - step * channels;
            // Statistics that all steps share see a constant input as often as there are steps.
            int firstMap = step * samples;
            int maps = samples;
            int repeats = 1;
            if (g.get(G.CONSTANT_INPUT) != 0) {
                firstMap = 0;
            }
            if (normSteps == 1) {
                if (g.get(G.CONSTANT_INPUT) == 0) {
                    maps = samples * steps;
                } else {
                    repeats = steps;
                }
            }
            double average = 0.0;
            for (int map = firstMap; map < firstMap + maps; map++) {
                average += sums.get(map * channels + channel);
            }
            average = average / maps;
            double squares = 0.0;
            for (int map = firstMap; map < firstMap + maps; map++) {
                double shift = sums.get(map * channels + channel) - average;
                squares += products.get(map * channels + channel) + positions * shift * shift;
            }
            squares = squares * repeats;
            double count = (double) maps * positions * repeats;
            double others = count - 1.0;
            if (others < 1.0) {
                others = 1.0;
            }
            float inverse = (float) (1.0 / TornadoMath.sqrt(squares / count + epsilon.get(0)));
            float factor = gamma.get(i) * inverse;
            mean.set(i, (float) average);
            scale.set(i, inverse);
            unbiased.set(i, (float) (squares / others));
            gain.set(i, factor);
            float shift = 0f;
            if (g.get(G.NORM_OFFSET) != 0) {
                shift = beta.get(i);
            }
            offset.set(i, shift - factor * (float) average);
        }
    }

    /** Place of a scale for a map and channel. */
    static int entry(int map, int channel, IntArray g, IntArray run) {
        int place = channel;
        if (g.get(G.NORM_STEPS) != 1) {
            place = map / run.get(R.SAMPLES) * g.get(G.OUT_CHANNELS) + channel;
        }
        return place;
    }

    /** The normalised maps themselves, for readers other than neurons. One thread per value. */
    public static void apply(
            KernelContext c,
            IntArray guard,
            FloatArray xf,
            ShortArray xh,
            FloatArray gain,
            FloatArray offset,
            FloatArray yf,
            ShortArray yh,
            IntArray g,
            IntArray run,
            int sixteen) {
        Guard.passed(c, guard);
        int i = c.globalIdx;
        int channels = g.get(G.OUT_CHANNELS);
        int size = channels * g.get(G.OUT_HEIGHT) * g.get(G.OUT_WIDTH);
        int perStep = run.get(R.SAMPLES) * size;
        if (i < run.get(R.STEPS) * perStep) {
            int from = i;
            if (g.get(G.CONSTANT_INPUT) != 0) {
                from = i - i / perStep * perStep;
            }
            int at = entry(i / size, i - i / channels * channels, g, run);
            float x = Half.load(xf, xh, sixteen, from);
            Half.store(yf, yh, sixteen, i, x * gain.get(at) + offset.get(at));
        }
    }

    /**
     * Sums of a map's derivative and of its product with the normalised value. One thread per map and channel.
     *
     * @param dy derivative by the normalised maps
     */
    public static void mapProducts(
            KernelContext c,
            IntArray guard,
            FloatArray xf,
            ShortArray xh,
            FloatArray dy,
            FloatArray mean,
            FloatArray scale,
            FloatArray sums,
            FloatArray products,
            IntArray g,
            IntArray run,
            int sixteen) {
        Guard.passed(c, guard);
        int i = c.globalIdx;
        int channels = g.get(G.OUT_CHANNELS);
        int positions = g.get(G.OUT_HEIGHT) * g.get(G.OUT_WIDTH);
        int samples = run.get(R.SAMPLES);
        if (i < samples * run.get(R.STEPS) * channels) {
            int map = i / channels;
            int channel = i - map * channels;
            int source = map;
            if (g.get(G.CONSTANT_INPUT) != 0) {
                source = map - map / samples * samples;
            }
            int at = entry(map, channel, g, run);
            float average = mean.get(at);
            float inverse = scale.get(at);
            double sum = 0.0;
            double product = 0.0;
            for (int p = 0; p < positions; p++) {
                float d = dy.get((map * positions + p) * channels + channel);
                float x = Half.load(xf, xh, sixteen, (source * positions + p) * channels + channel);
                sum += d;
                product += d * ((x - average) * inverse);
            }
            sums.set(i, (float) sum);
            products.set(i, (float) product);
        }
    }

    /**
     * Derivative by the scales and offsets, and the means that the derivative by the input needs. One thread per scale.
     *
     * @param gammaGradient {@code [normSteps, C]}, as all that follow
     * @param betaGradient a single entry where {@link G#NORM_OFFSET} is 0
     */
    public static void batchProducts(
            KernelContext c,
            IntArray guard,
            FloatArray sums,
            FloatArray products,
            FloatArray gammaGradient,
            FloatArray betaGradient,
            FloatArray meanGradient,
            FloatArray meanProduct,
            IntArray g,
            IntArray run) {
        Guard.passed(c, guard);
        int i = c.globalIdx;
        int channels = g.get(G.OUT_CHANNELS);
        int steps = run.get(R.STEPS);
        int samples = run.get(R.SAMPLES);
        int used = steps;
        int maps = samples;
        if (g.get(G.NORM_STEPS) == 1) {
            used = 1;
            maps = samples * steps;
        }
        if (i < used * channels) {
            int step = i / channels;
            int channel = i - step * channels;
            double sum = 0.0;
            double product = 0.0;
            for (int map = step * samples; map < step * samples + maps; map++) {
                sum += sums.get(map * channels + channel);
                product += products.get(map * channels + channel);
            }
            double count = (double) maps * g.get(G.OUT_HEIGHT) * g.get(G.OUT_WIDTH);
            gammaGradient.set(i, (float) product);
            if (g.get(G.NORM_OFFSET) != 0) {
                betaGradient.set(i, (float) sum);
            }
            meanGradient.set(i, (float) (sum / count));
            meanProduct.set(i, (float) (product / count));
        }
    }

    /** Sum of a map's derivative by channel. One thread per map and channel. */
    public static void mapSums(
            KernelContext c, IntArray guard, FloatArray dy, FloatArray sums, IntArray g, IntArray run) {
        Guard.passed(c, guard);
        int i = c.globalIdx;
        int channels = g.get(G.OUT_CHANNELS);
        int positions = g.get(G.OUT_HEIGHT) * g.get(G.OUT_WIDTH);
        if (i < run.get(R.SAMPLES) * run.get(R.STEPS) * channels) {
            int map = i / channels;
            int channel = i - map * channels;
            double sum = 0.0;
            for (int p = 0; p < positions; p++) {
                sum += dy.get((map * positions + p) * channels + channel);
            }
            sums.set(i, (float) sum);
        }
    }

    /** Derivative by the biases. One thread per channel. */
    public static void batchSums(
            KernelContext c, IntArray guard, FloatArray sums, FloatArray biasGradient, IntArray g, IntArray run) {
        Guard.passed(c, guard);
        int channel = c.globalIdx;
        int channels = g.get(G.OUT_CHANNELS);
        if (channel < channels) {
            double sum = 0.0;
            for (int map = 0; map < run.get(R.SAMPLES) * run.get(R.STEPS); map++) {
                sum += sums.get(map * channels + channel);
            }
            biasGradient.set(channel, (float) sum);
        }
    }

    /**
     * Derivative by the input, {@code gain * (dy - mean(dy) - xhat * mean(dy * xhat))}. One thread per value. */
    public static void input(
            KernelContext c,
            IntArray guard,
            FloatArray xf,
            ShortArray xh,
            FloatArray dy,
            FloatArray mean,
            FloatArray scale,
            FloatArray gain,
            FloatArray meanGradient,
            FloatArray meanProduct,
            FloatArray dx,
            IntArray g,
            IntArray run,
            int accumulate,
            int sixteen) {
        Guard.passed(c, guard);
        int i = c.globalIdx;
        int channels = g.get(G.OUT_CHANNELS);
        int size = channels * g.get(G.OUT_HEIGHT) * g.get(G.OUT_WIDTH);
        int perStep = run.get(R.SAMPLES) * size;
        if (i < run.get(R.STEPS) * perStep) {
            int from = i;
            if (g.get(G.CONSTANT_INPUT) != 0) {
                from = i - i / perStep * perStep;
            }
            int at = entry(i / size, i - i / channels * channels, g, run);
            float hat = (Half.load(xf, xh, sixteen, from) - mean.get(at)) * scale.get(at);
            float rest = dy.get(i) - meanGradient.get(at) - hat * meanProduct.get(at);
            SynapseGradientKernels.add(dx, accumulate, i, gain.get(at) * rest);
        }
    }
}
