/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.devices.validation;

import static io.synaptile.testing.Tolerance.againstClosedForm;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Validation against values that IBM's aihwkit gives with its random draws taken out; see the README beside the file. */
class NoiseFunctionCaseTest {
    static List<ReferenceCase> rows() {
        List<ReferenceCase> rows = ReferenceTable.included("validation_noise_functions.csv");
        assertThat(rows).hasSize(127);
        return rows;
    }

    @ParameterizedTest
    @MethodSource("rows")
    void everyValueOfTheReferenceIsMet(ReferenceCase row) {
        assertThat(NoiseFunctionCase.check(row)).hasSize(1).allMatch(Checked::passes);
    }

    @Test
    void everyRowHasANameOfItsOwn() {
        assertThat(rows())
                .flatExtracting(NoiseFunctionCase::check)
                .extracting(Checked::caseName)
                .doesNotHaveDuplicates();
    }

    @Test
    void parametersAreReadAndNotMatched() {
        double source = value("aihwkit PCMLike", "g_max=25 uS;t0=20 s;t_read=250 ns", "g_drift_mean_nu_uS", 10, 3600);
        assertThat(value("aihwkit PCMLike", "t_read=0.25us; t0=20000 ms", "g_drift_mean_nu_uS", 10, 3600))
                .isEqualTo(source);
        assertThat(value("aihwkit PCMLike", "g_max=50 uS;t0=20 s", "g_drift_mean_nu_uS", 20, 3600))
                .isEqualTo(2 * source);
        assertThat(value("aihwkit PCMLike", "t0=40 s", "g_drift_mean_nu_uS", 10, 3600))
                .isGreaterThan(source);
        assertThat(value("aihwkit Hermes", "num_devices=2", "nu_sigma", 20.7, 0))
                .isCloseTo(-0.0118 + 0.0093 + 0.0073, againstClosedForm(1e-15));
    }

    @Test
    void relaxationOfWanBetweenTwoTimesLiesBetweenTheirValues() {
        double day = value("aihwkit ReRamWan2022", "g_max=40 uS", "sigma_total_uS", 20, 86_400);
        double between = value("aihwkit ReRamWan2022", "g_max=40 uS", "sigma_total_uS", 20, Math.sqrt(86_400));
        double second = value("aihwkit ReRamWan2022", "g_max=40 uS", "sigma_total_uS", 20, 1);
        assertThat(between).isCloseTo((second + day) / 2, againstClosedForm(1e-12));
    }

    /** By hand: log10(10) = 1, ln((1e-6 (2 e - 1) + 1e-6) / 2e-6) = 1. */
    @Test
    void readNoiseOfCmoCells() {
        double seconds = 1e-6 * (2 * Math.E - 1);
        assertThat(value("aihwkit ReRamCMO", "", "sigma_read_uS", 10, seconds))
                .isCloseTo(0.0277316483, againstClosedForm(1e-12));
        assertThat(value("aihwkit ReRamCMO", "", "sigma_relax_uS", 10, Math.E))
                .isCloseTo(0.45384479, againstClosedForm(1e-12));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "Cosmic | g_max=25 uS | nu_mean | no such model of a noise function: 'Cosmic'",
                "aihwkit PCMLike | g_max=25 uS | nu_median | no such quantity of a noise function: 'nu_median'",
                "aihwkit ReRamWan2022 | g_max=40 uS | nu_mean | no such quantity of a noise function: 'nu_mean'",
                "aihwkit PCMLike | g_max=25 mS | nu_mean | parameter g_max of aihwkit PCMLike must be a number in uS, got '25 mS'",
                "aihwkit PCMLike | t0=long | nu_mean | parameter t0 of aihwkit PCMLike must be a number, got 'long'",
                "aihwkit ReRamCMO | acceptance=1% | sigma_prog_uS | acceptance must be 0.2 or 2 %, got 1.0",
                "aihwkit Hermes | num_devices=3 | nu_mean | HERMES cells have 1 or 2 devices, got 3",
                "aihwkit ReRamCMO | acceptance=2% | g_relax_mean_uS | g_relax_mean_uS of aihwkit ReRamCMO needs a time t_s",
            })
    void whatIsNotKnownIsRefused(String model, String parameters, String quantity, String message) {
        assertThatThrownBy(() -> new NoiseFunctionCase(model, parameters, quantity, 10, OptionalDouble.empty()).value())
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(message);
    }

    private static double value(String model, String parameters, String quantity, double g, double seconds) {
        return new NoiseFunctionCase(model, parameters, quantity, g, OptionalDouble.of(seconds)).value();
    }
}
