/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.sim.tornado.kernel;

import uk.ac.manchester.tornado.api.KernelContext;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;
import uk.ac.manchester.tornado.api.types.arrays.IntArray;
import uk.ac.manchester.tornado.api.types.arrays.ShortArray;

/**
 * Training of neurons by their mean input over all time steps; equations in {@link
 * io.synaptile.sim.network.Representation}. One thread per neuron and sample.
 */
public final class RepresentationKernels {
    /**
     * Places in a layer's form: upper bound of the mean input in thresholds, factor on the mean derivative, factor on the
     * derivative by the threshold per step, 1 where derivatives pass at the bounds themselves.
     */
    public static final int SATURATION = 0;

    private static final int SLOPE = 1;
    private static final int THRESHOLD_SLOPE = 2;
    private static final int BOUNDS = 3;

    private RepresentationKernels() {}

    /**
     * The weighted mean input of a run.
     *
     * @param gain affine map of a norm before the neurons, applied where {@code normed} is 1
     * @param means {@code [samples, size]}
     * @param weights of the steps of runs of 1, 2, ... steps, one behind the other
     */
    public static void mean(
            KernelContext c,
            IntArray guard,
            FloatArray xf,
            ShortArray xh,
            FloatArray gain,
            FloatArray offset,
            FloatArray means,
            FloatArray weights,
            IntArray g,
            IntArray run,
            int normed,
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
            int steps = run.get(R.STEPS);
            int first = steps * (steps - 1) / 2;
            float mean = 0f;
            for (int t = 0; t < steps; t++) {
                float current = Half.load(xf, xh, sixteen, t * stepped * perStep + i);
                if (normed == 1) {
                    current = current * gain.get(t * entryStep + channel) + offset.get(t * entryStep + channel);
                }
                mean = mean + current * weights.get(first + t);
            }
            means.set(i, mean);
        }
    }

    /**
     * Backward pass.
     *
     * @param dx derivative by the input current
     * @param byThreshold what this neuron adds to the derivative by the threshold, {@code [samples, size]}
     * @param form {@link #SATURATION} and what follows
     */
    public static void back(
            KernelContext c,
            IntArray guard,
            FloatArray ds,
            FloatArray means,
            FloatArray weights,
            FloatArray form,
            FloatArray dx,
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
            float most = form.get(SATURATION) * constants.get(DynamicNeuronKernels.NUMBERS + channels + channel);
            int steps = run.get(R.STEPS);
            int first = steps * (steps - 1) / 2;
            float derivative = 0f;
            for (int t = 0; t < steps; t++) {
                derivative = derivative + ds.get(t * perStep + i) * weights.get(first + t);
            }
            float mean = means.get(i);
            float own = 0f;
            if (mean > most) {
                own = derivative * form.get(THRESHOLD_SLOPE) * steps;
            }
            byThreshold.set(i, own);
            float by = 0f;
            if (mean > 0f && mean < most || form.get(BOUNDS) == 1f && (mean == 0f || mean == most)) {
                by = derivative * form.get(SLOPE);
            }
            for (int t = 0; t < steps; t++) {
                SynapseGradientKernels.add(dx, accumulate, t * perStep + i, by);
            }
        }
    }
}
