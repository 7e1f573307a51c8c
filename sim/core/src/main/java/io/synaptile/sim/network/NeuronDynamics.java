/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.sim.network;

import java.util.Objects;

/**
 * What neurons can have beyond the plain {@link NeuronSpec}: a refractory period, a threshold that rises with their own spikes,
 * leaks and thresholds among the parameters, a membrane that does not start at rest, spikes that
 * are worth something else than 1, and come before a full threshold is there.
 *
 * <pre>
 *   v(-1) = initial * threshold
 *   a(0) = 0, a(t+1) = adaptationDecay * a(t) + s(t)
 *   fires where u(t) exceeds firingShare * threshold + adaptationStrength * a(t)
 *   for {@code refractorySteps} steps after a spike: u(t) = v(t-1), no input, no leak, no spike
 * </pre>
 *
 * <p>The first step is t = 0. A reset subtracts the threshold without its adaptation. Source of the adaptive threshold: G. Bellec et al., Nature
 * Communications 2020, "A solution to the learning dilemma for recurrent networks of spiking neurons", equations of the ALIF
 * neuron. Source of the initial potential: T. Bu et al., AAAI 2022, "Optimized potential initialization for low-latency spiking
 * neural networks". Source of the firing share: Q. Meng et al., CVPR 2022, "Training high-performance low-latency spiking neural
 * networks by differentiation on spike representation", where neurons fire at a part of the threshold and lose all of it, which
 * centres what is left of the charge.
 *
 * @param refractorySteps 0 or more
 * @param adaptationDecay from 0 to 1
 * @param adaptationStrength at least 0; 0 is a constant threshold
 * @param leak whether the leak is a parameter
 * @param threshold whether the threshold is a parameter
 * @param initial fraction of the threshold, of a channel's own where channels have their own, from 0 to below 1
 * @param emission what a spike is worth to those that read it; the neuron's own reset, adaptation and refractory period go by
 *     the spike itself
 * @param firingShare part of the threshold at which neurons fire, above 0; a soft reset takes off all of the threshold
 */
public record NeuronDynamics(
        int refractorySteps,
        float adaptationDecay,
        float adaptationStrength,
        Scope leak,
        Scope threshold,
        float initial,
        Emission emission,
        float firingShare) {
    /** None of it. */
    public static final NeuronDynamics PLAIN =
            new NeuronDynamics(0, 0f, 0f, Scope.FIXED, Scope.FIXED, 0f, Emission.ONE, 1f);

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
        if (!(firingShare > 0f) || Float.isInfinite(firingShare)) {
            throw new IllegalArgumentException("firing share must be above 0, got " + firingShare);
        }
        Objects.requireNonNull(leak);
        Objects.requireNonNull(threshold);
        Objects.requireNonNull(emission);
    }

    /** Of neurons that fire at all of their threshold. */
    public NeuronDynamics(
            int refractorySteps,
            float adaptationDecay,
            float adaptationStrength,
            Scope leak,
            Scope threshold,
            float initial,
            Emission emission) {
        this(refractorySteps, adaptationDecay, adaptationStrength, leak, threshold, initial, emission, 1f);
    }

    /** The same with another initial potential. */
    public NeuronDynamics withInitial(float other) {
        return new NeuronDynamics(
                refractorySteps, adaptationDecay, adaptationStrength, leak, threshold, other, emission, firingShare);
    }

    /** The same with spikes of another value. */
    public NeuronDynamics withEmission(Emission other) {
        return new NeuronDynamics(
                refractorySteps, adaptationDecay, adaptationStrength, leak, threshold, initial, other, firingShare);
    }

    /** The same with a threshold of another scope. */
    public NeuronDynamics withThreshold(Scope other) {
        return new NeuronDynamics(
                refractorySteps, adaptationDecay, adaptationStrength, leak, other, initial, emission, firingShare);
    }

    /** The same that fires at another part of the threshold. */
    public NeuronDynamics withFiringShare(float other) {
        return new NeuronDynamics(
                refractorySteps, adaptationDecay, adaptationStrength, leak, threshold, initial, emission, other);
    }

    /** Whether every step is that of the plain neuron, wherever its membrane starts and fires and whatever its spikes are worth. */
    public boolean isPlain() {
        return withInitial(0f).withEmission(Emission.ONE).withFiringShare(1f).equals(PLAIN);
    }
}
