/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.training.optimise;

/** Learning rate over the epochs. */
@FunctionalInterface
public interface Schedule {
    /** Rate used throughout an epoch, counted from 0. */
    float rate(int epoch);

    /** The same rate in every epoch. */
    static Schedule constant(double rate) {
        checkRate(rate);
        return _ -> (float) rate;
    }

    /** Refuses a rate that is not above 0. */
    static void checkRate(double rate) {
        if (!(rate > 0) || Double.isInfinite(rate)) {
            throw new IllegalArgumentException("lr must be above 0, got " + rate);
        }
    }
}
