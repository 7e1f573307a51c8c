/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.sim.compute;

import java.util.Objects;

/**
 * One stage on the way from latent to effective weights that a device can compute by itself, with its pull-back. The
 * equations are those of the quantisers and the variation of the training module.
 */
public sealed interface WeightStage {
    /**
     * With {@code n = 2^bits - 1} and {@code m = 2^(bits-1)}: {@code q = rint((rint((w + 1) / 2 n) / n - 1/2) 2 m) / m}, half
     * to even, in single precision and to the same bits on every backend; the gradient passes unchanged.
     *
     * @param bits 1 to 16
     * @param clamp whether w is first clamped to [-1, 1]
     */
    record KBit(int bits, boolean clamp) implements WeightStage {
        public KBit {
            requireBits(bits);
        }
    }

    /**
     * With {@code delta = factor max |w|} and alpha the mean of |w| over {@code |w| >= delta}: alpha where {@code w >= delta},
     * -alpha where {@code w <= -delta}, else 0; the gradient passes where {@code |w| < 1}.
     *
     * @param strictBelow whether a weight of exactly -delta becomes 0
     */
    record Ternary(float factor, boolean strictBelow) implements WeightStage {}

    /**
     * With {@code n = 2^bits - 1} and {@code M = max |tanh(w)|}: {@code q = 2 rint((tanh(w) / (2 M) + 1/2) n) / n - 1}, the
     * gradient times {@code (1 - tanh(w)^2) / M}. For one bit the mean of |w| with the sign of w, the gradient unchanged.
     *
     * @param bits 1 to 16
     */
    record Dorefa(int bits) implements WeightStage {
        public Dorefa {
            requireBits(bits);
        }
    }

    /**
     * Device variation, drawn from the stream (seed of the batch, TRAINING_VARIATION, node, batch, epoch) with the batch and
     * the epoch that {@code redraw} leaves.
     *
     * @param throughFactor whether the gradient is multiplied by varied over unvaried weight, where that is not 0
     */
    record Varied(VariationModel model, Redraw redraw, boolean throughFactor) implements WeightStage {
        public Varied {
            Objects.requireNonNull(model);
            Objects.requireNonNull(redraw);
        }
    }

    /** When a new draw is made. */
    enum Redraw {
        /** For every batch. */
        BATCH,
        /** For every epoch: the batch counts as 0. */
        EPOCH,
        /** Once: batch and epoch count as 0. */
        ONCE
    }

    private static void requireBits(int bits) {
        if (bits < 1 || bits > 16) {
            throw new IllegalArgumentException("bits of a quantiser must lie in 1-16, got " + bits);
        }
    }
}
