/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.devices.cost;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;

/** The file format of energy tables: strict CSV with a fixed header, quoted fields allowed, # comments. */
final class EnergyTableCsv {
    private static final String HEADER = "event,energy_pJ,per,node_nm,precision_bits,scaled,source,note";
    private static final int FIELDS = HEADER.split(",").length;

    private EnergyTableCsv() {}

    /**
     * Reads a table.
     *
     * @param origin file or resource, for messages
     * @throws IllegalArgumentException with origin and line for the first malformed line
     */
    static EnergyTable parse(String name, String origin, String text) {
        List<EnergyEntry> entries = new ArrayList<>();
        boolean headerSeen = false;
        int number = 0;
        for (String line : text.split("\\R")) {
            number++;
            if (line.isBlank() || line.startsWith("#")) {
                continue;
            }
            try {
                if (headerSeen) {
                    entries.add(entry(fields(line)));
                } else if (line.equals(HEADER)) {
                    headerSeen = true;
                } else {
                    throw new IllegalArgumentException("the header must be " + HEADER);
                }
            } catch (IllegalArgumentException e) {
                throw new IllegalArgumentException(origin + ":" + number + ": " + e.getMessage(), e);
            }
        }
        if (entries.isEmpty()) {
            throw new IllegalArgumentException(origin + ": no energy entry found");
        }
        return new EnergyTable(name, entries);
    }

    private static EnergyEntry entry(List<String> fields) {
        if (fields.size() != FIELDS) {
            throw new IllegalArgumentException("expected " + FIELDS + " fields, got " + fields.size());
        }
        return new EnergyEntry(
                EnergyEvent.ofKey(fields.get(0)),
                number("energy_pJ", fields.get(1)),
                fields.get(2).isEmpty() ? 1 : number("per", fields.get(2)),
                whole("node_nm", fields.get(3)),
                whole("precision_bits", fields.get(4)),
                yesOrNo("scaled", fields.get(5)),
                fields.get(6),
                fields.get(7));
    }

    private static double number(String column, String text) {
        try {
            return Double.parseDouble(text);
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException(column + " must be a number, got '" + text + "'", e);
        }
    }

    private static OptionalInt whole(String column, String text) {
        if (text.isEmpty()) {
            return OptionalInt.empty();
        }
        try {
            return OptionalInt.of(Integer.parseInt(text));
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException(column + " must be a whole number or blank, got '" + text + "'", e);
        }
    }

    private static boolean yesOrNo(String column, String text) {
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
