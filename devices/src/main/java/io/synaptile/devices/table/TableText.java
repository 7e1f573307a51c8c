/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.devices.table;

import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A comma-separated file of numbers with a header. Lines that are empty or begin with {@code #} are skipped. A unit is written
 * behind the name of a column, {@code mean_nS}; numbers are handed out in uS and s, which are also meant where no unit is
 * written.
 */
final class TableText {
    private static final long LARGEST_BYTES = 1 << 22;
    private static final Map<String, Double> UNITS = Map.of("S", 1e6, "mS", 1e3, "uS", 1.0, "nS", 1e-3, "s", 1.0);

    private final String place;
    private final List<String> names = new ArrayList<>();
    private final List<Double> factors = new ArrayList<>();
    private final List<Row> rows = new ArrayList<>();

    /** Numbers of one line, in uS and s, by the name of their column without the unit. */
    record Row(int line, Map<String, Double> values) {
        double get(String column) {
            return values.get(column);
        }
    }

    /**
     * Reads a file.
     *
     * @param option that named it, for messages
     * @throws IllegalArgumentException naming option, file and line
     */
    TableText(String option, Path file) {
        this.place = option + ": " + file;
        List<String> lines = lines(file);
        for (int i = 0; i < lines.size(); i++) {
            String line = lines.get(i).strip();
            if (!line.isEmpty() && line.charAt(0) != '#') {
                String[] fields =
                        Arrays.stream(line.split(",", -1)).map(String::strip).toArray(String[]::new);
                if (names.isEmpty()) {
                    header(fields, i + 1);
                } else {
                    rows.add(row(fields, i + 1));
                }
            }
        }
        if (rows.isEmpty()) {
            throw new IllegalArgumentException(place + " has no rows below a header");
        }
    }

    private List<String> lines(Path file) {
        try {
            if (!Files.isRegularFile(file)) {
                throw new IllegalArgumentException(place + ": no such file");
            }
            if (Files.size(file) > LARGEST_BYTES) {
                throw new IllegalArgumentException(place + " has more than " + LARGEST_BYTES + " bytes");
            }
            return Files.readAllLines(file, StandardCharsets.UTF_8);
        } catch (CharacterCodingException e) {
            throw new IllegalArgumentException(place + " is not a text file in UTF-8", e);
        } catch (IOException e) {
            throw new IllegalArgumentException(place + " cannot be read: " + e.getMessage(), e);
        }
    }

    private void header(String[] fields, int line) {
        for (String field : fields) {
            int unit = field.lastIndexOf('_');
            Double factor = unit < 0 ? Double.valueOf(1) : UNITS.get(field.substring(unit + 1));
            if (factor == null) {
                throw problem(
                        line,
                        "column '" + field + "' has the unit '" + field.substring(unit + 1)
                                + "'; conductances are in S, mS, uS or nS, times in s");
            }
            String name = unit < 0 ? field : field.substring(0, unit);
            if (names.contains(name)) {
                throw problem(line, "column '" + name + "' is there twice");
            }
            names.add(name);
            factors.add(factor);
        }
    }

    private Row row(String[] fields, int line) {
        if (fields.length != names.size()) {
            throw problem(line, fields.length + " values under " + names.size() + " columns");
        }
        Map<String, Double> values = new HashMap<>();
        for (int i = 0; i < fields.length; i++) {
            double value;
            try {
                value = Double.parseDouble(fields[i]) * factors.get(i);
            } catch (NumberFormatException e) {
                throw new IllegalArgumentException(
                        at(line) + names.get(i) + " must be a number, got '" + fields[i] + "'", e);
            }
            if (Double.isNaN(value) || Double.isInfinite(value)) {
                throw problem(line, names.get(i) + " must be finite, got " + fields[i]);
            }
            values.put(names.get(i), value);
        }
        return new Row(line, values);
    }

    List<String> names() {
        return names;
    }

    List<Row> rows() {
        return rows;
    }

    /** Line of the header, for what is wrong with the table as a whole. */
    IllegalArgumentException problem(String message) {
        return new IllegalArgumentException(place + ": " + message);
    }

    IllegalArgumentException problem(int line, String message) {
        return new IllegalArgumentException(at(line) + message);
    }

    private String at(int line) {
        return place + ", line " + line + ": ";
    }
}
