/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.devices.rram;

import io.synaptile.devices.CellOptions;
import io.synaptile.devices.LevelList;
import io.synaptile.devices.WriteCost;
import io.synaptile.devices.fault.Endurance;
import io.synaptile.devices.fault.StuckOptions;
import io.synaptile.devices.programming.Acceptance;
import io.synaptile.devices.programming.ExactProgramming;
import io.synaptile.devices.programming.GaussianVariation;
import io.synaptile.devices.programming.LevelSpread;
import io.synaptile.devices.programming.LogNormalSpread;
import io.synaptile.devices.programming.MeanLogNormalSpread;
import io.synaptile.devices.programming.PolynomialSpread;
import io.synaptile.devices.programming.ProgrammingVariation;
import io.synaptile.devices.programming.RangeSpread;
import io.synaptile.devices.programming.SharedError;
import io.synaptile.devices.programming.SinglePulse;
import io.synaptile.devices.programming.StateDependentVariation;
import io.synaptile.devices.programming.VerifiedPulses;
import io.synaptile.devices.programming.VerifiedWindow;
import io.synaptile.devices.programming.WriteVerify;
import io.synaptile.devices.resistive.Writing;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;
import java.util.Set;

/** Options of an {@code rram} cell that say how it is written. */
final class ProgrammingOptions {
    static final Set<String> NAMES = Set.of(
            "programming.kind",
            "programming.sigma",
            "programming.scale",
            "programming.relative_to",
            "programming.level_sigmas_uS",
            "programming.coefficients",
            "programming.column_sigma",
            "programming.array_sigma",
            "programming.gmin_sigma_uS",
            "programming.gmax_sigma_uS",
            "verify.kind",
            "verify.window_uS",
            "verify.window_relative",
            "verify.sigma_uS",
            "verify.success",
            "verify.step",
            "verify.step_sigma",
            "verify.max_pulses",
            "write.voltage_V",
            "write.pulse_ns",
            "write.pulse_pJ",
            "endurance.cycles",
            "endurance.median_cycles",
            "endurance.sigma_decades",
            "endurance.stuck_on");

    private static final List<String> WRITE = List.of("write.voltage_V", "write.pulse_ns", "write.pulse_pJ");
    private static final String KIND = "programming.kind";
    /** Kinds whose size is {@code programming.sigma}. */
    private static final List<String> SIZED = List.of("lognormal", "lognormal-mean", "gaussian");

    private static final String VERIFY = "verify.kind";
    /** Placeholders without a source. */
    private static final double SUCCESS = 0.5;

    private static final double STEP = 0.5;
    private static final int MAX_PULSES = 100;
    private static final double SIGMA_DECADES = 0.5;
    private static final double STUCK_ON = 0.5;
    /** Cycle-to-cycle deviation of Ag:a-Si cells, benchmark table II of the NeuroSim V3 manual. */
    private static final double STEP_SIGMA = 0.035;

    private ProgrammingOptions() {}

    static Writing writing(CellOptions options, LevelList levels) {
        String kind = options.choice(
                KIND, List.of("lognormal", "lognormal-mean", "gaussian", "levels", "polynomial", "none"), "lognormal");
        SharedError shared = shared(options, kind, levels);
        return new Writing(
                new RangeSpread(
                        options.numberAtLeast("programming.gmin_sigma_uS", 0, 0),
                        options.numberAtLeast("programming.gmax_sigma_uS", 0, 0)),
                variation(options, kind, shared.total(), levels),
                shared.isNone() ? SharedError.NONE : shared,
                verify(options),
                StuckOptions.stuck(options, 0, 0),
                endurance(options));
    }

    /** Sizes of the error of a cell, a column and an array. */
    private static SharedError shared(CellOptions options, String kind, LevelList levels) {
        for (String own : List.of("programming.sigma", "programming.column_sigma", "programming.array_sigma")) {
            options.requireRead(own, KIND, kind, SIZED);
        }
        OptionalDouble given = options.numberOrWord("programming.sigma", 0, "table");
        double column = options.numberAtLeast("programming.column_sigma", 0, 0);
        double array = options.numberAtLeast("programming.array_sigma", 0, 0);
        if (!SIZED.contains(kind)) {
            return SharedError.NONE;
        }
        if (kind.equals("gaussian") && given.isEmpty()) {
            throw new IllegalArgumentException("programming.sigma must be a number of at least 0 for"
                    + " programming.kind gaussian; the table is log-normal");
        }
        return new SharedError(given.isPresent() ? given.getAsDouble() : tableSigma(levels), column, array);
    }

