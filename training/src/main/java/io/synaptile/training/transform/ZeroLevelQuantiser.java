/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.training.transform;

/**
 * Rounds weights to the levels of the k-bit quantiser and 0, which that one lacks; the gradient is straight-through.
 *
 * <pre>
 *   m = 2^(k-1)     q = rint(clamp(w, -1, 1) * m) / m      levels 0 and ±j/m, j = 1..m
 * </pre>
 *
 * <p>Half to even. A word of k bits cannot hold these 2^k + 1 levels: 0 takes one bit more. Weights that start at 0 stay
 * 0 until they have grown to half a level.
 *
 * <p>Source: own choice where the published BNTT code's variation-aware fork means a zero that its quantiser turns into
 * the smallest level.
 *
 * @param bits k, 1 to 16
 */
public record ZeroLevelQuantiser(int bits) implements WeightTransform {
    public ZeroLevelQuantiser {
        if (bits < 1 || bits > 16) {
            throw new IllegalArgumentException("bits of a quantiser with a zero level must lie in 1-16, got " + bits);
        }
    }

    @Override
    public void apply(float[] weights, float[] out, WeightDraw draw) {
        float m = 1 << bits - 1;
        for (int i = 0; i < weights.length; i++) {
            // Adding 0 takes the sign from a zero, so that one word stands for it.
            out[i] = (float) Math.rint(Math.clamp(weights[i], -1f, 1f) * m) / m + 0f;
        }
    }
}
