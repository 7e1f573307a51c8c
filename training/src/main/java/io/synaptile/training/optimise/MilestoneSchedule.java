/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.training.optimise;

import java.util.List;

/**
 * Multiplies the rate by a factor once given numbers of epochs are over, {@code rate * factor^k} with k of them over.
 *
 * @param rate rate of the first epoch
 * @param milestones numbers of finished epochs, each at least 1
 */
public record MilestoneSchedule(double rate, List<Integer> milestones, double factor) implements EpochSchedule {
    public MilestoneSchedule {
        milestones = List.copyOf(milestones);
        Schedule.checkRate(rate);
        if (milestones.stream().anyMatch(epoch -> epoch < 1)) {
            throw new IllegalArgumentException("milestones must be at least 1, got " + milestones);
        }
        if (!(factor > 0 && factor <= 1)) {
            throw new IllegalArgumentException("factor of a schedule must be above 0 and at most 1, got " + factor);
        }
    }

    @Override
    public float rate(int epoch) {
        double now = rate;
        for (int milestone : milestones) {
            now *= epoch >= milestone ? factor : 1;
        }
        return (float) now;
    }
}
