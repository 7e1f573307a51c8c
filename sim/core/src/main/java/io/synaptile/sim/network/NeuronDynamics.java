/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.sim.network;

import java.util.Objects;

/**
 * What neurons can have beyond the plain {@link NeuronSpec}: a refractory period, a threshold that rises with their own spikes,
 * leaks and thresholds among the parameters, a membrane that does not start at rest, spikes that
 * are worth something else than 1.
 *
 * <pre>
 *   v(-1) = initial * threshold
 *   a(0) = 0, a(t+1) = adaptationDecay * a(t) + s(t)
 *   fires where u(t) exceeds threshold + adaptationStrength * a(t)
 *   for {@code refractorySteps} steps after a spike: u(t) = v(t-1), no input, no leak, no spike
 * </pre>
 *
 * <p>The first step is t = 0. A reset subtracts the threshold without its adaptation. Source of the adaptive threshold: G. Bellec et al., Nature
 * Communications 2020, "A solution to the learning dilemma for recurrent networks of spiking neurons", equations of the ALIF
 * neuron. Source of the initial potential: T. Bu et al., AAAI 2022, "Optimized potential initialization for low-latency spiking
 * neural networks".
 *
 * @param refractorySteps 0 or more
 * @param adaptationDecay from 0 to 1
 * @param adaptationStrength at least 0; 0 is a constant threshold
 * @param leak whether the leak is a parameter
 * @param threshold whether the threshold is a parameter
 * @param initial fraction of the threshold, of a channel's own where channels have their own, from 0 to below 1
 * @param emission what a spike is worth to those that read it; the neuron's own reset, adaptation and refractory period go by
 *     the spike itself
 */
public record NeuronDynamics(
        int refractorySteps,
        float adaptationDecay,
        float adaptationStrength,
        Scope leak,
        Scope threshold,
        float initial,
        Emission emission) {
    /** None of it. */
    public static final NeuronDynamics PLAIN =
            new NeuronDynamics(0, 0f, 0f, Scope.FIXED, Scope.FIXED, 0f, Emission.ONE);

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
        if (!(initial >= 0f && initial < 1f)) {
            throw new IllegalArgumentException(
                    "initial potential must be a fraction of the threshold from 0 to below 1, got " + initial);
        }
        Objects.requireNonNull(leak);
        Objects.requireNonNull(threshold);
        Objects.requireNonNull(emission);
    }

    /** The same with another initial potential. */
    public NeuronDynamics withInitial(float other) {
        return new NeuronDynamics(
                refractorySteps, adaptationDecay, adaptationStrength, leak, threshold, other, emission);
    }

    /** The same with spikes of another value. */
    public NeuronDynamics withEmission(Emission other) {
        return new NeuronDynamics(
                refractorySteps, adaptationDecay, adaptationStrength, leak, threshold, initial, other);
    }

    /** Whether every step is that of the plain neuron, wherever its membrane starts and whatever its spikes are worth. */
    public boolean isPlain() {
        return withInitial(0f).withEmission(Emission.ONE).equals(PLAIN);
    }
}
