/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.training.transform;

import io.synaptile.sim.compute.WeightStage;
import io.synaptile.sim.compute.WeightStage.Redraw;
import io.synaptile.sim.random.NoiseStream;
import io.synaptile.sim.random.Purpose;
import java.util.Objects;
import java.util.Optional;

/**
 * Device variation seen in training: the forward and backward pass use perturbed weights. One draw serves all samples and
 * time steps of a batch.
 *
 * @param resample when a new draw is made
 * @param gradient how the derivative by the perturbed weights reaches the unperturbed ones
 */
public record Variation(WeightPerturbation perturbation, Resample resample, Gradient gradient)
        implements WeightTransform {
    /** When a new draw is made. */
    public enum Resample {
        /** For every batch. */
        PER_FORWARD,
        /** For every epoch. */
        PER_EPOCH,
        /** Once per training: the network adapts to one device. */
        FIXED
    }

    /** How the derivative by the perturbed weights reaches the unperturbed ones. */
    public enum Gradient {
        /** Unchanged, as in the published code. */
        STRAIGHT_THROUGH,
        /**
         * Times perturbed over unperturbed weight, the exact derivative of a multiplicative perturbation that does not
         * saturate; unchanged where the weight is 0.
         */
        FACTOR
    }

    public Variation {
        Objects.requireNonNull(perturbation);
        Objects.requireNonNull(resample);
        Objects.requireNonNull(gradient);
    }

    /** A fresh draw for every batch, the gradient straight through. */
    public static Variation perForward(WeightPerturbation perturbation) {
        return new Variation(perturbation, Resample.PER_FORWARD, Gradient.STRAIGHT_THROUGH);
    }

    @Override
    public void apply(float[] weights, float[] out, WeightDraw draw) {
        int epoch = resample == Resample.FIXED ? 0 : draw.epoch();
        int batch = resample == Resample.PER_FORWARD ? draw.batch() : 0;
        perturbation.perturb(
                weights, out, NoiseStream.of(draw.seed(), Purpose.TRAINING_VARIATION, draw.node(), batch, epoch));
    }

    @Override
    public void pullBack(float[] weights, float[] out, float[] gradients) {
        if (gradient == Gradient.FACTOR) {
            for (int i = 0; i < gradients.length; i++) {
                if (weights[i] != 0f) {
                    gradients[i] *= out[i] / weights[i];
                }
            }
        }
    }

    @Override
    public boolean isRandom() {
        return true;
    }

    @Override
    public Optional<WeightStage> onDevice() {
        Redraw redraw = switch (resample) {
            case PER_FORWARD -> Redraw.BATCH;
            case PER_EPOCH -> Redraw.EPOCH;
            case FIXED -> Redraw.ONCE;
        };
        return perturbation.onDevice().map(model -> new WeightStage.Varied(model, redraw, gradient == Gradient.FACTOR));
    }
}
