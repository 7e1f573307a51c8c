/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.sim.tornado.kernel;

import uk.ac.manchester.tornado.api.KernelContext;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;
import uk.ac.manchester.tornado.api.types.arrays.IntArray;
import uk.ac.manchester.tornado.api.types.arrays.ShortArray;

/** Layers other than neurons that join one step with the next: integrators, delays, read-outs. */
public final class TemporalKernels {
    /** Rules of a read-out. */
    public static final int MEAN = 0;

    public static final int SUM = 1;
    public static final int LAST = 2;
    public static final int HIGHEST = 3;
    public static final int WEIGHTED = 4;

    private TemporalKernels() {}

    /**
     * Leaky sums, {@code v(t) = leak v(t-1) + gain x(t)}. One thread per value and sample.
     *
     * @param constants factor on the input, then the leak of every channel
     */
    public static void integrate(
            KernelContext c,
            IntArray guard,
            FloatArray xf,
            ShortArray xh,
            FloatArray yf,
            ShortArray yh,
            FloatArray constants,
            IntArray g,
            IntArray run,
            int sixteen) {
        Guard.passed(c, guard);
        int i = c.globalIdx;
        int channels = g.get(G.OUT_CHANNELS);
        int perStep = run.get(R.SAMPLES) * g.get(G.OUT_HEIGHT) * g.get(G.OUT_WIDTH) * channels;
        if (i < perStep) {
            int stepped = 1;
            if (g.get(G.CONSTANT_INPUT) != 0) {
                stepped = 0;
            }
            float gain = constants.get(0);
            float leak = constants.get(1 + i - i / channels * channels);
            float v = 0f;
            for (int t = 0; t < run.get(R.STEPS); t++) {
                v = v * leak + Half.load(xf, xh, sixteen, t * stepped * perStep + i) * gain;
                Half.store(yf, yh, sixteen, t * perStep + i, v);
            }
        }
    }

    /**
     * Backward of {@link #integrate}.
     *
     * @param byLeak what each value of each sample adds to the derivative by its leak
     */
    public static void integrateBack(
            KernelContext c,
            IntArray guard,
            FloatArray dy,
            FloatArray yf,
            ShortArray yh,
            FloatArray dx,
            FloatArray byLeak,
            FloatArray constants,
            IntArray g,
            IntArray run,
            int accumulate,
            int sixteen) {
        Guard.passed(c, guard);
        int i = c.globalIdx;
        int channels = g.get(G.OUT_CHANNELS);
        int perStep = run.get(R.SAMPLES) * g.get(G.OUT_HEIGHT) * g.get(G.OUT_WIDTH) * channels;
        if (i < perStep) {
            float gain = constants.get(0);
            float leak = constants.get(1 + i - i / channels * channels);
            float carry = 0f;
            float sum = 0f;
            for (int t = run.get(R.STEPS) - 1; t >= 0; t--) {
                float delta = dy.get(t * perStep + i) + carry;
                if (t > 0) {
                    sum = sum + delta * Half.load(yf, yh, sixteen, (t - 1) * perStep + i);
                }
                SynapseGradientKernels.add(dx, accumulate, t * perStep + i, delta * gain);
                carry = delta * leak;
            }
            byLeak.set(i, sum);
        }
    }

    /** The values of the step before, 0 at the first. One thread per value, sample and step. */
    public static void delay(
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
        int perStep = run.get(R.SAMPLES) * g.get(G.OUT_HEIGHT) * g.get(G.OUT_WIDTH) * g.get(G.OUT_CHANNELS);
        if (i < perStep * run.get(R.STEPS)) {
            float x = 0f;
            if (i >= perStep) {
                x = Half.load(xf, xh, sixteen, i - perStep);
            }
            Half.store(yf, yh, sixteen, i, x);
        }
    }

    /** Backward of {@link #delay}. */
    public static void delayBack(
            KernelContext c, IntArray guard, FloatArray dy, FloatArray dx, IntArray g, IntArray run, int accumulate) {
        Guard.passed(c, guard);
        int i = c.globalIdx;
        int perStep = run.get(R.SAMPLES) * g.get(G.OUT_HEIGHT) * g.get(G.OUT_WIDTH) * g.get(G.OUT_CHANNELS);
        int all = perStep * run.get(R.STEPS);
        if (i < all) {
            float later = 0f;
            if (i + perStep < all) {
                later = dy.get(i + perStep);
            }
            SynapseGradientKernels.add(dx, accumulate, i, later);
        }
    }

