/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.devices.validation;

import io.synaptile.text.message.Quoted;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * One row of a reference table: inputs and expected outputs by column name.
 *
 * @param columns text of every field, by the name in the header
 */
public record ReferenceCase(Map<String, String> columns) {
    /** Column that names a row. */
    public static final String NAME = "case";

    public ReferenceCase {
        columns = Collections.unmodifiableMap(new LinkedHashMap<>(columns));
    }

    /** Name of the row. */
    public String name() {
        return text(NAME);
    }

    /**
     * A field as it is written. The name counts in any case where no other column differs from it in this alone.
     *
     * @throws IllegalArgumentException if the table has no such column
     */
    public String text(String column) {
        if (columns.containsKey(column)) {
            return columns.get(column);
        }
        List<String> other =
                columns.keySet().stream().filter(column::equalsIgnoreCase).toList();
        if (other.size() != 1) {
            throw new IllegalArgumentException(
                    "there is no column " + Quoted.of(column) + "; there are " + String.join(", ", columns.keySet()));
        }
        return columns.get(other.getFirst());
    }

    /**
     * A field as a number.
     *
     * @throws IllegalArgumentException naming row and column if it is none
     */
    public double number(String column) {
        return number(column, text(column));
    }

    /**
     * A field as a whole number.
     *
     * @throws IllegalArgumentException naming row and column if it is none
     */
    public int whole(String column) {
        return whole(column, text(column));
    }

    /** A field of whole numbers parted by spaces; new array. */
    public int[] wholes(String column) {
        String[] parts = parts(column);
        int[] numbers = new int[parts.length];
        for (int i = 0; i < parts.length; i++) {
            numbers[i] = whole(column, parts[i]);
        }
        return numbers;
    }

    /** The numbers of a field, parted by spaces, as they are written; new array. */
    public String[] parts(String column) {
        return text(column).strip().split("\\s+");
    }

    private int whole(String column, String text) {
        double value = number(column, text);
        if (value != Math.rint(value) || Math.abs(value) > Integer.MAX_VALUE) {
            throw new IllegalArgumentException(problem(column, "a whole number", text));
        }
        return (int) value;
    }

    private double number(String column, String text) {
        double value;
        try {
            value = Double.parseDouble(text);
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException(problem(column, "a number", text), e);
        }
        if (!Double.isFinite(value)) {
            throw new IllegalArgumentException(problem(column, "a finite number", text));
        }
        return value;
    }

    private String problem(String column, String what, String text) {
        return "case " + Quoted.bare(columns.getOrDefault(NAME, "?")) + ": " + column + " must be " + what + ", got "
                + Quoted.of(text);
    }
}
