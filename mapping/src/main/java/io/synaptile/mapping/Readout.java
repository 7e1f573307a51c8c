/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.mapping;

/** How column sums become digital numbers. */
public sealed interface Readout {
    /** Exact conversion, for the ideal limit and for digital cells. */
    record Ideal() implements Readout {}

    /**
     * Uniform converters whose range is calibrated on data.
     *
     * @param bits resolution, 1 to 16
     * @param columnsPerAdc physical columns that take turns at one converter
     * @param calibrationPercentile percentile of the observed column sums at which the range ends, above 0, at most 100
     */
    record Adc(int bits, int columnsPerAdc, double calibrationPercentile) implements Readout {
        public Adc {
            if (bits < 1 || bits > 16) {
                throw new IllegalArgumentException("hardware.readout.bits must be 1 to 16, got " + bits);
            }
            if (columnsPerAdc < 1) {
                throw new IllegalArgumentException(
                        "hardware.readout.columns_per_adc must be at least 1, got " + columnsPerAdc);
            }
            if (!(calibrationPercentile > 0 && calibrationPercentile <= 100)) {
                throw new IllegalArgumentException(
                        "hardware.readout.percentile must be above 0 and at most 100, got " + calibrationPercentile);
            }
        }
    }
}
