/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.mapping;

import io.synaptile.devices.converter.AdcModel;
import io.synaptile.mapping.property.HardwareProperty;
import io.synaptile.text.message.RefusedException;
import java.util.Objects;
import java.util.Optional;

/** How column sums become digital numbers. */
public sealed interface Readout {
    /** Exact conversion, for the ideal limit and for digital cells. */
    record Ideal() implements Readout {}

    /** Column currents charge the membranes of the neurons, without converter; exact as numbers. */
    record LifDirect() implements Readout {}

    /**
     * Uniform converters.
     *
     * @param bits resolution, 1 to 16
     * @param columnsPerAdc physical columns that take turns at one converter
     * @param range where the input range ends
     * @param calibrationPercentile percentile of the observed column sums at which a calibrated range ends, above 0, at most 100
     * @param spread how converters differ
     * @param adaptive whether a conversion takes only the bits that the driven rows can make
     * @param model how single converters differ besides the spread; empty if they do not
     */
    record Adc(
            int bits,
            int columnsPerAdc,
            Range range,
            double calibrationPercentile,
            ConverterSpread spread,
            boolean adaptive,
            Optional<AdcModel> model)
            implements Readout {
        /** Where the input range of a converter ends. */
        public enum Range {
            /** A percentile of the column sums seen on data. */
            CALIBRATED,
            /** Where the squared error of the column sums seen on data is smallest. */
            MSE,
            /** All rows of a tile at the highest conductance. */
            FULL,
            /** A code is one level of a cell. */
            GRANULAR
        }

        public Adc {
            Objects.requireNonNull(range);
            Objects.requireNonNull(spread);
            Objects.requireNonNull(model);
            if (bits < 1 || bits > 16) {
                throw RefusedException.mustBe(HardwareProperty.ADC_BITS, "1 to 16", bits);
            }
            if (columnsPerAdc < 1) {
                throw RefusedException.mustBe(HardwareProperty.COLUMNS_PER_ADC, "at least 1", columnsPerAdc);
            }
            if (!(calibrationPercentile > 0 && calibrationPercentile <= 100)) {
                throw RefusedException.mustBe(
                        HardwareProperty.CALIBRATION_PERCENTILE, "above 0 and at most 100", calibrationPercentile);
            }
        }

        /** Converters without a model of their own. */
        public Adc(
                int bits,
                int columnsPerAdc,
                Range range,
                double calibrationPercentile,
                ConverterSpread spread,
                boolean adaptive) {
            this(bits, columnsPerAdc, range, calibrationPercentile, spread, adaptive, Optional.empty());
        }

        /** Whether all converters are alike. */
        public boolean isUniform() {
            return spread.isNone() && model.isEmpty();
        }

        /** Converters that are all alike, with a calibrated range and full resolution at every read. */
        public Adc(int bits, int columnsPerAdc, double calibrationPercentile) {
            this(bits, columnsPerAdc, Range.CALIBRATED, calibrationPercentile, ConverterSpread.NONE, false);
        }
    }
}
