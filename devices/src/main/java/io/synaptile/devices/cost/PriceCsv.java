/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.devices.cost;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.function.Function;

/** The file format of price tables: strict CSV with a fixed header, quoted fields allowed, # comments. */
final class PriceCsv {
    private PriceCsv() {}

    /**
     * Reads the lines of a table.
     *
     * @param origin file or resource, for messages
     * @param header names of the columns, parted by commas
     * @param entry makes an entry of the fields of one line, as many as the header has
     * @throws IllegalArgumentException with origin and line for the first malformed line
     */
    static <E> List<E> parse(String origin, String text, String header, Function<List<String>, E> entry) {
        List<E> entries = new ArrayList<>();
        int expected = header.split(",").length;
        boolean headerSeen = false;
        int number = 0;
        for (String line : text.split("\\R")) {
            number++;
            if (line.isBlank() || line.startsWith("#")) {
                continue;
            }
            try {
                if (headerSeen) {
                    List<String> fields = fields(line);
                    if (fields.size() != expected) {
                        throw new IllegalArgumentException("expected " + expected + " fields, got " + fields.size());
                    }
                    entries.add(entry.apply(fields));
                } else if (line.equals(header)) {
                    headerSeen = true;
                } else {
                    throw new IllegalArgumentException("the header must be " + header);
                }
            } catch (IllegalArgumentException e) {
                throw new IllegalArgumentException(origin + ":" + number + ": " + e.getMessage(), e);
            }
        }
        return entries;
    }

    static double number(String column, String text) {
        try {
            return Double.parseDouble(text);
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException(column + " must be a number, got '" + text + "'", e);
        }
    }

    static OptionalInt whole(String column, String text) {
        if (text.isEmpty()) {
            return OptionalInt.empty();
        }
        try {
            return OptionalInt.of(Integer.parseInt(text));
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException(column + " must be a whole number or blank, got '" + text + "'", e);
        }
    }

    static boolean yesOrNo(String column, String text) {
        return switch (text) {
            case "yes" -> true;
            case "no" -> false;
            default -> throw new IllegalArgumentException(column + " must be yes or no, got '" + text + "'");
        };
    }

    /** Splits one line at commas; a field that begins with a double quote ends at the next one not doubled. */
    private static List<String> fields(String line) {
        List<String> fields = new ArrayList<>();
        StringBuilder field = new StringBuilder();
        boolean quoted = false;
        for (int i = 0; i < line.length(); i++) {
            char c = line.charAt(i);
            if (quoted && c == '"' && i + 1 < line.length() && line.charAt(i + 1) == '"') {
                field.append(c);
                i++;
            } else if (c == '"' && (quoted || field.isEmpty())) {
                quoted = !quoted;
            } else if (c == ',' && !quoted) {
                fields.add(field.toString());
                field.setLength(0);
            } else {
                field.append(c);
            }
        }
        if (quoted) {
            throw new IllegalArgumentException("a quoted field does not end");
        }
        fields.add(field.toString());
        return fields;
    }
}
