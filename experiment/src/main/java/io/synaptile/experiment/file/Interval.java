/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.experiment.file;

import java.util.Optional;

/** An interval of numbers, written {@code [0, 1)}: a square bracket includes its end. */
record Interval(double low, boolean lowIncluded, double high, boolean highIncluded) {
    /** Reads the notation; {@code inf} is infinity. */
    static Interval parse(String text) {
        String[] ends = text.substring(1, text.length() - 1).split(",");
        return new Interval(end(ends[0]), text.startsWith("["), end(ends[1]), text.endsWith("]"));
    }

    /**
     * Refuses a value outside an interval.
     *
     * @throws InvalidSetting naming key, value and what is allowed
     */
    static void check(String key, double value, String interval) {
        Interval allowed = parse(interval);
        if (!allowed.contains(value)) {
            throw new InvalidSetting(key, "must be " + allowed.inWords() + ", got " + Scalars.print(value));
        }
    }

    /** As {@link #check(String, double, String)}, for a value that is given. */
    static void check(String key, Optional<Double> value, String interval) {
        value.ifPresent(given -> check(key, given, interval));
    }

    boolean contains(double value) {
        return (lowIncluded ? value >= low : value > low)
                && (highIncluded ? value <= high : value < high)
                && !Double.isInfinite(value);
    }

    /** What is allowed, as it follows "must be". */
    String inWords() {
        String above = (lowIncluded ? "at least " : "above ") + Scalars.print(low);
        if (Double.isInfinite(high)) {
            return above;
        }
        if (Double.isInfinite(low)) {
            return (highIncluded ? "at most " : "below ") + Scalars.print(high);
        }
        return above + " and " + (highIncluded ? "at most " : "below ") + Scalars.print(high);
    }

    private static double end(String text) {
        return switch (text.strip()) {
            case "inf" -> Double.POSITIVE_INFINITY;
            case "-inf" -> Double.NEGATIVE_INFINITY;
            case String number -> Double.parseDouble(number);
        };
    }
}