    private static ProgrammingVariation variation(CellOptions options, String kind, double sigma, LevelList levels) {
        String reference = options.choice("programming.relative_to", List.of("target", "max", "range"), "target");
        options.requireRead("programming.relative_to", KIND, kind, List.of("gaussian"));
        options.requireRead("programming.level_sigmas_uS", KIND, kind, List.of("levels"));
        options.requireRead("programming.coefficients", KIND, kind, List.of("polynomial"));
        double scale = options.numberAtLeast("programming.scale", 0, 1);
        return switch (kind) {
            case "lognormal" -> new LogNormalSpread(sigma, scale);
            case "lognormal-mean" -> new MeanLogNormalSpread(sigma, scale);
            case "gaussian" ->
                new GaussianVariation(
                        sigma, scale, GaussianVariation.Reference.valueOf(reference.toUpperCase(Locale.ROOT)));
            case "levels" ->
                new StateDependentVariation(
                        new LevelSpread(levels, options.numbers("programming.level_sigmas_uS")), scale);
            case "polynomial" ->
                new StateDependentVariation(
                        new PolynomialSpread(options.numbers("programming.coefficients"), 1), scale);
            default -> new ExactProgramming();
        };
    }

    private static double tableSigma(LevelList levels) {
        int count = levels.microsiemens().size();
        int bits = Integer.numberOfTrailingZeros(count);
        if (count != 1 << bits) {
            throw new IllegalArgumentException(
                    "programming.sigma: the table has no entry for " + count + " levels; give a number");
        }
        return LogNormalVariation.tableSigma(bits);
    }

    private static WriteVerify verify(CellOptions options) {
        String kind = options.choice(VERIFY, List.of("none", "window", "pulses"), "none");
        for (String both : List.of("verify.window_uS", "verify.window_relative", "verify.max_pulses")) {
            options.requireRead(both, VERIFY, kind, List.of("window", "pulses"));
        }
        options.requireRead("verify.sigma_uS", VERIFY, kind, List.of("window"));
        options.requireRead("verify.success", VERIFY, kind, List.of("window"));
        options.requireRead("verify.step", VERIFY, kind, List.of("pulses"));
        options.requireRead("verify.step_sigma", VERIFY, kind, List.of("pulses"));
        int maxPulses = options.integer("verify.max_pulses", 1, 1_000_000, MAX_PULSES);
        return switch (kind) {
            case "window" ->
                new VerifiedWindow(
                        acceptance(options),
                        options.required("verify.sigma_uS", "verify.kind window"),
                        options.positive("verify.success", SUCCESS),
                        maxPulses);
            case "pulses" ->
                new VerifiedPulses(
                        acceptance(options),
                        options.positive("verify.step", STEP),
                        options.numberAtLeast("verify.step_sigma", 0, STEP_SIGMA),
                        maxPulses);
            default -> new SinglePulse();
        };
    }

    private static Acceptance acceptance(CellOptions options) {
        return new Acceptance(
                options.numberAtLeast("verify.window_uS", 0, 0), options.numberAtLeast("verify.window_relative", 0, 0));
    }

    private static Endurance endurance(CellOptions options) {
        double cycles = options.number("endurance.cycles", 0);
        if (cycles == 0) {
            return Endurance.FRESH;
        }
        return new Endurance(
                cycles,
                options.required("endurance.median_cycles", "endurance.cycles above 0"),
                options.numberAtLeast("endurance.sigma_decades", 0, SIGMA_DECADES),
                options.probability("endurance.stuck_on", STUCK_ON));
    }

    static WriteCost writeCost(CellOptions options) {
        if (WRITE.stream().noneMatch(options::has)) {
            return WriteCost.UNKNOWN;
        }
        return new WriteCost(
                given(options, WRITE.get(0)),
                given(options, WRITE.get(1)),
                given(options, WRITE.get(2)),
                "experiment file");
    }

    private static OptionalDouble given(CellOptions options, String name) {
        return options.has(name) ? OptionalDouble.of(options.numberAtLeast(name, 0, 0)) : OptionalDouble.empty();
    }
}
