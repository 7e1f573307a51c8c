/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.training.transform;

import java.util.Objects;

/**
 * Words of a quantiser, 0 where the latent weight is small against the largest of its layer.
 *
 * <pre>
 *   out = words(w) * 1[ |w| > threshold * max |w| ]
 * </pre>
 *
 * <p>The mask is made anew in every pass and nothing flows through it: the gradient reaches masked weights as well, so that
 * they can come back.
 *
 * <p>Source: pruning of the published BNTT code's variation-aware fork, with a threshold of 0.005.
 *
 * @param words quantiser of the weights that are kept
 * @param threshold fraction of the largest magnitude, 0 to 1
 */
public record MagnitudeMask(WeightTransform words, float threshold) implements WeightTransform {
    public MagnitudeMask {
        Objects.requireNonNull(words);
        if (!(threshold >= 0f && threshold < 1f)) {
            throw new IllegalArgumentException("threshold of a mask must lie in 0-1, got " + threshold);
        }
    }

    @Override
    public void apply(float[] weights, float[] out, WeightDraw draw) {
        words.apply(weights, out, draw);
        float largest = 0f;
        for (float w : weights) {
            largest = Math.max(largest, Math.abs(w));
        }
        float bound = threshold * largest;
        for (int i = 0; i < weights.length; i++) {
            if (!(Math.abs(weights[i]) > bound)) {
                out[i] = 0f;
            }
        }
    }

    @Override
    public void pullBack(float[] weights, float[] out, float[] gradient) {
        words.pullBack(weights, out, gradient);
    }
}
