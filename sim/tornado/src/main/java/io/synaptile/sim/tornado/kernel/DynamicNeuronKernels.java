/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.sim.tornado.kernel;

import uk.ac.manchester.tornado.api.KernelContext;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;
import uk.ac.manchester.tornado.api.types.arrays.IntArray;
import uk.ac.manchester.tornado.api.types.arrays.ShortArray;

/**
 * Neurons with more than plain dynamics over all time steps, their state in registers; equations in {@link
 * io.synaptile.sim.network.NeuronDynamics}. One thread per neuron and sample.
 */
public final class DynamicNeuronKernels {
    /**
     * Places in a layer's constants: factor on the input, reset potential, 1 for a hard reset, 1 where it fires at its
     * threshold, refractory steps, decay and strength of the adaptation, kind of the surrogate, what sets it apart, initial potential in thresholds, value of a spike, factor on the threshold where that is the
     * value, part of the threshold at which it fires. Leak and
     * threshold of every channel follow.
     */
    public static final int NUMBERS = 13;
    /** Stands for a value of spikes that is the threshold. */
    public static final float EMITS_THRESHOLD = 0f;

    private static final int INPUT_GAIN = 0;
    private static final int RESET_POTENTIAL = 1;
    private static final int HARD = 2;
    private static final int FROM = 3;
    private static final int REFRACTORY = 4;
    private static final int DECAY = 5;
    private static final int STRENGTH = 6;
    private static final int SURROGATE = 7;
    private static final int SHAPE = 8;
    private static final int INITIAL = 9;
    private static final int EMISSION = 10;
    private static final int FACTOR = 11;
    private static final int SHARE = 12;
    /** What a bar is in the refractory period. */
    private static final float OUT_OF_REACH = 3e38f;

    private DynamicNeuronKernels() {}

    /**
     * Forward pass.
     *
     * @param gain affine map of a norm before the neurons, applied where {@code normed} is 1
     * @param us potentials before reset, {@code [steps, samples, size]}, written where {@code keep} is 1
     * @param bars what they have to exceed, the same
     */
    public static void fire(
            KernelContext c,
            IntArray guard,
            FloatArray xf,
            ShortArray xh,
            FloatArray gain,
            FloatArray offset,
            FloatArray sf,
            ShortArray sh,
            FloatArray us,
            FloatArray bars,
            FloatArray constants,
            IntArray g,
            IntArray run,
            int normed,
            int keep,
            int sixteen) {
        Guard.passed(c, guard);
        int i = c.globalIdx;
        int channels = g.get(G.OUT_CHANNELS);
        int perStep = run.get(R.SAMPLES) * g.get(G.OUT_HEIGHT) * g.get(G.OUT_WIDTH) * channels;
        if (i < perStep) {
            int channel = i - i / channels * channels;
            int stepped = 1;
            if (g.get(G.CONSTANT_INPUT) != 0) {
                stepped = 0;
            }
            int entryStep = channels;
            if (g.get(G.NORM_STEPS) == 1) {
                entryStep = 0;
            }
            float leak = constants.get(NUMBERS + channel);
            float threshold = constants.get(NUMBERS + channels + channel);
            float hard = constants.get(HARD);
            float inputGain = constants.get(INPUT_GAIN);
            float resetPotential = constants.get(RESET_POTENTIAL);
            float from = constants.get(FROM);
            float refractory = constants.get(REFRACTORY);
            float decay = constants.get(DECAY);
            float strength = constants.get(STRENGTH);
            float emission = constants.get(EMISSION);
            if (emission == EMITS_THRESHOLD) {
                emission = threshold * constants.get(FACTOR);
            }
            float share = constants.get(SHARE);
            float v = constants.get(INITIAL) * threshold;
            float a = 0f;
            float waiting = 0f;
            for (int t = 0; t < run.get(R.STEPS); t++) {
                float current = Half.load(xf, xh, sixteen, t * stepped * perStep + i);
                if (normed == 1) {
                    current = current * gain.get(t * entryStep + channel) + offset.get(t * entryStep + channel);
                }
                float u = v;
                float bar = OUT_OF_REACH;
                if (waiting < 1f) {
                    u = v * leak + current * inputGain;
                    bar = share * threshold + strength * a;
                }
                if (keep == 1) {
                    us.set(t * perStep + i, u);
                    bars.set(t * perStep + i, bar);
                }
                float spike = 0f;
                v = u;
                if (waiting > 0f) {
                    waiting = waiting - 1f;
                }
                if (u > bar || from == 1f && u == bar) {
                    spike = 1f;
                    v = u - threshold;
                    if (hard == 1f) {
                        v = resetPotential;
                    }
                    waiting = refractory;
                }
                a = a * decay + spike;
                Half.store(sf, sh, sixteen, t * perStep + i, spike * emission);
            }
        }
    }

