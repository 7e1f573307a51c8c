/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.training.optimise;

import java.util.Objects;

/**
 * Lets the rate of a schedule grow in over the first steps: step n of these N, from 0, has {@code (n + 1) / N} of what the
 * schedule gives it.
 *
 * <p>Source: published code of Q. Meng et al., CVPR 2022, with 400 steps.
 *
 * @param steps in which the rate grows, at least 1
 * @param most part of all steps that this may take at most, above 0 to 1
 */
public record StepWarmUp(long steps, double most, Schedule then) implements Schedule {
    public StepWarmUp {
        Objects.requireNonNull(then);
        if (steps < 1) {
            throw new IllegalArgumentException("warm-up must take at least 1 step, got " + steps);
        }
        if (!(most > 0 && most <= 1)) {
            throw new IllegalArgumentException(
                    "warm-up must take at most a part of all steps above 0 to 1, got " + most);
        }
    }

    @Override
    public float rate(Clock clock) {
        float rate = then.rate(clock);
        long warm = Math.clamp((long) (most * clock.of()), 1, steps);
        return clock.step() >= warm ? rate : (float) (rate * (double) (clock.step() + 1) / warm);
    }
}
