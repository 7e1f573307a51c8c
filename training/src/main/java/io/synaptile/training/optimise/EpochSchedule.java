/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.training.optimise;

/** Learning rate that changes between epochs. */
@FunctionalInterface
public interface EpochSchedule extends Schedule {
    /** Rate used throughout an epoch, counted from 0. */
    float rate(int epoch);

    @Override
    default float rate(Clock clock) {
        return rate(clock.epoch());
    }
}
