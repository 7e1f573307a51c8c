/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.devices.fault;

import io.synaptile.devices.CellFault;
import java.util.Arrays;
import java.util.Objects;
import java.util.random.RandomGenerator;

/**
 * Cells that ignore programming: stuck at the minimum ("off", high resistance) or the maximum ("on") of the range, by
 * themselves or in a pattern.
 *
 * <p>One uniform u decides per cell: off where {@code u < off}, on where {@code u >= 1 - on}. So cells stuck at a small
 * probability stay stuck at a larger one. Exact proportions take the {@code rint(off n)} cells of smallest u of the n that are
 * written together, and the {@code rint(on n)} of largest.
 *
 * <p>Source: independent cells as in MNSIM 2.0, exact proportions without replacement as in MemTorch.
 *
 * @param off probability of being stuck at the minimum
 * @param on probability of being stuck at the maximum
 * @param exact whether these are proportions of every array instead
 * @param pattern lines and neighbourhoods that fail together
 */
public record StuckCells(double off, double on, boolean exact, FaultPattern pattern) {
    /** No stuck cell. */
    public static final StuckCells NONE = new StuckCells(0, 0);

    public StuckCells {
        Objects.requireNonNull(pattern);
        FaultPattern.requireProbability("stuck.off", off);
        FaultPattern.requireProbability("stuck.on", on);
        if (off + on > 1) {
            throw new IllegalArgumentException(
                    "stuck.off and stuck.on must add up to at most 1, got " + off + " and " + on);
        }
    }

    /** Cells stuck one by one. */
    public StuckCells(double off, double on) {
        this(off, on, false, FaultPattern.NONE);
    }

    /** Whether every cell is stuck or not without regard to any other. */
    public boolean independent() {
        return !exact && pattern.isNone();
    }

    /**
     * Marks the cells that are stuck by themselves; draws one uniform per cell whatever the outcome.
     *
     * @param faults as {@link CellFault} says
     */
    public void mark(byte[] faults, RandomGenerator random) {
        double[] u = new double[faults.length];
        for (int i = 0; i < u.length; i++) {
            u[i] = random.nextDouble();
        }
        double below = exact ? bound(u, Math.rint(off * u.length)) : off;
        double from = exact ? bound(u, u.length - Math.rint(on * u.length)) : 1 - on;
        for (int i = 0; i < u.length; i++) {
            if (u[i] < below) {
                faults[i] = CellFault.OFF;
            } else if (u[i] >= from) {
                faults[i] = CellFault.ON;
            }
        }
    }

    /** What so many of the numbers lie below. */
    private static double bound(double[] u, double count) {
        double[] sorted = u.clone();
        Arrays.sort(sorted);
        return count < u.length ? sorted[(int) count] : 1;
    }
}
