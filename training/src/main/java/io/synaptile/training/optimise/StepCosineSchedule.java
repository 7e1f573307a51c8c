/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.training.optimise;

/**
 * Half a cosine over the steps, {@code rate / 2 * (1 + cos(pi * step / of))}: {@link CosineSchedule} in finer stairs.
 *
 * <p>Source: as {@link CosineSchedule}; the published rule counts batches as fractions of an epoch.
 *
 * @param rate rate of the first step
 */
public record StepCosineSchedule(double rate) implements Schedule {
    public StepCosineSchedule {
        Schedule.checkRate(rate);
    }

    @Override
    public float rate(Clock clock) {
        return (float) (rate / 2 * (1 + StrictMath.cos(Math.PI * clock.step() / clock.of())));
    }
}
