/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.training.optimise;

import java.util.List;

/**
 * Divides the rate by 10 after given shares of the training: from the epoch that follows epoch {@code floor(share * epochs)},
 * both counted from 0.
 *
 * <p>Source: published BNTT code with the shares 0.5, 0.7 and 0.9; it compares for equality and so skips a drop where the
 * product is not whole, which rounding down repairs.
 *
 * @param rate rate of the first epoch
 */
public record SteppedSchedule(double rate, int epochs, List<Double> shares) implements Schedule {
    /** Absorbs the rounding of products such as 0.7 * 30 before they are rounded down. */
    private static final double ROUNDING = 1e-9;

    public SteppedSchedule {
        shares = List.copyOf(shares);
        Schedule.checkRate(rate);
        if (epochs < 1) {
            throw new IllegalArgumentException("epochs must be at least 1, got " + epochs);
        }
        for (double share : shares) {
            if (!(share >= 0 && share <= 1)) {
                throw new IllegalArgumentException("shares of a stepped schedule must lie in 0-1, got " + shares);
            }
        }
    }

    /** Drops after half, 70 % and 90 % of the epochs. */
    public static SteppedSchedule published(double rate, int epochs) {
        return new SteppedSchedule(rate, epochs, List.of(0.5, 0.7, 0.9));
    }

    @Override
    public float rate(int epoch) {
        double now = rate;
        for (double share : shares) {
            if (epoch > (int) Math.floor(share * epochs + ROUNDING)) {
                now /= 10;
            }
        }
        return (float) now;
    }
}
