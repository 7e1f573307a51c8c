/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.training.optimise;

import java.util.Objects;

/**
 * Lets the rate of a schedule grow in over the first epochs: step n of their N, from 0, has {@code (n + 1) / N} of it.
 *
 * <p>Source: P. Goyal et al., "Accurate, large minibatch SGD: training ImageNet in 1 hour", arXiv:1706.02677, 2017, section 2.2,
 * which starts at the rate of a single worker instead of one Nth.
 *
 * @param warm epochs in which the rate grows
 * @param epochs of the whole training
 */
public record WarmUp(int warm, int epochs, Schedule then) implements Schedule {
    public WarmUp {
        Objects.requireNonNull(then);
        if (warm < 1 || warm > epochs) {
            throw new IllegalArgumentException(
                    "warm-up must take at least 1 and at most " + epochs + " epochs, got " + warm);
        }
    }

    @Override
    public float rate(Clock clock) {
        float rate = then.rate(clock);
        long steps = clock.of() / epochs * warm;
        return clock.step() >= steps ? rate : (float) (rate * (double) (clock.step() + 1) / steps);
    }
}
