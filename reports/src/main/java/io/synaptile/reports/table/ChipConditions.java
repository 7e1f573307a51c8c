/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.reports.table;

/**
 * How old and how warm the chips are that a row is about.
 *
 * @param ageSeconds since they were programmed
 * @param kelvin when they are read
 */
public record ChipConditions(
        @Cell(name = "age_s", label = "Age", unit = "s") double ageSeconds,

        @Cell(name = "temperature_K", label = "Temperature", unit = "K")
        double kelvin) {
    /** Just programmed, at room temperature. */
    public static final ChipConditions FRESH = new ChipConditions(0, 300);
}
