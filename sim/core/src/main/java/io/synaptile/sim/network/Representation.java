/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.sim.network;

/**
 * Derivatives of what neurons give on average over time, in place of one through their potentials: a neuron is taken for the
 * function of its weighted mean input {@code <x>} that its weighted mean output approaches, and nothing is derived from step to
 * step.
 *
 * <pre>
 *   k(t) = leak^(T - 1 - t)                            weight of step t of T, that of the last is 1
 *   &lt;x&gt; = sum k(t) x(t) / sum k(t)                     input as it comes, before its gain
 *   &lt;o&gt; approaches clamp(&lt;x&gt; / timeConstant, 0, threshold / step)
 *   G = T &lt;dL/do&gt;
 *   dL/dx(t) = G / timeConstant / T where 0 &lt; &lt;x&gt; &lt; saturation, else 0; the same at every step
 *   dL/dthreshold = step * thresholdFactor * sum of G where &lt;x&gt; &gt; saturation
 *   saturation = threshold * timeConstant / step
 * </pre>
 *
 * <p>Perfect integrators ({@code leak} 1) take both bounds of {@code <x>} among those that pass derivatives. The derivative by
 * the threshold is that of the clamp times the square of the step, and G spreads over the steps evenly though it is gathered with
 * weights, both as in the published code, whose learning rates belong to them.
 *
 * <p>Source: Q. Meng et al., "Training high-performance low-latency spiking neural networks by differentiation on spike
 * representation", CVPR 2022, in the form of its published code.
 *
 * @param timeConstant of the membrane, above 0; 1 for perfect integrators
 * @param step time from one step to the next in the unit of the time constant, above 0; 1 for perfect integrators
 * @param thresholdFactor on the derivative by the threshold, from 0 on; the published code has 1, and 0.001 for ImageNet
 */
public record Representation(float timeConstant, float step, float thresholdFactor) implements Estimator {
    /** That of perfect integrators with the full derivative by the threshold. */
    public static final Representation INTEGRATORS = new Representation(1f, 1f, 1f);

    public Representation {
        requirePositive("time constant", timeConstant);
        requirePositive("step", step);
        if (!(thresholdFactor >= 0f) || Float.isInfinite(thresholdFactor)) {
            throw new IllegalArgumentException(
                    "factor on the derivative by the threshold must be 0 or more, got " + thresholdFactor);
        }
    }

    private static void requirePositive(String what, float value) {
        if (!(value > 0f) || Float.isInfinite(value)) {
            throw new IllegalArgumentException(what + " of a spike representation must be above 0, got " + value);
        }
    }

    /** Leak per step of a membrane with this time constant, {@code exp(-step / timeConstant)}. */
    public float leak() {
        return (float) StrictMath.exp(-(double) step / timeConstant);
    }

    /** Mean input from which on neurons of a threshold can give no more. */
    public float saturation(float threshold) {
        return threshold * (timeConstant / step);
    }

    /** Factor on a weighted mean derivative by the output that makes it the derivative by the input of a step. */
    public float slope() {
        return 1f / timeConstant;
    }

    /** Factor on a sum of weighted mean derivatives that makes it a derivative by the threshold, in a run of so many steps. */
    public float thresholdSlope(int steps) {
        return step * thresholdFactor * steps;
    }

    /**
     * Weights of the steps of a mean, which add up to 1.
     *
     * @param leak of the neurons
     */
    public static float[] weights(float leak, int steps) {
        double[] powers = new double[steps];
        double sum = 0;
        for (int t = steps - 1; t >= 0; t--) {
            powers[t] = t == steps - 1 ? 1 : powers[t + 1] * leak;
            sum += powers[t];
        }
        float[] weights = new float[steps];
        for (int t = 0; t < steps; t++) {
            weights[t] = (float) (powers[t] / sum);
        }
        return weights;
    }

    /** Whether a mean input passes derivatives on. */
    public static boolean passes(float mean, float saturation, boolean bounds) {
        return bounds ? mean >= 0f && mean <= saturation : mean > 0f && mean < saturation;
    }
}
