/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.devices.fault;

import io.synaptile.devices.CellDraws;
import io.synaptile.devices.CellFault;

/**
 * Cells that fail after a number of write cycles of their own, {@code log10 N_i ~ N(log10 median, sigma)}: a cell written more
 * often is stuck, at the maximum with probability {@code stuckOn}, else at the minimum.
 *
 * <p>The spread of 0.5 decades and the even split that the cells offer are <b>placeholders without a source</b>; medians of
 * technologies lie between 1e4 and 1e15 cycles (L. Pentecost et al., NVMExplorer, 2022).
 *
 * @param cycles writes so far, at least 0; 0 switches the effect off
 * @param medianCycles above 0
 * @param sigmaDecades at least 0
 * @param stuckOn probability that a failed cell is stuck at the maximum
 */
public record Endurance(double cycles, double medianCycles, double sigmaDecades, double stuckOn) {
    /** No cell has been written before. */
    public static final Endurance FRESH = new Endurance(0, 1, 0, 0);

    public Endurance {
        if (!(cycles >= 0)) {
            throw new IllegalArgumentException("endurance.cycles must be at least 0, got " + cycles);
        }
        if (!(medianCycles > 0)) {
            throw new IllegalArgumentException("endurance.median_cycles must be above 0, got " + medianCycles);
        }
        if (!(sigmaDecades >= 0)) {
            throw new IllegalArgumentException("endurance.sigma_decades must be at least 0, got " + sigmaDecades);
        }
        if (!(stuckOn >= 0 && stuckOn <= 1)) {
            throw new IllegalArgumentException("endurance.stuck_on must be between 0 and 1, got " + stuckOn);
        }
    }

    /** Marks the failed cells, as {@link CellFault} says. */
    public void mark(byte[] faults, CellDraws draws) {
        if (cycles == 0) {
            return;
        }
        double used = StrictMath.log10(cycles) - StrictMath.log10(medianCycles);
        for (int i = 0; i < faults.length; i++) {
            draws.at(i);
            boolean failed = used > sigmaDecades * draws.nextGaussian();
            boolean on = draws.nextDouble() < stuckOn;
            if (failed) {
                faults[i] = on ? CellFault.ON : CellFault.OFF;
            }
        }
    }
}
