/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.training.optimise;

/** Learning rate over a training. Resumed or not, a step has the same rate: it follows from the clock alone. */
@FunctionalInterface
public interface Schedule {
    /** Rate of a step. */
    float rate(Clock clock);

    /** The same rate in every epoch. */
    static EpochSchedule constant(double rate) {
        checkRate(rate);
        return _ -> (float) rate;
    }

    /** Refuses a rate that is not above 0. */
    static void checkRate(double rate) {
        if (!(rate > 0) || Double.isInfinite(rate)) {
            throw new IllegalArgumentException("lr must be above 0, got " + rate);
        }
    }

    /** Refuses a training without epochs. */
    static void checkEpochs(int epochs) {
        if (epochs < 1) {
            throw new IllegalArgumentException("epochs must be at least 1, got " + epochs);
        }
    }
}
