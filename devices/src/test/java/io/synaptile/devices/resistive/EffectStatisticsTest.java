/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.devices.resistive;

import static io.synaptile.testing.Tolerance.againstDistribution;
import static org.assertj.core.api.Assertions.assertThat;

import io.synaptile.devices.Age;
import io.synaptile.devices.CellModel;
import io.synaptile.devices.CellModels;
import io.synaptile.devices.Moments;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Validation of every random effect of a cell at 1e6 draws, through the options that a user writes: mean within 4 standard
 * errors, standard deviation within 2 %. Expected moments are closed forms.
 */
class EffectStatisticsTest {
    private static final int DRAWS = 1_000_000;
    private static final double DAY = 86_400;

    /**
     * Cells that differ by one effect.
     *
     * @param options of the cell, {@code kind} among them
     * @param age null where the programmed conductances are looked at
     */
    private record Case(String name, Map<String, Object> options, float target, Age age, double mean, double sd) {
        @Override
        public String toString() {
            return name;
        }
    }

    private static Case written(double mean, double sd, float target, Object... options) {
        return new Case("written: " + Arrays.toString(options), map(options), target, null, mean, sd);
    }

    private static Case aged(double seconds, double kelvin, double mean, double sd, float target, Object... options) {
        return new Case("aged: " + Arrays.toString(options), map(options), target, new Age(seconds, kelvin), mean, sd);
    }

    private static Map<String, Object> map(Object... options) {
        Map<String, Object> map = new TreeMap<>();
        for (int i = 0; i < options.length; i += 2) {
            map.put((String) options[i], options[i + 1]);
        }
        map.putIfAbsent("kind", "rram");
        if (map.get("kind").equals("rram")) {
            map.putIfAbsent("programming.kind", "none");
            map.putIfAbsent("range_uS", List.of(0L, 40L));
        }
        return map;
    }

