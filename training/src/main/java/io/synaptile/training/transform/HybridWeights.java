/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.training.transform;

import java.util.Objects;
import java.util.Optional;

/**
 * Weights of a layer whose RRAM cells are programmed and stay, while SRAM words beside them are trained.
 *
 * <pre>
 *   w = (w_rram + 2^shift q) / divisor          dL/dq = 2^shift / divisor dL/dw
 * </pre>
 *
 * <p>Both convolutions read the same input, so that one effective weight serves for the two. No gradient reaches the RRAM
 * weights.
 *
 * <p>Source: hybrid layer of the published BNTT code's variation-aware fork, with a divisor of 2; G. Krishnan et al.,
 * "Hybrid RRAM/SRAM in-memory computing for robust DNN acceleration", IEEE TCAD 2022 (abstract).
 *
 * @param target quantised RRAM weights as they are wanted; owned by this record, not changed
 * @param rram what the cells hold instead
 * @param shift power of two applied to the SRAM words
 * @param divisor keeps the sum on the scale of one branch, above 0
 */
public record HybridWeights(float[] target, Rram rram, int shift, float divisor) implements WeightTransform {
    /** What the RRAM cells hold. */
    public sealed interface Rram {
        /** Every weight as wanted. */
        record OnTarget() implements Rram {}

        /**
         * One particular chip.
         *
         * @param weights effective weights of its programmed cells; owned by this record, not changed
         */
        record Programmed(float[] weights) implements Rram {}

        /** A chip drawn from all chips whenever the variation draws anew. */
        record Drawn(Variation variation) implements Rram {}
    }

    public HybridWeights {
        Objects.requireNonNull(rram);
        if (rram instanceof Rram.Programmed(float[] weights) && weights.length != target.length) {
            throw new IllegalArgumentException(
                    weights.length + " programmed weights for a layer of " + target.length + " weights");
        }
        if (!(divisor > 0f) || Float.isInfinite(divisor)) {
            throw new IllegalArgumentException("divisor of a hybrid layer must be above 0, got " + divisor);
        }
    }

    @Override
    public void apply(float[] words, float[] out, WeightDraw draw) {
        switch (rram) {
            case Rram.OnTarget() -> System.arraycopy(target, 0, out, 0, out.length);
            case Rram.Programmed(float[] weights) -> System.arraycopy(weights, 0, out, 0, out.length);
            case Rram.Drawn(Variation variation) -> variation.apply(target, out, draw);
        }
        float gain = Math.scalb(1f, shift);
        for (int i = 0; i < out.length; i++) {
            out[i] = (out[i] + gain * words[i]) / divisor;
        }
    }

    @Override
    public void pullBack(float[] words, float[] out, float[] gradient) {
        float factor = Math.scalb(1f, shift) / divisor;
        for (int i = 0; i < gradient.length; i++) {
            gradient[i] *= factor;
        }
    }

    @Override
    public boolean isRandom() {
        return rram instanceof Rram.Drawn;
    }

    /** The layer with every RRAM weight as wanted. */
    @Override
    public Optional<WeightTransform> ideal() {
        return Optional.of(new HybridWeights(target, new Rram.OnTarget(), shift, divisor));
    }
}
