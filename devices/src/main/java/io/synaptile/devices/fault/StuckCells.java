/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.devices.fault;

import io.synaptile.devices.ConductanceRange;
import java.util.random.RandomGenerator;

/**
 * Cells that ignore programming: stuck at the minimum ("off", high resistance) or the maximum ("on") of the range, each cell
 * independently.
 *
 * <p>One uniform u decides per cell: off where {@code u < off}, on where {@code u >= 1 - on}. So cells stuck at a small
 * probability stay stuck at a larger one.
 *
 * @param off probability of being stuck at the minimum
 * @param on probability of being stuck at the maximum
 */
public record StuckCells(double off, double on) {
    /** No stuck cell. */
    public static final StuckCells NONE = new StuckCells(0, 0);

    public StuckCells {
        requireProbability("stuck.off", off);
        requireProbability("stuck.on", on);
        if (off + on > 1) {
            throw new IllegalArgumentException(
                    "stuck.off and stuck.on must add up to at most 1, got " + off + " and " + on);
        }
    }

    private static void requireProbability(String name, double value) {
        if (!(value >= 0 && value <= 1)) {
            throw new IllegalArgumentException(name + " must be between 0 and 1, got " + value);
        }
    }

    /** Overwrites the stuck cells, uS; draws one uniform per cell whatever the outcome. */
    public void apply(float[] conductance, ConductanceRange range, RandomGenerator random) {
        for (int i = 0; i < conductance.length; i++) {
            double u = random.nextDouble();
            if (u < off) {
                conductance[i] = range.minMicrosiemens();
            } else if (u >= 1 - on) {
                conductance[i] = range.maxMicrosiemens();
            }
        }
    }
}
