/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.training.transform;

import io.synaptile.sim.compute.WeightStage;
import java.util.Optional;

/**
 * One stage on the way from latent to effective weights. Implementations hold no state beyond their configuration, so one
 * instance may serve every layer.
 */
public interface WeightTransform {
    /**
     * Computes the output of this stage for all weights of a layer.
     *
     * @param weights weights of the layer in any order, not changed
     * @param out receives as many results; must not be {@code weights}
     * @param draw the forward pass; only random stages read it
     */
    void apply(float[] weights, float[] out, WeightDraw draw);

    /**
     * Turns the derivative of the loss by the output of this stage into the one by its input, in place; straight-through
     * (unchanged) unless overridden.
     *
     * @param weights input of the last {@link #apply}
     * @param out output of the last {@link #apply}
     */
    default void pullBack(float[] weights, float[] out, float[] gradient) {}

    /** Whether the result depends on the draw. */
    default boolean isRandom() {
        return false;
    }

    /** What takes the place of this stage in the weights that are evaluated and exported; nothing where it is random. */
    default Optional<WeightTransform> ideal() {
        return isRandom() ? Optional.empty() : Optional.of(this);
    }

    /** This stage as numbers for a device that prepares weights by itself; empty where it cannot. */
    default Optional<WeightStage> onDevice() {
        return Optional.empty();
    }
}
