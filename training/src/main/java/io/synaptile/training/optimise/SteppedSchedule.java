/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.training.optimise;

import java.util.List;
import java.util.Objects;

/**
 * Divides the rate by 10 once given shares of the epochs are over.
 *
 * @param rate rate of the first epoch
 * @param shares of the epochs, 0 to 1
 * @param drops when a share is over
 */
public record SteppedSchedule(double rate, int epochs, List<Double> shares, Drops drops) implements EpochSchedule {
    /** The shares of the published BNTT code of Y. Kim and P. Panda. */
    private static final List<Double> SHARES = List.of(0.5, 0.7, 0.9);

    /** Absorbs the rounding of products such as 0.7 * 30. */
    private static final double ROUNDING = 1e-9;

    /** When a share of the epochs is over; epochs are counted from 0. */
    public enum Drops {
        /** From the first epoch before which at least that share of the epochs has been trained: {@code epoch >= share * epochs}. */
        ON_TIME,
        /**
         * As the published BNTT code: after epoch {@code share * epochs}, one later than {@link #ON_TIME}, and not at all where
         * that product, in double precision, is no whole number.
         */
        AS_PUBLISHED
    }

    public SteppedSchedule {
        shares = List.copyOf(shares);
        Objects.requireNonNull(drops);
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

    /** Drops once half, 70 % and 90 % of the epochs are over. */
    public static SteppedSchedule onTime(double rate, int epochs) {
        return new SteppedSchedule(rate, epochs, SHARES, Drops.ON_TIME);
    }

    /** Drops after the epochs at half, 70 % and 90 %, where these are whole numbers. */
    public static SteppedSchedule asPublished(double rate, int epochs) {
        return new SteppedSchedule(rate, epochs, SHARES, Drops.AS_PUBLISHED);
    }

    @Override
    public float rate(int epoch) {
        double now = rate;
        for (double share : shares) {
            if (isOver(share * epochs, epoch)) {
                now /= 10;
            }
        }
        return (float) now;
    }

    private boolean isOver(double share, int epoch) {
        return switch (drops) {
            case ON_TIME -> epoch >= share - ROUNDING;
            case AS_PUBLISHED -> epoch > share && share == Math.rint(share);
        };
    }
}
