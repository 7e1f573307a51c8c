/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.training.optimise;

import java.util.List;

/**
 * Adaptive moments, step n.
 *
 * <pre>
 *   coupled:    g = g + decay * w             decoupled:  w = w - rate * decay * w
 *   m = beta1 m + (1 - beta1) g               s = beta2 s + (1 - beta2) g^2
 *   w = w - rate / (1 - beta1^n) * m / (sqrt(s) / sqrt(1 - beta2^n) + epsilon)
 *   w = sign(w0) max(sign(w0) w - rate * penalty, 0)          w0 before the step, with a penalty on signs alone
 * </pre>
 *
 * <p>The last line, Grad R of the published code of Chen et al., ICML 2022, ends at 0 where the step changed the sign, and
 * holds there.
 *
 * <p>Sources: D. P. Kingma and J. Ba, "Adam: a method for stochastic optimization", ICLR 2015; decoupled, it is AdamW of I.
 * Loshchilov and F. Hutter, "Decoupled weight decay regularization", ICLR 2019. Where epsilon is added is as in PyTorch's
 * {@code torch.optim.Adam} and {@code AdamW}.
 *
 * @param decoupled whether weight decay acts on the weights themselves (AdamW), not through the gradient
 */
public record Adam(float beta1, float beta2, float epsilon, boolean decoupled) implements Optimiser {
    private static final List<String> SLOTS = List.of("first_moment", "second_moment");

    public Adam {
        if (!(beta1 >= 0f && beta1 < 1f) || !(beta2 >= 0f && beta2 < 1f)) {
            throw new IllegalArgumentException(
                    "the betas of Adam must lie in 0 (included) to 1 (excluded), got " + beta1 + " and " + beta2);
        }
        if (!(epsilon > 0f) || Float.isInfinite(epsilon)) {
            throw new IllegalArgumentException("epsilon of Adam must be above 0, got " + epsilon);
        }
    }

    @Override
    public List<String> slots() {
        return SLOTS;
    }

    @Override
    public void step(float[] values, float[] gradient, List<float[]> slots, Update update) {
        float[] first = slots.getFirst();
        float[] second = slots.getLast();
        float coupledDecay = decoupled ? 0f : update.decay();
        float kept = decoupled ? 1f - update.rate() * update.decay() : 1f;
        float size = (float) (update.rate() / correction(beta1, update.number()));
        float root = (float) Math.sqrt(correction(beta2, update.number()));
        float pull = update.rate() * update.signPenalty();
        for (int i = 0; i < values.length; i++) {
            float before = values[i];
            float w = kept * before;
            float g = gradient[i] + coupledDecay * w;
            float m = beta1 * first[i] + (1f - beta1) * g;
            float s = beta2 * second[i] + (1f - beta2) * g * g;
            first[i] = m;
            second[i] = s;
            float moved = w - size * (m / ((float) Math.sqrt(s) / root + epsilon));
            if (pull != 0f) {
                float sign = Math.signum(before);
                // Adding 0 takes the sign from a zero.
                moved = sign * Math.max(sign * moved - pull, 0f) + 0f;
            }
            values[i] = moved;
        }
    }

    private static double correction(float beta, long number) {
        return 1 - StrictMath.pow(beta, number);
    }
}
