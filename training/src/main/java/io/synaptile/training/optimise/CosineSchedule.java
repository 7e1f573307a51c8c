/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.training.optimise;

/**
 * Half a cosine from the rate towards 0, {@code rate / 2 * (1 + cos(pi * epoch / epochs))}.
 *
 * <p>Source: I. Loshchilov and F. Hutter, "SGDR: stochastic gradient descent with warm restarts", ICLR 2017, without
 * restarts and with a minimum of 0.
 *
 * @param rate rate of the first epoch
 */
public record CosineSchedule(double rate, int epochs) implements EpochSchedule {
    public CosineSchedule {
        Schedule.checkRate(rate);
        if (epochs < 1) {
            throw new IllegalArgumentException("epochs must be at least 1, got " + epochs);
        }
    }

    @Override
    public float rate(int epoch) {
        return (float) (rate / 2 * (1 + StrictMath.cos(Math.PI * epoch / epochs)));
    }
}
