/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.mapping.validation;

import static io.synaptile.testing.Tolerance.againstPublished;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.synaptile.devices.validation.Checked;
import io.synaptile.devices.validation.ReferenceCase;
import io.synaptile.devices.validation.ReferenceTable;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NeuroSimCasesTest {
    private static final String CALIBRATION = "vgg9_p10_rram22c1";

    /** What is fitted agrees where it was fitted. */
    @Test
    void theCaseOfTheCalibrationHasItsInterconnect() {
        List<Checked> checks = NeuroSimCases.check(row(CALIBRATION));
        assertThat(ratio(checks, "interconnect_energy_pJ neurosim22")).isCloseTo(1, againstPublished(0.01));
        assertThat(ratio(checks, "leak_power_uW neurosim22")).isCloseTo(1, againstPublished(0.01));
        assertThat(ratio(checks, "dyn_energy_pJ neurosim22")).isBetween(0.5, 2.0);
        assertThat(ratio(checks, "dyn_energy_pJ isaac32")).isGreaterThan(4);
    }

    /** Own target of the calibrated profile, on cases that nothing was fitted to. */
    @ParameterizedTest
    @CsvSource({"vgg9_p10_sram22", "vgg9_p30_sram22", "vgg5_p10_rram22c2sar"})
    void otherCasesOfOneBitInputsAreWithinAFactorOfTwo(String name) {
        List<Checked> checks = NeuroSimCases.check(row(name));
        for (String quantity : List.of(
                "dyn_energy_pJ",
                "adc_energy_pJ",
                "accum_energy_pJ",
                "interconnect_energy_pJ",
                "leak_power_uW",
                "parts_area_um2")) {
            assertThat(ratio(checks, quantity + " neurosim22")).as(quantity).isBetween(0.5, 2.0);
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "adc|SAR|case " + CALIBRATION + ": adc must tell its levels, got 'SAR'",
                "network|vgg4|case " + CALIBRATION + ": network must be vgg5, vgg8 or vgg9, got 'vgg4'",
                "adc_energy_pJ|much|case " + CALIBRATION + ": adc_energy_pJ must be a number, got 'much'"
            })
    void aMalformedCaseIsNamed(String column, String text, String message) {
        Map<String, String> columns = new HashMap<>(row(CALIBRATION).columns());
        columns.put(column, text);
        assertThatThrownBy(() -> NeuroSimCases.check(new ReferenceCase(columns)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(message);
    }

    private static ReferenceCase row(String name) {
        return ReferenceTable.included("validation_neurosim.csv").stream()
                .filter(row -> row.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private static double ratio(List<Checked> checks, String column) {
        Checked check = checks.stream()
                .filter(own -> own.column().equals(column))
                .findFirst()
                .orElseThrow();
        return check.computed() / check.expected();
    }
}
