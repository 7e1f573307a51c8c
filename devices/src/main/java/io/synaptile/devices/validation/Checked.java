/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.devices.validation;

/**
 * One expected number beside the one our model computes.
 *
 * @param caseName row of the reference table
 * @param column what is compared
 * @param expected as the table has it
 * @param computed by us
 * @param relativeTolerance error that passes, as a part of the expected number; 0 for counts
 * @param roundingOfText half a unit of the last digit the table prints, which passes too; 0 where it prints every digit
 */
public record Checked(
        String caseName,
        String column,
        double expected,
        double computed,
        double relativeTolerance,
        double roundingOfText) {
    /** Tolerance of numbers that are composed of the same constants, of which only rounding may differ. */
    public static final double COMPOSED = 1e-9;

    /** A count, which must be equal. */
    public static Checked count(ReferenceCase row, String column, double computed) {
        return new Checked(row.name(), column, row.number(column), computed, 0, 0);
    }

    /** A number that the table prints with all its digits. */
    public static Checked number(ReferenceCase row, String column, double computed) {
        return new Checked(row.name(), column, row.number(column), computed, COMPOSED, 0);
    }

    /** Error as a part of the expected number; of 0 the computed number itself. */
    public double relativeError() {
        double error = Math.abs(computed - expected);
        return expected == 0 ? error : error / Math.abs(expected);
    }

    /** Whether the numbers agree. */
    public boolean passes() {
        double allowed = Math.max(relativeTolerance * Math.abs(expected), roundingOfText);
        return Math.abs(computed - expected) <= allowed;
    }
}
