/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.devices.rram;

import io.synaptile.devices.Age;
import io.synaptile.devices.CellOptions;
import io.synaptile.devices.ConductanceRange;
import io.synaptile.devices.drift.Ageing;
import io.synaptile.devices.drift.DriftExponent;
import io.synaptile.devices.drift.ExponentTable;
import io.synaptile.devices.drift.LogTimeRelaxation;
import io.synaptile.devices.drift.PowerLawDrift;
import io.synaptile.devices.drift.PowerRetention;
import io.synaptile.devices.published.HermesPcm;
import io.synaptile.devices.published.NandakumarPcm;
import io.synaptile.devices.resistive.Lifetime;
import io.synaptile.devices.temperature.ArrheniusConduction;
import io.synaptile.devices.temperature.LinearCoefficient;
import io.synaptile.devices.temperature.MetallicConduction;
import io.synaptile.devices.temperature.RetentionAcceleration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;

/** Options of an {@code rram} cell that say how it ages. */
final class LifetimeOptions {
    static final Set<String> NAMES = Set.of(
            "drift.kind",
            "drift.nu",
            "drift.nu_sigma",
            "drift.table_uS",
            "drift.t0_s",
            "relaxation.kind",
            "relaxation.sigma_uS",
            "relaxation.sigma_per_decade_uS",
            "relaxation.t0_s",
            "retention.kind",
            "retention.coefficient",
            "retention.t0_s",
            "retention.towards",
            "retention.activation_eV",
            "temperature.activation_eV",
            "temperature.metallic_per_K",
            "temperature.coefficient_per_K",
            "temperature.coefficient_sigma_per_K",
            "temperature.reference_K");

    private static final String DRIFT = "drift.kind";
    private static final String RELAXATION = "relaxation.kind";
    private static final String RETENTION = "retention.kind";
    private static final String FAILURE = "failure";

    private LifetimeOptions() {}

    static Lifetime lifetime(CellOptions options, ConductanceRange range) {
        double reference = options.positive("temperature.reference_K", Age.ROOM_KELVIN);
        List<Ageing> effects = new ArrayList<>();
        relaxation(options, effects);
        drift(options, range, effects);
        retention(options, range, effects);
        temperature(options, range, reference, effects);
        double activation = options.numberAtLeast("retention.activation_eV", 0, 0);
        return new Lifetime(new RetentionAcceleration(activation, reference), effects);
    }

    private static void relaxation(CellOptions options, List<Ageing> effects) {
        String kind = options.choice(RELAXATION, List.of("none", "log-time"), "none");
        for (String own : List.of("relaxation.sigma_uS", "relaxation.sigma_per_decade_uS", "relaxation.t0_s")) {
            options.requireRead(own, RELAXATION, kind, List.of("log-time"));
        }
        if (kind.equals("log-time")) {
            effects.add(new LogTimeRelaxation(
                    options.numberAtLeast("relaxation.sigma_uS", 0, 0),
                    options.numberAtLeast("relaxation.sigma_per_decade_uS", 0, 0),
                    options.positive("relaxation.t0_s", 1)));
        }
    }

    private static void drift(CellOptions options, ConductanceRange range, List<Ageing> effects) {
        String kind = options.choice(
                DRIFT, List.of("none", "power-law", "pcm-nandakumar2019", "pcm-hermes1", "pcm-hermes2"), "none");
        for (String own : List.of("drift.nu", "drift.nu_sigma", "drift.table_uS")) {
            options.requireRead(own, DRIFT, kind, List.of("power-law"));
        }
        options.requireRead(
                "drift.t0_s", DRIFT, kind, List.of("power-law", "pcm-nandakumar2019", "pcm-hermes1", "pcm-hermes2"));
        double max = range.maxMicrosiemens();
        switch (kind) {
            case "power-law" ->
                effects.add(
                        new PowerLawDrift(exponents(options), options.required("drift.t0_s", "drift.kind " + kind)));
            case "pcm-nandakumar2019" ->
                effects.add(new PowerLawDrift(
                        new NandakumarPcm(max), options.positive("drift.t0_s", NandakumarPcm.T0_SECONDS)));
            case "pcm-hermes1", "pcm-hermes2" -> {
                HermesPcm fit = new HermesPcm(kind.equals("pcm-hermes1") ? 1 : 2, max);
                effects.add(new PowerLawDrift(fit, options.positive("drift.t0_s", fit.t0Seconds())));
            }
            default -> {}
        }
    }

    private static DriftExponent exponents(CellOptions options) {
        List<Double> means = options.numbers("drift.nu");
        if (means.isEmpty()) {
            throw new IllegalArgumentException("drift.nu must be given for drift.kind power-law");
        }
        List<Double> sigmas = options.has("drift.nu_sigma")
                ? options.numbers("drift.nu_sigma")
                : Collections.nCopies(means.size(), 0d);
        List<Double> states = options.has("drift.table_uS") ? options.numbers("drift.table_uS") : List.of(0d);
        return new ExponentTable(states, means, sigmas);
    }

    private static void retention(CellOptions options, ConductanceRange range, List<Ageing> effects) {
        String kind = options.choice(RETENTION, List.of("none", "random", "towards", FAILURE), "none");
        options.requireRead("retention.towards", RETENTION, kind, List.of("towards"));
        options.requireRead("retention.coefficient", RETENTION, kind, List.of("random", "towards"));
        options.requireRead("retention.t0_s", RETENTION, kind, List.of("random", "towards"));
        for (String own : FailureOptions.NAMES) {
            options.requireRead(own, RETENTION, kind, List.of(FAILURE));
        }
        if (kind.equals(FAILURE)) {
            effects.add(FailureOptions.failure(options, range));
        } else if (!kind.equals("none")) {
            effects.add(new PowerRetention(
                    options.numberAtLeast("retention.coefficient", 0, 0),
                    options.positive("retention.t0_s", 1),
                    kind.equals("random") ? PowerRetention.Direction.RANDOM : PowerRetention.Direction.TOWARDS,
                    options.probability("retention.towards", 0),
                    range));
        }
    }

    private static void temperature(
            CellOptions options, ConductanceRange range, double reference, List<Ageing> effects) {
        double activation = options.number("temperature.activation_eV", 0);
        if (activation != 0) {
            effects.add(new ArrheniusConduction(activation, reference));
        }
        double metallic = options.number("temperature.metallic_per_K", 0);
        if (metallic != 0) {
            effects.add(new MetallicConduction(metallic, reference));
        }
        double[] mean = ends(options, "temperature.coefficient_per_K");
        double[] sigma = ends(options, "temperature.coefficient_sigma_per_K");
        if (mean[0] != 0 || mean[1] != 0 || sigma[0] != 0 || sigma[1] != 0) {
            effects.add(new LinearCoefficient(mean[0], mean[1], sigma[0], sigma[1], reference, range));
        }
    }

    /** Values at Gmin and Gmax: two numbers, or one for both. */
    private static double[] ends(CellOptions options, String name) {
        List<Double> given = options.numbers(name);
        if (given.size() > 2) {
            throw new IllegalArgumentException(
                    name + " must be a number or two numbers [at Gmin, at Gmax], got " + given);
        }
        return given.isEmpty() ? new double[2] : new double[] {given.getFirst(), given.getLast()};
    }
}
