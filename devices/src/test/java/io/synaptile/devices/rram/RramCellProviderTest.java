/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.devices.rram;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.synaptile.devices.Age;
import io.synaptile.devices.ConductanceRange;
import io.synaptile.devices.WriteCost;
import io.synaptile.devices.fault.StuckCells;
import io.synaptile.devices.programming.ExactProgramming;
import io.synaptile.devices.programming.GaussianVariation;
import io.synaptile.devices.programming.LogNormalSpread;
import io.synaptile.devices.resistive.Lifetime;
import io.synaptile.devices.resistive.Reading;
import io.synaptile.devices.resistive.ResistiveCell;
import io.synaptile.devices.resistive.Writing;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RramCellProviderTest {
    private final RramCellProvider provider = new RramCellProvider();

    @Test
    void defaultsAreAFourBitCellWithTableSpread() {
        assertThat(provider.create(Map.of()))
                .isEqualTo(new ResistiveCell(
                        "rram",
                        new ConductanceRange(2f, 40f),
                        16,
                        Writing.of(new LogNormalSpread(0.34597f, 1), StuckCells.NONE),
                        Lifetime.STABLE,
                        Reading.EXACT,
                        WriteCost.UNKNOWN));
    }

    @Test
    void optionsOfAWriteReachTheCell() {
        ResistiveCell cell = cell(Map.of(
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
                "stuck.off",
                0.01,
                "stuck.on",
                0.02));
        assertThat(cell.range()).isEqualTo(new ConductanceRange(0f, 100.5f));
        assertThat(cell.levels()).isEqualTo(8);
        assertThat(cell.writing())
                .isEqualTo(Writing.of(
                        new GaussianVariation(0.05, 2, GaussianVariation.Reference.MAX), new StuckCells(0.01, 0.02)));
    }

    @Test
    void readNoiseIsAFractionOfTheConductanceOrOfTheMaximum() {
        assertThat(readSigma(Map.of("read_noise.kind", "proportional", "read_noise.sigma", 0.25), 8f))
                .isEqualTo(2f);
        assertThat(readSigma(Map.of("read_noise.kind", "absolute", "read_noise.sigma", 0.125), 2f))
                .isEqualTo(5f);
        assertThat(readSigma(Map.of(), 2f)).isZero();
    }

    private float readSigma(Map<String, Object> options, float conductance) {
        float[] held = {conductance};
        float[] sigma = new float[1];
        provider.create(options).readMoments(held, held, new float[1], sigma, Age.NONE, new SplittableRandom(1));
        return sigma[0];
    }

    private ResistiveCell cell(Map<String, Object> options) {
        return (ResistiveCell) provider.create(options);
    }

    @ParameterizedTest
    @CsvSource({"1, 0.08164", "2, 0.12542", "3, 0.2062", "4, 0.34597", "8, 0.369039"})
    void tableSpreadFollowsTheBits(int bits, float sigma) {
        ResistiveCell cell = cell(Map.of("bits", (long) bits, "programming.sigma", "table"));
        assertThat(cell.writing().variation()).isEqualTo(new LogNormalSpread(sigma, 1));
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
                "programming.kind | log-normal | programming.kind must be one of lognormal, lognormal-mean, gaussian, levels,"
                        + " polynomial, none, got log-normal",
                "programming.kind | gaussian | programming.sigma must be a number of at least 0 for programming.kind"
                        + " gaussian; the table is log-normal",
                "programming.relative_to | max | programming.relative_to is for programming.kind gaussian, got max with"
                        + " lognormal",
                "read_noise.kind | white | read_noise.kind must be one of none, absolute, proportional, pcm-nandakumar2019,"
                        + " pcm-hermes1, pcm-hermes2, cmo2025, got white",
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
        assertThat(cell(none).writing()).isEqualTo(Writing.of(new ExactProgramming(), StuckCells.NONE));
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
