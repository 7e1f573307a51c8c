/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.training.transform;

import io.synaptile.mapping.property.HardwareProperty;
import io.synaptile.sim.compute.WeightStage;
import io.synaptile.text.message.RefusedException;
import java.util.Optional;

/**
 * Rounds weights to 2^bits levels, the same number on either side of zero and none at zero; the gradient passes straight
 * through.
 *
 * <pre>
 *   n = 2^bits - 1     m = 2^(bits-1)     rint = round half to even
 *   a = rint((w + 1) / 2 * n) / n
 *   q = rint((a - 0.5) * 2 * m) / m
 * </pre>
 *
 * <p>For w in [-1, 1] the levels are +-j/m for j = 1..m. All arithmetic is in single precision and in this order, because
 * ties depend on it.
 *
 * <p>Source: quantiser of the published BNTT code's variation-aware fork, which does not clamp.
 *
 * @param bits 1 to 16
 * @param clamp whether weights are first clamped to [-1, 1]; without it larger weights give levels beyond full scale, as in
 *     the published code
 */
public record KBitQuantiser(int bits, boolean clamp) implements WeightTransform {
    public KBitQuantiser {
        if (bits < 1 || bits > 16) {
            throw RefusedException.mustBe(HardwareProperty.QUANTISED_BITS, "1 to 16", bits);
        }
    }

    /** The quantiser with clamping. */
    public static KBitQuantiser of(int bits) {
        return new KBitQuantiser(bits, true);
    }

    @Override
    public void apply(float[] weights, float[] out, WeightDraw draw) {
        float n = (1 << bits) - 1;
        float m = 1 << bits - 1;
        for (int i = 0; i < weights.length; i++) {
            float w = clamp ? Math.clamp(weights[i], -1f, 1f) : weights[i];
            float a = (float) Math.rint((w + 1f) / 2f * n) / n;
            float b = (a - 0.5f) * 2f;
            out[i] = (float) Math.rint(b * m) / m;
        }
    }

    @Override
    public Optional<WeightStage> onDevice() {
        return Optional.of(new WeightStage.KBit(bits, clamp));
    }
}
