/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.training.optimise;

import java.util.Objects;

/**
 * Lays a schedule out over some epochs of a training, such as those of a phase; steps before and after have the rate of the
 * nearest one of these.
 *
 * @param from first of the epochs
 * @param epochs number of them
 * @param ofAll epochs of the whole training
 */
public record Stretch(int from, int epochs, int ofAll, Schedule schedule) implements Schedule {
    public Stretch {
        Objects.requireNonNull(schedule);
        if (from < 0 || epochs < 1 || from + epochs > ofAll) {
            throw new IllegalArgumentException(
                    "a stretch of " + epochs + " epochs from epoch " + from + " of " + ofAll);
        }
    }

    @Override
    public float rate(Clock clock) {
        long perEpoch = Math.max(1, clock.of() / ofAll);
        long steps = perEpoch * epochs;
        long step = Math.clamp(clock.step() - perEpoch * from, 0, steps - 1);
        return schedule.rate(new Clock(step, steps, Math.clamp(clock.epoch() - from, 0, epochs - 1)));
    }
}