    /**
     * Scores after each step by any rule. One thread per sample and class.
     *
     * @param scores {@code [steps, samples, classes]}
     * @param decay one entry, weight of a step relative to the next one
     * @param voters consecutive inputs, in the order c, h, w, that are averaged
     */
    public static void scores(
            KernelContext c,
            IntArray guard,
            FloatArray xf,
            ShortArray xh,
            FloatArray scores,
            FloatArray decay,
            IntArray g,
            IntArray run,
            int rule,
            int voters,
            int sixteen) {
        Guard.passed(c, guard);
        int i = c.globalIdx;
        int channels = g.get(G.CHANNELS);
        int positions = g.get(G.HEIGHT) * g.get(G.WIDTH);
        int inputs = positions * channels;
        int classes = inputs / voters;
        int samples = run.get(R.SAMPLES);
        if (i < samples * classes) {
            int n = i / classes;
            int k = i - n * classes;
            int stepped = samples;
            if (g.get(G.CONSTANT_INPUT) != 0) {
                stepped = 0;
            }
            for (int voter = k * voters; voter < (k + 1) * voters; voter++) {
                int channel = voter / positions;
                int at = (voter - channel * positions) * channels + channel;
                float state = 0f;
                float weights = 0f;
                for (int t = 0; t < run.get(R.STEPS); t++) {
                    float x = Half.load(xf, xh, sixteen, (t * stepped + n) * inputs + at);
                    weights = weights * decay.get(0) + 1f;
                    float score = x;
                    if (rule == HIGHEST) {
                        if (t > 0 && state > x) {
                            score = state;
                        }
                        state = score;
                    } else if (rule == SUM) {
                        state = state + x;
                        score = state;
                    } else if (rule == MEAN) {
                        state = state + x;
                        score = state / (t + 1);
                    } else if (rule == WEIGHTED) {
                        state = state * decay.get(0) + x;
                        score = state / weights;
                    }
                    int place = (t * samples + n) * classes + k;
                    float before = 0f;
                    if (voter > k * voters) {
                        before = scores.get(place);
                    }
                    scores.set(place, before + score / voters);
                }
            }
        }
    }

    /**
     * Spreads the derivative by the final scores over the steps. One thread per sample and input.
     *
     * @param scoreGradient {@code [samples, classes]}
     */
    public static void scoresBack(
            KernelContext c,
            IntArray guard,
            FloatArray scoreGradient,
            FloatArray xf,
            ShortArray xh,
            FloatArray dx,
            FloatArray decay,
            IntArray g,
            IntArray run,
            int rule,
            int voters,
            int accumulate,
            int sixteen) {
        Guard.passed(c, guard);
        int i = c.globalIdx;
        int channels = g.get(G.CHANNELS);
        int positions = g.get(G.HEIGHT) * g.get(G.WIDTH);
        int inputs = positions * channels;
        int samples = run.get(R.SAMPLES);
        int steps = run.get(R.STEPS);
        if (i < samples * inputs) {
            int n = i / inputs;
            int voter = i - n * inputs;
            int channel = voter / positions;
            int at = (voter - channel * positions) * channels + channel;
            float given = scoreGradient.get(n * (inputs / voters) + voter / voters) / voters;
            int stepped = samples;
            if (g.get(G.CONSTANT_INPUT) != 0) {
                stepped = 0;
            }
            int highest = 0;
            float largest = Half.load(xf, xh, sixteen, n * inputs + at);
            float weights = 1f;
            for (int t = 1; t < steps; t++) {
                float x = Half.load(xf, xh, sixteen, (t * stepped + n) * inputs + at);
                if (x > largest) {
                    largest = x;
                    highest = t;
                }
                weights = weights * decay.get(0) + 1f;
            }
            float weight = 1f;
            for (int t = steps - 1; t >= 0; t--) {
                float share = 1f;
                if (rule == MEAN) {
                    share = 1f / steps;
                } else if (rule == LAST) {
                    if (t < steps - 1) {
                        share = 0f;
                    }
                } else if (rule == HIGHEST) {
                    if (t != highest) {
                        share = 0f;
                    }
                } else if (rule == WEIGHTED) {
                    share = weight / weights;
                    weight = weight * decay.get(0);
                }
                SynapseGradientKernels.add(dx, accumulate, (t * samples + n) * inputs + at, given * share);
            }
        }
    }
}
