/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.cli;

import io.synaptile.text.message.Quoted;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.Option;

/** How old chips are and how warm, in the units people use; stands for two keys of the experiment. */
final class AgeOptions {
    private static final Pattern QUANTITY = Pattern.compile("(\\d{1,12}(?:\\.\\d{1,9})?)([A-Za-z]+)");
    /** Seconds; a year is 365.25 days. */
    private static final Map<String, Long> TIMES =
            Map.of("s", 1L, "min", 60L, "h", 3_600L, "d", 86_400L, "y", 31_557_600L);

    private static final BigDecimal ZERO_CELSIUS = new BigDecimal("273.15");

    @Option(
            names = "--age",
            paramLabel = "TIME",
            description = "Time since programming, for example 10s, 5min, 1h, 30d or 1y (simulate.age_s).")
    private String age;

    @Option(
            names = "--temperature",
            paramLabel = "T",
            description = "Temperature of the chips, for example 350K or 85C (simulate.temperature_K).")
    private String temperature;

    /** The settings that the options stand for. */
    List<String> settings() {
        List<String> settings = new ArrayList<>();
        if (age != null) {
            settings.add("simulate.age_s=" + seconds(age).toPlainString());
        }
        if (temperature != null) {
            settings.add("simulate.temperature_K=" + kelvin(temperature).toPlainString());
        }
        return settings;
    }

    /**
     * A length of time in seconds.
     *
     * @throws IllegalArgumentException if it is not a number and a unit
     */
    static BigDecimal seconds(String text) {
        Matcher quantity = QUANTITY.matcher(text);
        Long unit = quantity.matches() ? TIMES.get(quantity.group(2)) : null;
        if (unit == null) {
            throw new IllegalArgumentException(
                    "--age must be a number followed by s, min, h, d or y, for example 30d, got " + Quoted.of(text));
        }
        return new BigDecimal(quantity.group(1)).multiply(BigDecimal.valueOf(unit));
    }

    /**
     * A temperature in kelvin.
     *
     * @throws IllegalArgumentException if it is not a number and a unit
     */
    static BigDecimal kelvin(String text) {
        Matcher quantity = QUANTITY.matcher(text.startsWith("-") ? text.substring(1) : text);
        if (quantity.matches() && quantity.group(2).equals("K") && !text.startsWith("-")) {
            return new BigDecimal(quantity.group(1));
        }
        if (quantity.matches() && quantity.group(2).equals("C")) {
            BigDecimal degrees = new BigDecimal(quantity.group(1));
            return (text.startsWith("-") ? degrees.negate() : degrees).add(ZERO_CELSIUS);
        }
        throw new IllegalArgumentException(
                "--temperature must be a number followed by K or C, for example 350K, got " + Quoted.of(text));
    }
}
