/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.devices.rram;

import io.synaptile.devices.CellOptions;
import io.synaptile.devices.ConductanceRange;
import io.synaptile.devices.published.CmoRram;
import io.synaptile.devices.published.HermesPcm;
import io.synaptile.devices.published.MiloCurve;
import io.synaptile.devices.published.NandakumarPcm;
import io.synaptile.devices.read.AbsoluteNoise;
import io.synaptile.devices.read.CubicCurve;
import io.synaptile.devices.read.CurrentVoltage;
import io.synaptile.devices.read.OneOverFNoise;
import io.synaptile.devices.read.ProportionalNoise;
import io.synaptile.devices.read.RandomTelegraph;
import io.synaptile.devices.read.ReadNoise;
import io.synaptile.devices.read.ShotNoise;
import io.synaptile.devices.read.ThermalNoise;
import io.synaptile.devices.resistive.Reading;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.Set;

/** Options of an {@code rram} cell that say how it is read. */
final class ReadingOptions {
    static final Set<String> NAMES = Set.of(
            "read.voltage_V",
            "read.time_ns",
            "read_noise.kind",
            "read_noise.sigma",
            "read_noise.scale",
            "read_noise.thermal",
            "read_noise.shot",
            "telegraph.probability",
            "telegraph.amplitude_hrs",
            "telegraph.amplitude_lrs",
            "telegraph.sigma_ln",
            "iv.kind",
            "iv.cubic_per_V2");

    private static final String KIND = "read_noise.kind";
    private static final String CURVE = "iv.kind";
    private static final String VOLTS = "read.voltage_V";
    /** Example device of Sandia's CrossSim. */
    private static final double CUBIC = 0.25;

    private ReadingOptions() {}

    static Reading reading(CellOptions options, ConductanceRange range) {
        List<ReadNoise> noises = new ArrayList<>();
        stateNoise(options, range, noises);
        if (options.flag("read_noise.thermal")) {
            noises.add(new ThermalNoise(
                    options.required(VOLTS, "read_noise.thermal"), seconds(options, "read_noise.thermal")));
        }
        if (options.flag("read_noise.shot")) {
            noises.add(new ShotNoise(options.required(VOLTS, "read_noise.shot"), seconds(options, "read_noise.shot")));
        }
        OptionalDouble volts =
                options.has(VOLTS) ? OptionalDouble.of(options.positive(VOLTS, 1)) : OptionalDouble.empty();
        return new Reading(curve(options), telegraph(options), noises, volts);
    }

    private static double seconds(CellOptions options, String by) {
        return options.required("read.time_ns", by) * 1e-9;
    }

    private static void stateNoise(CellOptions options, ConductanceRange range, List<ReadNoise> noises) {
        String kind = options.choice(
                KIND,
                List.of(
                        "none",
                        "absolute",
                        "proportional",
                        "pcm-nandakumar2019",
                        "pcm-hermes1",
                        "pcm-hermes2",
                        "cmo2025"),
                "none");
        double sigma = options.numberAtLeast("read_noise.sigma", 0, 0);
        if (sigma > 0 && !options.has(KIND)) {
            throw new IllegalArgumentException(
                    "read_noise.sigma " + sigma + " needs read_noise.kind absolute or proportional");
        }
        if (options.has(KIND)) {
            options.requireRead("read_noise.sigma", KIND, kind, List.of("absolute", "proportional"));
        }
        double scale = options.numberAtLeast("read_noise.scale", 0, 1);
        double max = range.maxMicrosiemens();
        switch (kind) {
            case "absolute" -> noises.add(new AbsoluteNoise(scale * sigma));
            case "proportional" -> noises.add(new ProportionalNoise(scale * sigma));
            case "pcm-nandakumar2019" ->
                noises.add(new OneOverFNoise(
                        new NandakumarPcm(max), NandakumarPcm.T0_SECONDS, NandakumarPcm.READ_SECONDS, scale));
            case "pcm-hermes1", "pcm-hermes2" -> {
                HermesPcm fit = new HermesPcm(kind.equals("pcm-hermes1") ? 1 : 2, max);
                noises.add(new OneOverFNoise(fit, fit.t0Seconds(), HermesPcm.READ_SECONDS, scale));
            }
            case "cmo2025" -> noises.add(new CmoRram.Noise(scale));
            default -> {}
        }
    }

    private static RandomTelegraph telegraph(CellOptions options) {
        double probability = options.probability("telegraph.probability", 0);
        return probability == 0
                ? RandomTelegraph.NONE
                : new RandomTelegraph(
                        probability,
                        options.numberAtLeast("telegraph.amplitude_hrs", 0, RandomTelegraph.AMPLITUDE_HRS),
                        options.numberAtLeast("telegraph.amplitude_lrs", 0, RandomTelegraph.AMPLITUDE_LRS),
                        options.numberAtLeast("telegraph.sigma_ln", 0, RandomTelegraph.SIGMA_LN));
    }

    private static CurrentVoltage curve(CellOptions options) {
        String kind = options.choice(CURVE, List.of("none", "cubic", "milo2021"), "none");
        options.requireRead("iv.cubic_per_V2", CURVE, kind, List.of("cubic"));
        return switch (kind) {
            case "cubic" -> new CubicCurve(options.number("iv.cubic_per_V2", CUBIC), volts(options, kind));
            case "milo2021" -> new MiloCurve(volts(options, kind));
            default -> CurrentVoltage.OHMIC;
        };
    }

    private static double volts(CellOptions options, String kind) {
        return options.required(VOLTS, "iv.kind " + kind);
    }
}
