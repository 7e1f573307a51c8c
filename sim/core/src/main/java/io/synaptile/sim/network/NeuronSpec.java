/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.sim.network;

import java.util.Objects;

/**
 * A discrete-time integrate-and-fire neuron.
 *
 * <pre>
 *   u = leak * v + inputGain * x      integrate
 *   s = 1 if u > bar                  fire; strictly above, or from it on; bar = threshold unless the dynamics say otherwise
 *   v = u - threshold * s             soft reset, or v = resetPotential where s = 1 for a hard reset
 * </pre>
 *
 * <p>With a surrogate, the reset is a constant in the backward pass (no gradient through it); the leak path is not. With a {@link
 * Representation}, nothing is derived along time. The membrane is at rest, 0,
 * before the first step unless {@link NeuronDynamics} says otherwise.
 *
 * @param leak decay of the membrane potential per step, 0 to 1; 1 is a perfect integrator (IF)
 * @param inputGain factor on the input current, above 0; {@code 1 - leak} where the input decays with the membrane
 * @param threshold firing threshold, above 0
 * @param firing whether a potential that is exactly the threshold fires
 * @param resetPotential potential after a spike of a hard reset, below the threshold; 0 for a soft one
 * @param estimator what stands for the derivative of spikes
 * @param dynamics refractory period, adaptation, initial potential, value of spikes, and constants that are parameters; leak and threshold are then their values
 *     before training
 */
public record NeuronSpec(
        float leak,
        float inputGain,
        float threshold,
        Firing firing,
        Reset reset,
        float resetPotential,
        Estimator estimator,
        NeuronDynamics dynamics) {
    /** When a neuron fires. */
    public enum Firing {
        /** {@code u > threshold}. */
        ABOVE,
        /** {@code u >= threshold}. */
        FROM
    }

    /** What happens to the membrane potential after a spike. */
    public enum Reset {
        /** Subtract the threshold. */
        SOFT,
        /** Set to the reset potential. */
        HARD
    }

    public NeuronSpec {
        if (!(leak >= 0f && leak <= 1f)) {
            throw new IllegalArgumentException("leak must lie in 0-1, got " + leak);
        }
        if (!(inputGain > 0f) || Float.isInfinite(inputGain)) {
            throw new IllegalArgumentException("the factor on the input must be above 0, got " + inputGain);
        }
        if (!(threshold > 0f) || Float.isInfinite(threshold)) {
            throw new IllegalArgumentException("threshold must be above 0, got " + threshold);
        }
        Objects.requireNonNull(firing);
        Objects.requireNonNull(reset);
        Objects.requireNonNull(estimator);
        Objects.requireNonNull(dynamics);
        if (!(resetPotential < threshold) || Float.isInfinite(resetPotential)) {
            throw new IllegalArgumentException("the reset potential must be a number below the threshold " + threshold
                    + ", got " + resetPotential);
        }
        if (reset == Reset.SOFT && resetPotential != 0f) {
            throw new IllegalArgumentException("a soft reset has no reset potential, got " + resetPotential);
        }
        if (estimator instanceof Representation) {
            requireRate(reset, dynamics);
        }
    }

    /** What has a mean rate that follows the mean input: no more than charge that is taken in, lost by the leak, and spent. */
    private static void requireRate(Reset reset, NeuronDynamics dynamics) {
        String why = reset == Reset.HARD
                ? "a hard reset"
                : dynamics.refractorySteps() > 0
                        ? "a refractory period"
                        : dynamics.adaptationStrength() > 0f
                                ? "an adaptive threshold"
                                : dynamics.leak() != Scope.FIXED
                                        ? "a learned leak"
                                        : dynamics.threshold() == Scope.CHANNEL ? "a threshold for every channel" : "";
        if (!why.isEmpty()) {
            throw new IllegalArgumentException(
                    "neurons with " + why + " have no derivative of their spike representation");
        }
    }

    /** Without more than plain dynamics. */
    public NeuronSpec(
            float leak,
            float inputGain,
            float threshold,
            Firing firing,
            Reset reset,
            float resetPotential,
            Estimator estimator) {
        this(leak, inputGain, threshold, firing, reset, resetPotential, estimator, NeuronDynamics.PLAIN);
    }

    /** Takes its input as it is, fires strictly above its threshold, and a hard reset leads to 0. */
    public NeuronSpec(float leak, float threshold, Reset reset, Estimator estimator) {
        this(leak, 1f, threshold, Firing.ABOVE, reset, 0f, estimator);
    }

    /** Leaky integrate-and-fire with soft reset and the triangle surrogate. */
    public static NeuronSpec lif(float leak, float threshold) {
        return new NeuronSpec(leak, threshold, Reset.SOFT, Surrogate.triangle());
    }

    /** The same with another leak. */
    public NeuronSpec withLeak(float other) {
        return new NeuronSpec(other, inputGain, threshold, firing, reset, resetPotential, estimator, dynamics);
    }

    /** The same with another threshold. */
    public NeuronSpec withThreshold(float other) {
        return new NeuronSpec(leak, inputGain, other, firing, reset, resetPotential, estimator, dynamics);
    }

    /** The same with other dynamics. */
    public NeuronSpec with(NeuronDynamics other) {
        return new NeuronSpec(leak, inputGain, threshold, firing, reset, resetPotential, estimator, other);
    }

    /**
     * The surrogate of neurons that have one.
     *
     * @throws IllegalStateException if they have another estimator
     */
    public Surrogate surrogate() {
        if (estimator instanceof Surrogate surrogate) {
            return surrogate;
        }
        throw new IllegalStateException("neurons without a surrogate: " + estimator);
    }

    /** Whether every step, and the way back, is that of the plain neuron with a surrogate; see {@link NeuronDynamics#isPlain}. */
    public boolean isPlain() {
        return dynamics.isPlain() && estimator instanceof Surrogate;
    }

    /** What potentials have to exceed, or reach, in the absence of adaptation, as long as the threshold is this one. */
    public float bar() {
        return dynamics.firingShare() * threshold;
    }

    /** Potential before the first step, as long as the threshold is this one. */
    public float initialPotential() {
        return dynamics.initial() * threshold;
    }

    /** Value of a spike, as long as the threshold is this one. */
    public float emission() {
        return dynamics.emission().value(threshold);
    }

    /** Whether it fires at a potential. */
    public boolean fires(float potential) {
        return fires(potential, bar());
    }

    /** Whether a potential fires where it has to exceed, or reach, a bar. */
    public boolean fires(float potential, float bar) {
        return firing == Firing.ABOVE ? potential > bar : potential >= bar;
    }

    /** Potential after a step in which it had this one before the reset. */
    public float afterReset(float potential) {
        return fires(potential) ? reset(potential, threshold) : potential;
    }

    /**
     * Potential after a spike.
     *
     * @param base threshold that a soft reset subtracts
     */
    public float reset(float potential, float base) {
        return reset == Reset.HARD ? resetPotential : potential - base;
    }
}
