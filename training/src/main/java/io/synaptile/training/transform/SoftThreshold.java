/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.training.transform;

import java.util.Objects;

/**
 * Soft threshold: latent weights inside a flat zone around 0 are effective weights of 0, those outside move towards 0 by the
 * half-width d of the zone.
 *
 * <pre>
 *   w = sign(θ) max(|θ| - d, 0)
 * </pre>
 *
 * <p>Without such a stage a weight is its latent one, which the published code calls identity.
 *
 * <p>Source: Y. Chen et al., "State transition of dendritic spines improves learning of sparse spiking neural networks", ICML
 * 2022, and its published code.
 *
 * @param width d, at least 0; in units of the weights
 * @param gradient how the derivative by w reaches θ
 */
public record SoftThreshold(float width, Gradient gradient) implements WeightTransform {
    /** How the derivative by the effective weight reaches the latent one. */
    public enum Gradient {
        /**
         * Unchanged, 0 where θ is 0: the sign is taken for a constant and the zone's flatness is overlooked, so that pruned
         * weights go on moving and can return, with the other sign too ({@code stmod} of the published code).
         */
        THROUGH_ZONE,
        /** The exact derivative, 0 inside the zone and on its border: a pruned weight stays pruned ({@code st}). */
        OUTSIDE_ZONE
    }

    public SoftThreshold {
        if (!(width >= 0f) || Float.isInfinite(width)) {
            throw new IllegalArgumentException("width of a flat zone must be at least 0, got " + width);
        }
        Objects.requireNonNull(gradient);
    }

    @Override
    public void apply(float[] weights, float[] out, WeightDraw draw) {
        for (int i = 0; i < weights.length; i++) {
            float latent = weights[i];
            out[i] = Math.abs(latent) > width ? latent - Math.copySign(width, latent) : 0f;
        }
    }

    @Override
    public void pullBack(float[] weights, float[] out, float[] gradients) {
        float flat = gradient == Gradient.THROUGH_ZONE ? 0f : width;
        for (int i = 0; i < gradients.length; i++) {
            if (!(Math.abs(weights[i]) > flat)) {
                gradients[i] = 0f;
            }
        }
    }

    /** Replaces effective weights by latent ones of which they are the result, in place; 0 stays 0. */
    public void invert(float[] weights) {
        for (int i = 0; i < weights.length; i++) {
            if (weights[i] != 0f) {
                weights[i] += Math.copySign(width, weights[i]);
            }
        }
    }
}
