/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.sim.tornado.kernel;

import uk.ac.manchester.tornado.api.KernelContext;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;
import uk.ac.manchester.tornado.api.types.arrays.IntArray;
import uk.ac.manchester.tornado.api.types.arrays.ShortArray;

/**
 * Integrate-and-fire neurons over all time steps, the membrane potential in a register; equations in {@link
 * io.synaptile.sim.network.NeuronSpec}. One thread per neuron and sample.
 */
public final class NeuronKernels {
    /**
     * Places in a neuron's parameters: leak, threshold, 1 for a hard reset, what sets its surrogate apart, factor on the
     * input, reset potential, 1 where it fires at its threshold, kind of the surrogate, potential before the first step,
     * value of a spike, part of the threshold at which it fires.
     */
    public static final int LEAK = 0;

    public static final int THRESHOLD = 1;
    public static final int HARD = 2;
    public static final int SHAPE = 3;
    public static final int INPUT_GAIN = 4;
    public static final int RESET_POTENTIAL = 5;
    public static final int FROM = 6;
    public static final int SURROGATE = 7;
    public static final int INITIAL = 8;
    public static final int EMISSION = 9;
    public static final int SHARE = 10;

    private NeuronKernels() {}

    /**
     * Forward pass.
     *
     * @param gain affine map of a norm or a bias before the neurons, applied where {@code normed} is 1
     * @param uf potentials before reset, {@code [steps, samples, size]}, written where {@code keep} is 1
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
            FloatArray uf,
            ShortArray uh,
            FloatArray spec,
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
            float leak = spec.get(LEAK);
            float threshold = spec.get(THRESHOLD);
            float hard = spec.get(HARD);
            float inputGain = spec.get(INPUT_GAIN);
            float resetPotential = spec.get(RESET_POTENTIAL);
            float from = spec.get(FROM);
            float emission = spec.get(EMISSION);
            float bar = spec.get(SHARE) * threshold;
            float v = spec.get(INITIAL);
            for (int t = 0; t < run.get(R.STEPS); t++) {
                float current = Half.load(xf, xh, sixteen, t * stepped * perStep + i);
                if (normed == 1) {
                    current = current * gain.get(t * entryStep + channel) + offset.get(t * entryStep + channel);
                }
                float u = v * leak + current * inputGain;
                if (keep == 1) {
                    Half.store(uf, uh, sixteen, t * perStep + i, u);
                }
                float spike = 0f;
                v = u;
                if (u > bar || from == 1f && u == bar) {
                    spike = emission;
                    v = u - threshold;
                    if (hard == 1f) {
                        v = resetPotential;
                    }
                }
                Half.store(sf, sh, sixteen, t * perStep + i, spike);
            }
        }
    }

    /**
     * Backward pass, {@code delta_t = ds_t * surrogate(u_t) + leak * dv/du * delta_(t+1)}.
     *
     * @param dx derivative by the input current
     */
    public static void back(
            KernelContext c,
            IntArray guard,
            FloatArray ds,
            FloatArray uf,
            ShortArray uh,
            FloatArray dx,
            FloatArray spec,
            IntArray g,
            IntArray run,
            int accumulate,
            int sixteen) {
        Guard.passed(c, guard);
        int i = c.globalIdx;
        int perStep = run.get(R.SAMPLES) * g.get(G.OUT_HEIGHT) * g.get(G.OUT_WIDTH) * g.get(G.OUT_CHANNELS);
        if (i < perStep) {
            float leak = spec.get(LEAK);
            float threshold = spec.get(THRESHOLD);
            float hard = spec.get(HARD);
            float inputGain = spec.get(INPUT_GAIN);
            float from = spec.get(FROM);
            float kind = spec.get(SURROGATE);
            float shape = spec.get(SHAPE);
            float emission = spec.get(EMISSION);
            float share = spec.get(SHARE);
            float bar = share * threshold;
            float carry = 0f;
            for (int t = run.get(R.STEPS) - 1; t >= 0; t--) {
                float u = Half.load(uf, uh, sixteen, t * perStep + i);
                float slope = Surrogates.slope(kind, shape, u / threshold - share) / threshold;
                if (hard == 1f && (u > bar || from == 1f && u == bar)) {
                    carry = 0f;
                }
                float delta = ds.get(t * perStep + i) * emission * slope + carry;
                SynapseGradientKernels.add(dx, accumulate, t * perStep + i, delta * inputGain);
                carry = delta * leak;
            }
        }
    }
}
