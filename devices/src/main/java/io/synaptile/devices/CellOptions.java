/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.devices;

import io.synaptile.text.message.Quoted;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.TreeSet;

/** Reads the options of a cell by type; every refusal names the option, its value and what is allowed. */
public final class CellOptions {
    /** Products of two options still fit single precision. */
    private static final double LARGEST = 1e6;

    private final Map<String, Object> values;

    /**
     * Wraps the options of one cell.
     *
     * @param kind cell kind, for messages
     * @param values options as in {@link CellModelProvider#create}
     * @param known names that the kind understands
     * @throws IllegalArgumentException for an option that is not known, naming the nearest one
     */
    public CellOptions(String kind, Map<String, Object> values, Set<String> known) {
        requireKnown(kind, values, known);
        this.values = Map.copyOf(values);
    }

    static void requireKnown(String kind, Map<String, Object> values, Set<String> known) {
        for (String name : new TreeSet<>(values.keySet())) {
            if (!known.contains(name)) {
                throw new IllegalArgumentException(
                        NearestName.unknown("option of cell '" + kind + "':", name, new TreeSet<>(known)));
            }
            if (values.get(name) == null) {
                throw new IllegalArgumentException(name + " has no value");
            }
        }
    }

    /** Whether the user gave this option. */
    public boolean has(String name) {
        return values.containsKey(name);
    }

    /** A number, or {@code fallback} where the option is absent. */
    public double number(String name, double fallback) {
        Object value = values.get(name);
        return value == null ? fallback : asNumber(name, value);
    }

    /** A number of at least {@code min}. */
    public double numberAtLeast(String name, double min, double fallback) {
        return atLeast(name, min, number(name, fallback));
    }

    /** A number of at least {@code min}; nothing where the option is absent or holds this word instead. */
    public OptionalDouble numberOrWord(String name, double min, String word) {
        Object value = values.get(name);
        if (value == null || value.equals(word)) {
            return OptionalDouble.empty();
        }
        if (!(value instanceof Number number)) {
            throw new IllegalArgumentException(
                    name + " must be a number of at least " + trimmed(min) + " or " + word + ", got " + shown(value));
        }
        return OptionalDouble.of(atLeast(name, min, number.doubleValue()));
    }

    private static double atLeast(String name, double min, double value) {
        if (!(value >= min)) {
            throw new IllegalArgumentException(name + " must be at least " + trimmed(min) + ", got " + value);
        }
        if (value > LARGEST) {
            throw new IllegalArgumentException(name + " must be at most " + trimmed(LARGEST) + ", got " + value);
        }
        return value;
    }

    /** A number above 0. */
    public double positive(String name, double fallback) {
        double value = number(name, fallback);
        if (!(value > 0) || Double.isInfinite(value)) {
            throw new IllegalArgumentException(name + " must be above 0, got " + value);
        }
        return value;
    }

    /**
     * A number above 0 that another option cannot do without.
     *
     * @param by what needs it, for the message
     */
    public double required(String name, String by) {
        if (!has(name)) {
            throw new IllegalArgumentException(name + " must be given for " + by);
        }
        return positive(name, 1);
    }

    /** One number or a list of numbers; nothing where the option is absent. */
    public List<Double> numbers(String name) {
        Object value = values.get(name);
        List<?> items = value instanceof List<?> list ? list : value == null ? List.of() : List.of(value);
        return items.stream().map(item -> finite(name, asNumber(name, item))).toList();
    }

    private static double finite(String name, double value) {
        if (!Double.isFinite(value)) {
            throw new IllegalArgumentException(name + " must be finite, got " + value);
        }
        return value;
    }

    /** True or false. */
    public boolean flag(String name) {
        Object value = values.getOrDefault(name, false);
        if (!(value instanceof Boolean flag)) {
            throw new IllegalArgumentException(name + " must be true or false, got " + shown(value));
        }
        return flag;
    }

    /**
     * Refuses an option that the chosen kind of effect does not read; an effect that the user switched off refuses none.
     *
     * @param name of the option
     * @param chooser option that chooses the kind
     * @param chosen kind that was chosen
     * @param readers kinds that read it
     */
    public void requireRead(String name, String chooser, String chosen, List<String> readers) {
        boolean off = has(chooser) && chosen.equals("none");
        if (has(name) && !off && !readers.contains(chosen)) {
            throw new IllegalArgumentException(name + " is for " + chooser + " " + String.join(" or ", readers)
                    + ", got " + shown(values.get(name)) + " with " + chosen);
        }
    }

    /** A probability. */
    public double probability(String name, double fallback) {
        double value = number(name, fallback);
        if (!(value >= 0 && value <= 1)) {
            throw new IllegalArgumentException(name + " must be between 0 and 1, got " + value);
        }
        return value;
    }

    /** A whole number between {@code min} and {@code max}; a Double is accepted if it is whole. */
    public int integer(String name, int min, int max, int fallback) {
        double value = number(name, fallback);
        if (value != Math.rint(value) || !(value >= min && value <= max)) {
            throw new IllegalArgumentException(
                    name + " must be a whole number between " + min + " and " + max + ", got " + trimmed(value));
        }
        return (int) value;
    }

    /** One of a list of words. */
    public String choice(String name, List<String> allowed, String fallback) {
        Object value = values.get(name);
        if (value == null) {
            return fallback;
        }
        if (!(value instanceof String word) || !allowed.contains(word)) {
            throw new IllegalArgumentException(
                    name + " must be one of " + String.join(", ", allowed) + ", got " + shown(value));
        }
        return word;
    }

    /** A file, for one of {@link CellModelProvider#files}. */
    public Path file(String name) {
        if (values.get(name) instanceof Path file) {
            return file;
        }
        throw new IllegalArgumentException(name + " must be the name of a file, got " + shown(values.get(name)));
    }

    /** A conductance range written as two numbers, minimum and maximum in uS. */
    public ConductanceRange range(String name, ConductanceRange fallback) {
        Object value = values.get(name);
        if (value == null) {
            return fallback;
        }
        if (!(value instanceof List<?> ends)
                || ends.size() != 2
                || !(ends.get(0) instanceof Number low)
                || !(ends.get(1) instanceof Number high)) {
            throw new IllegalArgumentException(name + " must be two numbers [min, max] in uS, got " + shown(value));
        }
        double min = low.doubleValue();
        double max = high.doubleValue();
        try {
            return new ConductanceRange((float) min, (float) max);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(
                    name + " must be [min, max] with 0 <= min < max, got [" + trimmed(min) + ", " + trimmed(max) + "]",
                    e);
        }
    }

    private static double asNumber(String name, Object value) {
        if (value instanceof Number number) {
            return number.doubleValue();
        }
        throw new IllegalArgumentException(name + " must be a number, got " + shown(value));
    }

    private static String shown(Object value) {
        return Quoted.bare(String.valueOf(value));
    }

    private static String trimmed(double value) {
        return value == Math.rint(value) && Math.abs(value) < 1e9
                ? Long.toString((long) value)
                : Double.toString(value);
    }
}
