/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.training.method.dsr;

import io.synaptile.sim.network.Emission;
import io.synaptile.sim.network.NeuronDynamics;
import io.synaptile.sim.network.NeuronSpec;
import io.synaptile.sim.network.Representation;
import io.synaptile.sim.network.Scope;
import java.util.Objects;

/**
 * The neurons of the method: a soft reset by the threshold, fired from a part of it on, spikes that are worth the threshold, or
 * the threshold divided by the time step where neurons leak.
 *
 * @param leaks whether membranes leak, by {@code exp(-step / timeConstant)} a step, and inputs are scaled by what is lost
 * @param threshold before training, above 0
 * @param learned whether training moves it, one for every layer
 * @param firingShare part of the threshold from which neurons fire
 * @param representation how they learn
 */
public record RatedNeuron(
        boolean leaks, float threshold, boolean learned, float firingShare, Representation representation) {
    public RatedNeuron {
        Objects.requireNonNull(representation);
    }

    /** Neurons without leak. */
    public static RatedNeuron integrating(float threshold, boolean learned, float firingShare, float thresholdFactor) {
        return new RatedNeuron(false, threshold, learned, firingShare, new Representation(1f, 1f, thresholdFactor));
    }

    /** Neurons with leak. */
    public static RatedNeuron leaking(
            float threshold,
            boolean learned,
            float firingShare,
            float timeConstant,
            float step,
            float thresholdFactor) {
        return new RatedNeuron(
                true, threshold, learned, firingShare, new Representation(timeConstant, step, thresholdFactor));
    }

    /** Decay of a membrane per step, 1 without leak. */
    public float leak() {
        return leaks ? representation.leak() : 1f;
    }

    /** Threshold of neurons that give all they can from a mean input on. */
    public float thresholdOf(float saturation) {
        return saturation / (representation.timeConstant() / representation.step());
    }

    /** As a layer has it. */
    public NeuronSpec spec() {
        return new NeuronSpec(
                        leak(),
                        leaks ? 1f - leak() : 1f,
                        threshold,
                        NeuronSpec.Firing.FROM,
                        NeuronSpec.Reset.SOFT,
                        0f,
                        representation)
                .with(NeuronDynamics.PLAIN
                        .withThreshold(learned ? Scope.LAYER : Scope.FIXED)
                        .withEmission(new Emission.Threshold(1f / representation.step()))
                        .withFiringShare(firingShare));
    }
}