    /**
     * Backward pass.
     *
     * @param dx derivative by the input current
     * @param byLeak what this neuron adds to the derivative by its leak, {@code [samples, size]}
     * @param byThreshold the same by its threshold
     */
    public static void back(
            KernelContext c,
            IntArray guard,
            FloatArray ds,
            FloatArray us,
            FloatArray bars,
            FloatArray dx,
            FloatArray byLeak,
            FloatArray byThreshold,
            FloatArray constants,
            IntArray g,
            IntArray run,
            int accumulate) {
        Guard.passed(c, guard);
        int i = c.globalIdx;
        int channels = g.get(G.OUT_CHANNELS);
        int perStep = run.get(R.SAMPLES) * g.get(G.OUT_HEIGHT) * g.get(G.OUT_WIDTH) * channels;
        if (i < perStep) {
            int channel = i - i / channels * channels;
            float leak = constants.get(NUMBERS + channel);
            float threshold = constants.get(NUMBERS + channels + channel);
            float hard = constants.get(HARD);
            float inputGain = constants.get(INPUT_GAIN);
            float resetPotential = constants.get(RESET_POTENTIAL);
            float from = constants.get(FROM);
            float decay = constants.get(DECAY);
            float strength = constants.get(STRENGTH);
            float kind = constants.get(SURROGATE);
            float shape = constants.get(SHAPE);
            float initial = constants.get(INITIAL);
            float emission = constants.get(EMISSION);
            float throughEmission = 0f;
            if (emission == EMITS_THRESHOLD) {
                throughEmission = constants.get(FACTOR);
                emission = threshold * throughEmission;
            }
            float share = constants.get(SHARE);
            float byMembrane = 0f;
            float byAdaptation = 0f;
            float leakSum = 0f;
            float thresholdSum = 0f;
            for (int t = run.get(R.STEPS) - 1; t >= 0; t--) {
                int at = t * perStep + i;
                float u = us.get(at);
                float bar = bars.get(at);
                float by = 0f;
                if (bar < OUT_OF_REACH) {
                    float slope = Surrogates.slope(kind, shape, (u - bar) / threshold) / threshold;
                    float through = (ds.get(at) * emission + byAdaptation) * slope;
                    thresholdSum = thresholdSum - share * through;
                    float kept = byMembrane;
                    if (u > bar || from == 1f && u == bar) {
                        thresholdSum = thresholdSum + throughEmission * ds.get(at);
                        if (hard == 1f) {
                            kept = 0f;
                        } else {
                            thresholdSum = thresholdSum - byMembrane;
                        }
                    }
                    float delta = through + kept;
                    if (t == 0) {
                        leakSum = leakSum + delta * initial * threshold;
                    } else {
                        float rest = us.get(at - perStep);
                        float barBefore = bars.get(at - perStep);
                        if (rest > barBefore || from == 1f && rest == barBefore) {
                            rest = rest - threshold;
                            if (hard == 1f) {
                                rest = resetPotential;
                            }
                        }
                        leakSum = leakSum + delta * rest;
                    }
                    by = delta * inputGain;
                    byMembrane = delta * leak;
                    byAdaptation = byAdaptation * decay - strength * through;
                } else {
                    byAdaptation = byAdaptation * decay;
                }
                SynapseGradientKernels.add(dx, accumulate, at, by);
            }
            byLeak.set(i, leakSum);
            byThreshold.set(i, thresholdSum + byMembrane * initial);
        }
    }
}
