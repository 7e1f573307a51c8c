/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.devices.rram;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.synaptile.devices.ConductanceRange;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RramCellProviderTest {
    private final RramCellProvider provider = new RramCellProvider();

    @Test
    void defaultsAreAFourBitCellWithTableSpread() {
        assertThat(provider.create(Map.of()))
                .isEqualTo(new RramCell(
                        new ConductanceRange(2f, 40f),
                        4,
                        new ProgrammingVariation.LogNormal(0.34597f, 1),
                        new ReadNoise.None(),
                        StuckCells.NONE));
    }

    @Test
    void everyOptionReachesTheCell() {
        Map<String, Object> options = Map.of(
                "range_uS",
                List.of(0L, 100.5),
                "bits",
                3L,
                "programming.kind",
                "gaussian",
                "programming.sigma",
                0.05,
                "programming.scale",
                2L,
                "programming.relative_to",
                "max",
                "read_noise.kind",
                "proportional",
                "read_noise.sigma",
                0.25,
                "stuck.off",
                0.01,
                "stuck.on",
                0.02);
        assertThat(options.keySet()).isEqualTo(provider.options());
        RramCell cell = (RramCell) provider.create(options);
        assertThat(cell)
                .isEqualTo(new RramCell(
                        new ConductanceRange(0f, 100.5f),
                        3,
                        new ProgrammingVariation.Gaussian(0.05, 2, ProgrammingVariation.Gaussian.Reference.MAX),
                        new ReadNoise.Proportional(0.25),
                        new StuckCells(0.01, 0.02)));
        assertThat(cell.levels()).isEqualTo(8);
        assertThat(cell.readSigma(8f)).isEqualTo(2f);
    }

    @Test
    void absoluteReadNoiseIsAFractionOfTheMaximum() {
        RramCell cell = (RramCell) provider.create(Map.of("read_noise.kind", "absolute", "read_noise.sigma", 0.125));
        assertThat(cell.readSigma(2f)).isEqualTo(5f);
        assertThat(provider.create(Map.of()).readSigma(2f)).isZero();
    }

    @ParameterizedTest
    @CsvSource({"1, 0.08164", "2, 0.12542", "3, 0.2062", "4, 0.34597", "8, 0.369039"})
    void tableSpreadFollowsTheBits(int bits, float sigma) {
        RramCell cell = (RramCell) provider.create(Map.of("bits", (long) bits, "programming.sigma", "table"));
        assertThat(cell.programming()).isEqualTo(new ProgrammingVariation.LogNormal(sigma, 1));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "bits | 5 | programming.sigma: the table has no entry for 5 bits, only for [1, 2, 3, 4, 8]; give a number",
                "bits | 9 | bits must be a whole number between 1 and 8, got 9",
                "bits | 0 | bits must be a whole number between 1 and 8, got 0",
                "programming.sigma | -1.0 | programming.sigma must be at least 0, got -1.0",
                "programming.sigma | lots | programming.sigma must be a number of at least 0 or table, got lots",
                "programming.scale | -0.5 | programming.scale must be at least 0, got -0.5",
                "programming.kind | log-normal | programming.kind must be one of lognormal, gaussian, none, got log-normal",
                "programming.kind | gaussian | programming.sigma must be a number of at least 0 for programming.kind"
                        + " gaussian; the table is log-normal",
                "programming.relative_to | max | programming.relative_to is for programming.kind gaussian, got max with"
                        + " lognormal",
                "read_noise.kind | white | read_noise.kind must be one of none, absolute, proportional, got white",
                "read_noise.sigma | 0.1 | read_noise.sigma 0.1 needs read_noise.kind absolute or proportional",
                "read_noise.sigma | -0.1 | read_noise.sigma must be at least 0, got -0.1",
                "stuck.off | 1.5 | stuck.off must be between 0 and 1, got 1.5",
                "stuck.on | NaN | stuck.on must be between 0 and 1, got NaN",
            })
    void badValueIsRefusedByItsKey(String option, String value, String message) {
        assertThatThrownBy(() -> provider.create(Map.of(option, parsed(value))))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(message);
    }

    @Test
    void stuckProbabilitiesAboveOneTogetherAreRefused() {
        assertThatThrownBy(() -> provider.create(Map.of("stuck.off", 0.75, "stuck.on", 0.5)))
                .hasMessage("stuck.off and stuck.on must add up to at most 1, got 0.75 and 0.5");
    }

    @Test
    void anotherWidthIsAcceptedWithASigmaOrWithoutVariation() {
        assertThat(provider.create(Map.of("bits", 5L, "programming.sigma", 0.3)).levels())
                .isEqualTo(32);
        Map<String, Object> none = new HashMap<>(Map.of("bits", 5L, "programming.kind", "none"));
        assertThat(((RramCell) provider.create(none)).programming()).isEqualTo(new ProgrammingVariation.None());
        none.put("programming.sigma", -1.0);
        assertThatThrownBy(() -> provider.create(none)).hasMessage("programming.sigma must be at least 0, got -1.0");
    }

    @Test
    void anOptionWithoutAValueIsRefused() {
        Map<String, Object> options = new HashMap<>();
        options.put("programming.sigma", null);
        assertThatThrownBy(() -> provider.create(options))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("programming.sigma has no value");
    }

    private static Object parsed(String value) {
        if (value.matches("-?\\d+")) {
            return Long.valueOf(value);
        }
        return value.matches("-?\\d+\\.\\d+|NaN") ? Double.valueOf(value) : value;
    }
}
