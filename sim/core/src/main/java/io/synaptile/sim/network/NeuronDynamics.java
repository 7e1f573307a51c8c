/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.sim.network;

import java.util.Objects;

/**
 * What neurons can have beyond the plain {@link NeuronSpec}: a refractory period, a threshold that rises with their own spikes,
 * leaks and thresholds among the parameters.
 *
 * <pre>
 *   a(0) = 0, a(t+1) = adaptationDecay * a(t) + s(t)
 *   fires where u(t) exceeds threshold + adaptationStrength * a(t)
 *   for {@code refractorySteps} steps after a spike: u(t) = v(t-1), no input, no leak, no spike
 * </pre>
 *
 * <p>A reset subtracts the threshold without its adaptation. Source of the adaptive threshold: G. Bellec et al., Nature
 * Communications 2020, "A solution to the learning dilemma for recurrent networks of spiking neurons", equations of the ALIF
 * neuron.
 *
 * @param refractorySteps 0 or more
 * @param adaptationDecay from 0 to 1
 * @param adaptationStrength at least 0; 0 is a constant threshold
 * @param leak whether the leak is a parameter
 * @param threshold whether the threshold is a parameter
 */
public record NeuronDynamics(
        int refractorySteps, float adaptationDecay, float adaptationStrength, Scope leak, Scope threshold) {
    /** None of it. */
    public static final NeuronDynamics PLAIN = new NeuronDynamics(0, 0f, 0f, Scope.FIXED, Scope.FIXED);

    public NeuronDynamics {
        if (refractorySteps < 0) {
            throw new IllegalArgumentException("refractory steps must be 0 or more, got " + refractorySteps);
        }
        if (!(adaptationDecay >= 0f && adaptationDecay <= 1f)) {
            throw new IllegalArgumentException("decay of the adaptation must lie in 0-1, got " + adaptationDecay);
        }
        if (!(adaptationStrength >= 0f) || Float.isInfinite(adaptationStrength)) {
            throw new IllegalArgumentException(
                    "strength of the adaptation must be at least 0, got " + adaptationStrength);
        }
        Objects.requireNonNull(leak);
        Objects.requireNonNull(threshold);
    }

    /** Whether there is none of it. */
    public boolean isPlain() {
        return equals(PLAIN);
    }
}
