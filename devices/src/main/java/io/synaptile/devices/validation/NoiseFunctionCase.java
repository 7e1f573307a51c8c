/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.devices.validation;

import io.synaptile.devices.drift.DriftExponent;
import io.synaptile.devices.drift.PowerLawDrift;
import io.synaptile.devices.programming.StateSpread;
import io.synaptile.devices.published.CmoRram;
import io.synaptile.devices.published.HermesPcm;
import io.synaptile.devices.published.NandakumarPcm;
import io.synaptile.devices.published.WanRram;
import io.synaptile.devices.read.OneOverFNoise;
import io.synaptile.text.message.Quoted;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.TreeMap;

/**
 * One value of a noise model with its random draw taken out: a row of {@code validation_noise_functions.csv}.
 *
 * <p>Models and their parameters: {@code aihwkit PCMLike} (g_max, t0, t_read), {@code aihwkit Hermes} (num_devices, g_max, t0,
 * t_read), {@code aihwkit ReRamWan2022} (g_max), {@code aihwkit ReRamCMO} (acceptance). Parameters are written {@code name=value unit}, separated by
 * semicolons; one that is absent has the value of the source.
 *
 * @param model name of the reference model
 * @param parameters as in the file
 * @param quantity sigma_prog_uS, nu_mean, nu_sigma, g_drift_mean_nu_uS, sigma_read_uS (phase change); sigma_total_uS (Wan);
 *     sigma_prog_uS, g_relax_mean_uS, sigma_relax_uS, sigma_read_uS (CMO)
 * @param gMicrosiemens target conductance
 * @param seconds time after programming, for the quantities that depend on it
 */
public record NoiseFunctionCase(
        String model, String parameters, String quantity, double gMicrosiemens, OptionalDouble seconds) {
    /**
     * Recomputes one row.
     *
     * @throws IllegalArgumentException as {@link #value}, or naming a column that is missing or malformed
     */
    public static List<Checked> check(ReferenceCase row) {
        String time = row.text("t_s");
        NoiseFunctionCase function = new NoiseFunctionCase(
                row.text("model"),
                row.text("parameters"),
                row.text("quantity"),
                row.number("g_uS"),
                time.isBlank() ? OptionalDouble.empty() : OptionalDouble.of(row.number("t_s")));
        String name = function.model + " (" + function.parameters + ") " + function.quantity + " at " + row.text("g_uS")
                + " uS" + (time.isBlank() ? "" : ", " + time + " s");
        return List.of(
                new Checked(name, function.quantity, row.number("value"), function.value(), Checked.COMPOSED, 0));
    }

    /**
     * The value that our models give.
     *
     * @throws IllegalArgumentException if model, parameter, unit or quantity is unknown, or a time is missing
     */
    public double value() {
        Map<String, String> given = new TreeMap<>();
        for (String parameter : parameters.split(";")) {
            int equals = parameter.indexOf('=');
            // What has no name is a remark, for example the range that a model clamps to, which is part of the model.
            if (equals > 0) {
                given.put(
                        parameter.substring(0, equals).strip(),
                        parameter.substring(equals + 1).strip());
            }
        }
        return switch (model) {
            case "aihwkit PCMLike" -> {
                NandakumarPcm pcm = new NandakumarPcm(number(given, "g_max", "uS", NandakumarPcm.SOURCE_MAX));
                yield phaseChange(
                        pcm,
                        pcm,
                        pcm,
                        number(given, "t0", "s", NandakumarPcm.T0_SECONDS),
                        number(given, "t_read", "s", NandakumarPcm.READ_SECONDS));
            }
            case "aihwkit Hermes" -> {
                int devices = (int) number(given, "num_devices", "", 1);
                HermesPcm pcm = new HermesPcm(devices, number(given, "g_max", "uS", HermesPcm.sourceMax(devices)));
                yield phaseChange(
                        pcm,
                        pcm,
                        pcm,
                        number(given, "t0", "s", pcm.t0Seconds()),
                        number(given, "t_read", "s", HermesPcm.READ_SECONDS));
            }
            case "aihwkit ReRamWan2022" -> {
                WanRram wan = new WanRram(number(given, "g_max", "uS", WanRram.SOURCE_MAX));
                if (!quantity.equals("sigma_total_uS")) {
                    throw unknown("quantity", quantity);
                }
                yield wan.sigmaMicrosiemens(gMicrosiemens, time());
            }
            case "aihwkit ReRamCMO" -> cmo(given);
            default -> throw unknown("model", model);
        };
    }

    private double phaseChange(
            StateSpread spread, DriftExponent exponent, OneOverFNoise.Strength strength, double t0, double read) {
        PowerLawDrift drift = new PowerLawDrift(exponent, t0);
        return switch (quantity) {
            case "sigma_prog_uS" -> spread.sigmaMicrosiemens(gMicrosiemens);
            case "nu_mean" -> exponent.nuMean(gMicrosiemens);
            case "nu_sigma" -> exponent.nuSigma(gMicrosiemens);
            case "g_drift_mean_nu_uS" -> drift.drifted(gMicrosiemens, exponent.nuMean(gMicrosiemens), time());
            case "sigma_read_uS" -> {
                double held = drift.drifted(gMicrosiemens, exponent.nuMean(gMicrosiemens), time());
                yield new OneOverFNoise(strength, t0, read, 1).sigmaMicrosiemens(gMicrosiemens, held, time());
            }
            default -> throw unknown("quantity", quantity);
        };
    }

    private double cmo(Map<String, String> given) {
        return switch (quantity) {
            case "sigma_prog_uS" ->
                CmoRram.Acceptance.of(number(given, "acceptance", "%", 0.2))
                        .spread()
                        .sigmaMicrosiemens(gMicrosiemens);
            case "g_relax_mean_uS" -> CmoRram.relaxedMean(gMicrosiemens, time());
            case "sigma_relax_uS" -> CmoRram.relaxedSigma(time());
            case "sigma_read_uS" -> CmoRram.readSigma(gMicrosiemens, time());
            default -> throw unknown("quantity", quantity);
        };
    }

    private double time() {
        return seconds.orElseThrow(() -> new IllegalArgumentException(quantity + " of " + model + " needs a time t_s"));
    }

    /** A parameter in its unit; times may be in s, ms, us or ns. */
    private double number(Map<String, String> given, String name, String unit, double fallback) {
        String text = given.get(name);
        if (text == null) {
            return fallback;
        }
        int end = text.length();
        while (end > 0 && !Character.isDigit(text.charAt(end - 1)) && text.charAt(end - 1) != '.') {
            end--;
        }
        String found = text.substring(end).strip();
        double value;
        try {
            value = Double.parseDouble(text.substring(0, end));
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException(
                    "parameter " + name + " of " + model + " must be a number, got " + Quoted.of(text), e);
        }
        if (found.equals(unit)) {
            return value;
        }
        if (unit.equals("s")) {
            switch (found) {
                case "ms":
                    return value * 1e-3;
                case "us":
                    return value * 1e-6;
                case "ns":
                    return value * 1e-9;
                default:
            }
        }
        throw new IllegalArgumentException("parameter " + name + " of " + model + " must be a number"
                + (unit.isEmpty() ? "" : " in " + unit) + ", got " + Quoted.of(text));
    }

    private static IllegalArgumentException unknown(String what, String name) {
        return new IllegalArgumentException("no such " + what + " of a noise function: " + Quoted.of(name));
    }
}