    static List<Case> effects() {
        double half = 0.5;
        // Gaussian truncated at +-a: sd = sigma sqrt(1 - 2 (a/sigma) phi(a/sigma) / (2 Phi(a/sigma) - 1)).
        double oneSigma = Math.sqrt(1 - 2 * 0.24197072451914337 / 0.6826894921370859);
        double uniformLike = Math.sqrt(1 - 2 * half * 0.3520653267642995 / 0.38292492254802624);
        double decade = Math.log(10);
        return List.of(
                written(20, 0.8, 20, "programming.kind", "gaussian", "programming.sigma", 0.04),
                written(
                        20,
                        1.6,
                        20,
                        "programming.kind",
                        "gaussian",
                        "programming.sigma",
                        0.04,
                        "programming.relative_to",
                        "max"),
                written(
                        20,
                        1.2,
                        20,
                        "programming.kind",
                        "gaussian",
                        "programming.sigma",
                        0.04,
                        "programming.relative_to",
                        "range",
                        "range_uS",
                        List.of(10L, 40L)),
                written(
                        10,
                        10 * Math.sqrt(Math.exp(0.04) - 1),
                        10,
                        "programming.kind",
                        "lognormal-mean",
                        "programming.sigma",
                        0.2),
                written(
                        10 * Math.exp(0.02),
                        10 * Math.exp(0.02) * Math.sqrt(Math.exp(0.04) - 1),
                        10,
                        "programming.kind",
                        "lognormal",
                        "programming.sigma",
                        0.2),
                // Three parts whose variances add up, for cells of which nothing is known.
                written(
                        20,
                        20 * 0.07,
                        20,
                        "programming.kind",
                        "gaussian",
                        "programming.sigma",
                        0.06,
                        "programming.column_sigma",
                        0.03,
                        "programming.array_sigma",
                        0.02),
                // Levels at 0, 40/3, 80/3 and 40 uS; 20 uS lies midway between the second and the third.
                written(
                        20,
                        1.5,
                        20,
                        "programming.kind",
                        "levels",
                        "bits",
                        2L,
                        "programming.level_sigmas_uS",
                        List.of(0.5, 1.0, 2.0, 4.0)),
                written(
                        20,
                        2.4,
                        20,
                        "programming.kind",
                        "polynomial",
                        "programming.scale",
                        2L,
                        "programming.coefficients",
                        List.of(1.0, 0.03, -0.001)),
                // A target at a quarter of the range: Gmin_i + (Gmax_i - Gmin_i) / 4.
                written(
                        17.5,
                        Math.hypot(0.75 * 0.8, 0.25 * 1.2),
                        17.5f,
                        "range_uS",
                        List.of(10L, 40L),
                        "programming.gmin_sigma_uS",
                        0.8,
                        "programming.gmax_sigma_uS",
                        1.2),
                written(20, oneSigma, 20, "verify.kind", "window", "verify.window_uS", 1L, "verify.sigma_uS", 1L),
                written(
                        20,
                        uniformLike * 2,
                        20,
                        "verify.kind",
                        "window",
                        "verify.window_relative",
                        0.05,
                        "verify.sigma_uS",
                        2L),
                // Full steps that never hit a vanishing window: the last pulse alone decides.
                written(
                        20,
                        0.8,
                        20,
                        "programming.kind",
                        "gaussian",
                        "programming.sigma",
                        0.1,
                        "verify.kind",
                        "pulses",
                        "verify.window_uS",
                        1e-9,
                        "verify.step",
                        1L,
                        "verify.step_sigma",
                        0.02,
                        "verify.max_pulses",
                        3L),
                // Half steps: a quarter of the first error of 2 uS is left after two corrections of spread 0.8 uS.
                written(
                        20,
                        Math.sqrt(0.25 + 0.64 * 1.25),
                        20,
                        "programming.kind",
                        "gaussian",
                        "programming.sigma",
                        0.1,
                        "verify.kind",
                        "pulses",
                        "verify.window_uS",
                        1e-9,
                        "verify.step",
                        0.5,
                        "verify.step_sigma",
                        0.02,
                        "verify.max_pulses",
                        3L),
                // A share p at 40 uS (s) or 0, the others at 20.
                written(
                        0.2 * 0.3 * 40 + 0.8 * 20,
                        Math.sqrt(0.2 * 0.3 * 1600 + 0.8 * 400 - square(0.2 * 0.3 * 40 + 0.8 * 20)),
                        20,
                        "stuck.row",
                        0.2,
                        "stuck.pattern_on",
                        0.3),
                written(16, 8, 20, "stuck.column", 0.2),
                // 13 places lie within 2 cells of a place.
                written(
                        20 * Math.pow(0.98, 13),
                        20 * Math.sqrt(Math.pow(0.98, 13) * (1 - Math.pow(0.98, 13))),
                        20,
                        "stuck.cluster_density",
                        0.02,
                        "stuck.cluster_radius",
                        2L),
                // P(z < 1) = 0.841345 fail, 30 % of them at 40 uS, the others at 0.
                written(
                        0.8413447460685429 * 0.3 * 40 + 0.15865525393145707 * 20,
                        Math.sqrt(0.8413447460685429 * 0.3 * 1600
                                + 0.15865525393145707 * 400
                                - square(0.8413447460685429 * 0.3 * 40 + 0.15865525393145707 * 20)),
                        20,
                        "endurance.cycles",
                        1e6,
                        "endurance.median_cycles",
                        1e5,
                        "endurance.sigma_decades",
                        1L,
                        "endurance.stuck_on",
                        0.3),
                // exp(-nu ln 10) of a normal nu far from 0 is log-normal.
                aged(
                        9,
                        300,
                        20 * Math.exp(-0.5 * decade + square(0.05 * decade) / 2),
                        20
                                * Math.exp(-0.5 * decade + square(0.05 * decade) / 2)
                                * Math.sqrt(Math.expm1(square(0.05 * decade))),
                        20,
                        "drift.kind",
                        "power-law",
                        "drift.nu",
                        0.5,
                        "drift.nu_sigma",
                        0.05,
                        "drift.t0_s",
                        1L),
                aged(
                        99,
                        300,
                        20,
                        0.1 + 2 * 0.3,
                        20,
                        "relaxation.kind",
                        "log-time",
                        "relaxation.sigma_uS",
                        0.1,
                        "relaxation.sigma_per_decade_uS",
                        0.3),
                // Factors 1/2, 1 and 2 in equal parts.
                aged(
                        4,
                        300,
                        10 * 3.5 / 3,
                        10 * Math.sqrt(5.25 / 3 - square(3.5 / 3)),
                        10,
                        "retention.kind",
                        "random",
                        "retention.coefficient",
                        0.5),
                aged(
                        0,
                        350,
                        20 * (1 + 50 * 0.002),
                        20 * 50 * 0.0005,
                        20,
                        "temperature.coefficient_per_K",
                        0.002,
                        "temperature.coefficient_sigma_per_K",
                        List.of(0.0004, 0.0006)),
                // Total spread of programming and relaxation: the polynomials of the source at x = 1/2.
                written(20, 2.0229375, 20, "kind", "rram-wan2022"),
                aged(DAY, 300, 20, 3.909, 20, "kind", "rram-wan2022"),
                aged(2 * DAY, 300, 20, 3.929125, 20, "kind", "rram-wan2022"),
                aged(
                        Math.exp(10),
                        300,
                        50 - 0.8900206,
                        Math.hypot(0.4201137 + 0.41183342, 0.00081107 + 50 * 0.00106879),
                        50,
                        "kind",
                        "rram-cmo2025"),
                written(50, 0.0112185391 + 50 * 0.01129027418, 50, "kind", "rram-cmo2025", "acceptance", 2L),
                written(1, 0.01988665 * (1 - Math.exp(-1000 / 176.3115)), 1, "kind", "sonos-agrawal2022"),
                aged(
                        5 * DAY,
                        300,
                        1,
                        0.03457909 * (1 - Math.exp(-1000 / 207.34309)),
                        1,
                        "kind",
                        "sonos-agrawal2022",
                        "range_uS",
                        List.of(0L, 1.6)),
                written(100, 4.782321 - 0.9107, 100, "kind", "rram-milo2021"),
                written(12.5, 0.26348 + 1.9650 / 2 - 1.1731 / 4, 12.5f, "kind", "pcm-nandakumar2019"));
    }

