/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.training.optimise;

import java.util.List;

/**
 * Stochastic gradient descent with momentum, without dampening.
 *
 * <pre>
 *   v = momentum * v + (g + decay * w)
 *   w = w - rate * v                                      or, with Nesterov's step,
 *   w = w - rate * ((g + decay * w) + momentum * v)
 *   w = w - rate * penalty * sign(w0)                     w0 before the step, with a penalty on signs alone
 * </pre>
 *
 * <p>The last line is Grad R in the published code of Chen et al., ICML 2022; a sign may change.
 *
 * <p>The order of operations is that of PyTorch's {@code torch.optim.SGD}, whose form of Nesterov's step is that of I.
 * Sutskever et al., "On the importance of initialization and momentum in deep learning", ICML 2013.
 */
public record Sgd(float momentum, boolean nesterov) implements Optimiser {
    private static final List<String> SLOTS = List.of("velocity");

    public Sgd {
        if (!(momentum >= 0f && momentum < 1f)) {
            throw new IllegalArgumentException("momentum must lie in 0 (included) to 1 (excluded), got " + momentum);
        }
        if (nesterov && momentum == 0f) {
            throw new IllegalArgumentException("Nesterov's step needs a momentum above 0");
        }
    }

    /** Without Nesterov's step. */
    public Sgd(float momentum) {
        this(momentum, false);
    }

    @Override
    public List<String> slots() {
        return SLOTS;
    }

    @Override
    public void step(float[] values, float[] gradient, List<float[]> slots, Update update) {
        float[] velocity = slots.getFirst();
        float rate = update.rate();
        float decay = update.decay();
        float pull = rate * update.signPenalty();
        for (int i = 0; i < values.length; i++) {
            float before = values[i];
            float g = gradient[i] + decay * before;
            float v = momentum * velocity[i] + g;
            velocity[i] = v;
            values[i] = before - rate * (nesterov ? g + momentum * v : v);
            if (pull != 0f) {
                values[i] -= pull * Math.signum(before);
            }
        }
    }
}
