/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.mapping.cost;

import io.synaptile.devices.cost.EnergyBreakdown;

/**
 * What one chip costs besides the energy of its layers as configured.
 *
 * @param latency of one image, in every mode
 * @param leakage of one image, whether or not it is within its energy
 * @param skippingPicojoules energy of one image where tiles without a driven row are not read
 * @param readingAllPicojoules energy of one image where all tiles are read
 * @param writePulses pulses that programmed its cells
 * @param writePicojoules energy of these, NaN where no price is known
 * @param writeNanoseconds time of these with all arrays written at once, NaN where no time is known
 */
public record ChipCosts(
        ChipLatency latency,
        EnergyBreakdown leakage,
        double skippingPicojoules,
        double readingAllPicojoules,
        long writePulses,
        double writePicojoules,
        double writeNanoseconds) {
    private static final double MICROWATTS_PER_PICOJOULE_PER_NANOSECOND = 1e3;

    /** Energy that leaks while one image runs, pJ; NaN where no price is known. */
    public double leakagePicojoules() {
        return leakage.lines().isEmpty() ? Double.NaN : leakage.totalPicojoules();
    }

    /** The same over the time of the image, uW. */
    public double leakageMicrowatts() {
        return MICROWATTS_PER_PICOJOULE_PER_NANOSECOND * leakagePicojoules() / latency.sequential();
    }
}
