/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.training.transform;

import io.synaptile.sim.compute.WeightStage;
import java.util.Optional;

/**
 * Rounds weights to -alpha, 0 or alpha with one alpha per layer.
 *
 * <pre>
 *   delta = factor * max |w|     alpha = mean of |w| over |w| >= delta
 *   q = alpha if w >= delta, -alpha if w <= -delta, else 0
 * </pre>
 *
 * <p>The gradient passes where |w| &lt; 1 and is 0 elsewhere; alpha and delta are constants in it.
 *
 * <p>Source: ternary mode of the published BNTT code's variation-aware fork, which compares {@code w < -delta} on the
 * negative side; here both sides are inclusive.
 *
 * @param factor 0 to 1; 0.05 there
 * @param asPublished whether a weight of exactly -delta becomes 0 (it is counted in alpha all the same)
 */
public record Ternariser(float factor, boolean asPublished) implements WeightTransform {
    private static final float PUBLISHED_FACTOR = 0.05f;

    public Ternariser {
        if (!(factor >= 0f && factor <= 1f)) {
            throw new IllegalArgumentException("ternary factor must lie in 0-1, got " + factor);
        }
    }

    /** The form with both sides inclusive. */
    public Ternariser(float factor) {
        this(factor, false);
    }

    /** The published factor. */
    public static Ternariser standard(boolean asPublished) {
        return new Ternariser(PUBLISHED_FACTOR, asPublished);
    }

    @Override
    public void apply(float[] weights, float[] out, WeightDraw draw) {
        float largest = 0f;
        for (float w : weights) {
            largest = Math.max(largest, Math.abs(w));
        }
        float delta = factor * largest;
        double sum = 0;
        int count = 0;
        for (float w : weights) {
            if (Math.abs(w) >= delta) {
                sum += Math.abs(w);
                count++;
            }
        }
        float alpha = (float) (sum / count);
        for (int i = 0; i < weights.length; i++) {
            float w = weights[i];
            boolean negative = asPublished ? w < -delta : w <= -delta;
            out[i] = w >= delta ? alpha : negative ? -alpha : 0f;
        }
    }

    @Override
    public void pullBack(float[] weights, float[] out, float[] gradient) {
        for (int i = 0; i < gradient.length; i++) {
            if (!(Math.abs(weights[i]) < 1f)) {
                gradient[i] = 0f;
            }
        }
    }

    @Override
    public Optional<WeightStage> onDevice() {
        return Optional.of(new WeightStage.Ternary(factor, asPublished));
    }
}
