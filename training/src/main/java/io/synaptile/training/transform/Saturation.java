/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.training.transform;

import io.synaptile.sim.compute.VariationModel.Bound;

/** Bound on a varied weight; its sign is always kept. */
public sealed interface Saturation {
    /** No bound. */
    record None() implements Saturation {}

    /** The magnitude is capped at full scale. */
    record Symmetric(float fullScale) implements Saturation {
        public Symmetric {
            if (!(fullScale > 0f)) {
                throw new IllegalArgumentException("full scale must be above 0, got " + fullScale);
            }
        }
    }

    /** The magnitude is capped at the largest unvaried magnitude of the layer, for grids whose scale is that of the layer. */
    record LayerMaximum() implements Saturation {}

    /**
     * The magnitude is bounded above by the largest and then below by the smallest unvaried weight of the layer, both with
     * their sign, as in the published code: a layer whose largest weight is below the magnitude of its smallest loses
     * negative weights.
     */
    record SignedExtremes() implements Saturation {}

    /**
     * Bounds varied weights in place.
     *
     * @param weights the weights before variation
     * @param varied the weights after it
     */
    default void apply(float[] weights, float[] varied) {
        switch (this) {
            case None _ -> {}
            case Symmetric(float fullScale) -> cap(varied, fullScale);
            case LayerMaximum _ -> {
                float largest = 0f;
                for (float w : weights) {
                    largest = Math.max(largest, Math.abs(w));
                }
                cap(varied, largest);
            }
            case SignedExtremes _ -> {
                float highest = Float.NEGATIVE_INFINITY;
                float lowest = Float.POSITIVE_INFINITY;
                for (float w : weights) {
                    highest = Math.max(highest, w);
                    lowest = Math.min(lowest, w);
                }
                for (int i = 0; i < varied.length; i++) {
                    float magnitude = Math.max(Math.min(Math.abs(varied[i]), highest), lowest);
                    varied[i] = Math.signum(varied[i]) * magnitude;
                }
            }
        }
    }

    /** The same bound for a device. */
    default Bound onDevice() {
        return switch (this) {
            case None _ -> new Bound.None();
            case Symmetric(float fullScale) -> new Bound.Fixed(fullScale);
            case LayerMaximum _ -> new Bound.LayerMaximum();
            case SignedExtremes _ -> new Bound.SignedExtremes();
        };
    }

    private static void cap(float[] varied, float magnitude) {
        for (int i = 0; i < varied.length; i++) {
            varied[i] = Math.clamp(varied[i], -magnitude, magnitude);
        }
    }
}
