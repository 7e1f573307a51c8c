/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.training.optimise;

/**
 * Halves the rate again and again, {@code rate * 2^-floor(epoch / every)}.
 *
 * @param rate rate of the first epoch
 * @param every epochs between two halvings
 */
public record HalvingSchedule(double rate, int every) implements EpochSchedule {
    public HalvingSchedule {
        Schedule.checkRate(rate);
        if (every < 1) {
            throw new IllegalArgumentException("epochs between two halvings must be at least 1, got " + every);
        }
    }

    @Override
    public float rate(int epoch) {
        return (float) (rate * StrictMath.pow(0.5, epoch / every));
    }
}
