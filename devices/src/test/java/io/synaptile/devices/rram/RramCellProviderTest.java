/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.devices.rram;

import static io.synaptile.testing.Tolerance.againstDistribution;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.synaptile.devices.Age;
import io.synaptile.devices.CellModel;
import io.synaptile.devices.ConductanceRange;
import io.synaptile.devices.Moments;
import io.synaptile.devices.WriteCost;
import io.synaptile.devices.fault.StuckCells;
import io.synaptile.devices.programming.ExactProgramming;
import io.synaptile.devices.programming.GaussianVariation;
import io.synaptile.devices.programming.LogNormalSpread;
import io.synaptile.devices.resistive.Lifetime;
import io.synaptile.devices.resistive.Reading;
import io.synaptile.devices.resistive.ResistiveCell;
import io.synaptile.devices.resistive.Writing;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

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
    void aCellKnowsTheVoltageItIsGiven() {
        assertThat(provider.create(Map.of()).readVolts()).isEmpty();
        assertThat(provider.create(Map.of("read.voltage_V", 0.2)).readVolts()).hasValue(0.2);
        assertThatThrownBy(() -> provider.create(Map.of("read.voltage_V", 0L)))
                .hasMessage("read.voltage_V must be above 0, got 0.0");
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
                "verify.step | 0.5 | verify.step is for verify.kind pulses, got 0.5 with none",
                "relaxation.t0_s | 2 | relaxation.t0_s is for relaxation.kind log-time, got 2 with none",
                "verify.kind | window | verify.window_uS or verify.window_relative must be above 0",
                "verify.kind | pulses | verify.window_uS or verify.window_relative must be above 0",
                "drift.kind | power-law | drift.nu must be given for drift.kind power-law",
                "read_noise.thermal | yes | read_noise.thermal must be true or false, got yes",
                "endurance.cycles | 1000 | endurance.median_cycles must be given for endurance.cycles above 0",
                "iv.kind | milo2021 | read.voltage_V must be given for iv.kind milo2021",
                "programming.kind | levels | programming.level_sigmas_uS must have one number for each of the 16 levels,"
                        + " got 0",
                "drift.nu | 0.1 | drift.nu is for drift.kind power-law, got 0.1 with none",
                "stuck.off | 1.5 | stuck.off must be between 0 and 1, got 1.5",
                "programming.column_sigma | -1 | programming.column_sigma must be at least 0, got -1.0",
                "programming.array_sigma | x | programming.array_sigma must be a number, got x",
                "levels_uS | 3 | levels_uS must have at least 2 numbers, got [3.0]",
                "levels_uS | lots | levels_uS must be a number, got lots",
                "stuck.row | -0.1 | stuck.row must be between 0 and 1, got -0.1",
                "stuck.column | 2 | stuck.column must be between 0 and 1, got 2.0",
                "stuck.cluster_density | NaN | stuck.cluster_density must be between 0 and 1, got NaN",
                "stuck.cluster_radius | 17 | stuck.cluster_radius must be between 0 and 16, got 17.0",
                "stuck.pattern_on | 1.5 | stuck.pattern_on must be between 0 and 1, got 1.5",
                "stuck.exact | 1 | stuck.exact must be true or false, got 1",
                "stuck.on | NaN | stuck.on must be between 0 and 1, got NaN",
            })
    void badValueIsRefusedByItsKey(String option, String value, String message) {
        assertThatThrownBy(() -> provider.create(Map.of(option, parsed(value))))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(message);
    }

    static List<String> options() {
        return List.copyOf(new TreeSet<>(new RramCellProvider().options()));
    }

    /** What a user writes by mistake: it is refused in one line, or the cell gives finite numbers. */
    @ParameterizedTest
    @MethodSource("options")
    void nonsenseIsRefusedInOneLineOrHarmless(String option) {
        List<Object> nonsense = List.of(
                -1L,
                0L,
                1e-300,
                1e300,
                Double.NaN,
                Double.POSITIVE_INFINITY,
                "x",
                "",
                true,
                List.of(),
                List.of("x"),
                List.of(1e300, -1e300),
                List.of(1L, 2L, 3L));
        List<Map<String, Object>> contexts = List.of(
                Map.of(),
                Map.of("read_noise.thermal", true, "read_noise.shot", true, "read.voltage_V", 0.2, "read.time_ns", 10L),
                Map.of(
                        "drift.kind",
                        "power-law",
                        "drift.nu",
                        0.1,
                        "drift.t0_s",
                        1L,
                        "iv.kind",
                        "cubic",
                        "read.voltage_V",
                        1L),
                Map.of("relaxation.kind", "log-time", "retention.kind", "towards", "telegraph.probability", 0.5),
                Map.of(
                        "verify.kind",
                        "pulses",
                        "verify.window_uS",
                        1L,
                        "endurance.cycles",
                        10L,
                        "endurance.median_cycles",
                        100L),
                Map.of(
                        "verify.kind",
                        "window",
                        "verify.window_uS",
                        1L,
                        "verify.sigma_uS",
                        1L,
                        "retention.kind",
                        "random"),
                Map.of("stuck.cluster_density", 0.1, "stuck.exact", true),
                Map.of(
                        "retention.kind",
                        "failure",
                        "retention.mode",
                        "gradual",
                        "retention.cell_nm",
                        10L,
                        "retention.threshold_K",
                        300L,
                        "retention.lrs",
                        List.of(2L, 0.1, 3L, 0.25),
                        "retention.lrs_stable_ohm",
                        1e5),
                Map.of("programming.kind", "polynomial", "programming.coefficients", List.of(1L)),
                Map.of("programming.kind", "levels", "bits", 1L, "programming.level_sigmas_uS", List.of(1L, 2L)));
        for (Object value : nonsense) {
            for (Map<String, Object> context : contexts) {
                Map<String, Object> given = new HashMap<>(context);
                given.put(option, value);
                try {
                    requireFinite(provider.create(given));
                } catch (IllegalArgumentException e) {
                    assertThat(e.getMessage()).as("%s", given).isNotBlank().doesNotContain("\n");
                }
            }
        }
    }

    private static void requireFinite(CellModel cell) {
        float[] cells = {cell.range().minMicrosiemens(), cell.range().maxMicrosiemens()};
        float[] target = cells.clone();
        float[] sigma = new float[2];
        Age age = new Age(1e6, 400);
        cell.program(target, cells, new SplittableRandom(1));
        cell.age(target, cells, cells, age, new SplittableRandom(2));
        cell.readMoments(target, cells, cells, sigma, age, new SplittableRandom(3));
        for (int i = 0; i < 2; i++) {
            assertThat(Float.isFinite(cells[i]) && Float.isFinite(sigma[i])).isTrue();
        }
    }

    @Test
    void listedLevelsTakeThePlaceOfRangeAndBits() {
        ResistiveCell cell = cell(Map.of("levels_uS", List.of(1L, 2.5, 7L), "programming.sigma", 0.1));
        assertThat(cell.range()).isEqualTo(new ConductanceRange(1f, 7f));
        assertThat(cell.levels()).isEqualTo(3);
        assertThat(cell.levelList().orElseThrow().microsiemens()).containsExactly(1f, 2.5f, 7f);
        assertThat(cell(Map.of("levels_uS", List.of(1L, 2L, 3L, 9L), "bits", 2L, "range_uS", List.of(1L, 9L)))
                        .writing()
                        .variation())
                .isEqualTo(new LogNormalSpread(0.12542f, 1));
        assertThatThrownBy(() -> cell(Map.of("levels_uS", List.of(1L, 2.5, 7L))))
                .hasMessage("programming.sigma: the table has no entry for 3 levels; give a number");
        assertThatThrownBy(() -> cell(Map.of("levels_uS", List.of(1L, 2L), "bits", 4L)))
                .hasMessage("bits must be left out for 2 levels of levels_uS, got 4");
        assertThatThrownBy(() -> cell(Map.of("levels_uS", List.of(1L, 2L), "range_uS", List.of(0L, 2L))))
                .hasMessage("range_uS must be left out where levels_uS is given, or be its ends [1.0, 2.0],"
                        + " got [0.0, 2.0]");
    }

    /** Spreads by level stand at the listed conductances. */
    @Test
    void spreadsByLevelBelongToTheListedLevels() {
        CellModel cell = cell(Map.of(
                "levels_uS",
                List.of(0L, 10L, 40L),
                "programming.kind",
                "levels",
                "programming.level_sigmas_uS",
                List.of(0L, 1L, 4L)));
        float[] target = new float[100_000];
        Arrays.fill(target, 25f);
        cell.program(target, target, new SplittableRandom(4));
        assertThat(Moments.of(target).sd()).isCloseTo(2.5, againstDistribution(0.05));
    }

    @Test
    void sharedErrorsNeedAKindWithASize() {
        assertThatThrownBy(() -> cell(Map.of(
                        "programming.kind",
                        "polynomial",
                        "programming.coefficients",
                        List.of(1L),
                        "programming.column_sigma",
                        0.1)))
                .hasMessage("programming.column_sigma is for programming.kind lognormal or lognormal-mean or gaussian,"
                        + " got 0.1 with polynomial");
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
        none.put("programming.coefficients", List.of(1L));
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