    private static double square(double value) {
        return value * value;
    }

    @ParameterizedTest
    @MethodSource("effects")
    void everyEffectHasTheMomentsOfItsClosedForm(Case effect) {
        CellModel cell = cell(effect.options());
        float[] target = new float[DRAWS];
        Arrays.fill(target, effect.target());
        float[] cells = new float[DRAWS];
        cell.program(target, cells, new SplittableRandom(2026));
        if (effect.age() != null) {
            cell.age(target, cells, cells, effect.age(), new SplittableRandom(11));
        }
        Moments.of(cells).assertFits(effect.mean(), effect.sd());
    }

    /** Drift of ready-made phase-change cells: ln G falls by nu ln((t + t0) / t0) with the spread of nu. */
    @Test
    void phaseChangeCellsDriftWithTheExponentsOfTheirSource() {
        CellModel cell = cell(map("kind", "pcm-nandakumar2019", "programming.scale", 0L));
        float[] target = new float[DRAWS];
        Arrays.fill(target, 2.5f);
        float[] held = new float[DRAWS];
        cell.age(target, target, held, new Age(19_980, 300), new SplittableRandom(5));
        for (int i = 0; i < DRAWS; i++) {
            held[i] = (float) (-Math.log(held[i] / 2.5) / Math.log(1000));
        }
        Moments.of(held).assertFits(0.06009006894140771, foldedSd(0.06009006894140771, 0.022882313662425574));
    }

    /** Standard deviation of |N(mu, s)| for mu above 2.5 s, where the folded tail moves it by less than 2 %. */
    private static double foldedSd(double mu, double s) {
        assertThat(mu / s).isGreaterThan(2.5);
        return s;
    }

    @Test
    void pulsesOfTheWindowAreOnePlusGeometric() {
        CellModel cell = cell(map(
                "verify.kind",
                "window",
                "verify.window_uS",
                1L,
                "verify.sigma_uS",
                1L,
                "verify.success",
                0.25,
                "verify.max_pulses",
                1_000L));
        float[] cells = new float[DRAWS];
        Arrays.fill(cells, 20f);
        long pulses = cell.program(cells, cells, new SplittableRandom(3));
        // Failures before a success: mean 3, variance (1 - p) / p^2 = 12.
        assertThat(pulses / (double) DRAWS).isCloseTo(4, againstDistribution(4 * Math.sqrt(12d / DRAWS)));
    }

    @Test
    void verifiedPulsesStopWhereTheReadSaysSo() {
        // Exact start, exact read: one pulse. A noisy read with sd 1 uS leaves the window of 1 uS in 31.7 % of the
        // cells.
        float[] cells = new float[DRAWS];
        Arrays.fill(cells, 20f);
        Map<String, Object> options = map("verify.kind", "pulses", "verify.window_uS", 1L, "verify.max_pulses", 2L);
        assertThat(cell(options).program(cells, new float[DRAWS], new SplittableRandom(3)))
                .isEqualTo(DRAWS);
        options.put("read_noise.kind", "absolute");
        options.put("read_noise.sigma", 1 / 40d);
        long pulses = cell(options).program(cells, new float[DRAWS], new SplittableRandom(3));
        double outside = 0.31731050786291415;
        assertThat(pulses / (double) DRAWS - 1)
                .isCloseTo(outside, againstDistribution(4 * Math.sqrt(outside * (1 - outside) / DRAWS)));
    }

    /** Amplitudes are log-normal across cells; one read has the moments of its two states. */
    @Test
    void telegraphSignalsHaveTheMomentsOfTheirTwoStates() {
        CellModel cell = cell(map(
                "telegraph.probability", 0.25,
                "telegraph.amplitude_hrs", 0.02,
                "telegraph.amplitude_lrs", 0.02,
                "telegraph.sigma_ln", 0.5));
        float[] held = new float[DRAWS];
        Arrays.fill(held, 20f);
        float[] mean = new float[DRAWS];
        float[] sigma = new float[DRAWS];
        cell.readMoments(held, held, mean, sigma, Age.NONE, new SplittableRandom(4));
        float[] amplitude = new float[DRAWS];
        double worst = 0;
        for (int i = 0; i < DRAWS; i++) {
            amplitude[i] = (float) ((1 - mean[i] / 20) / 0.25);
            worst = Math.max(worst, Math.abs(sigma[i] - 20 * amplitude[i] * Math.sqrt(0.25 * 0.75)));
        }
        assertThat(worst).isLessThan(1e-4);
        double middle = 0.02 * Math.exp(0.125);
        Moments.of(amplitude).assertFits(middle, middle * Math.sqrt(Math.expm1(0.25)));
    }

    private static CellModel cell(Map<String, Object> options) {
        Map<String, Object> own = new TreeMap<>(options);
        String kind = (String) own.remove("kind");
        return CellModels.load().create(kind, own);
    }
}
