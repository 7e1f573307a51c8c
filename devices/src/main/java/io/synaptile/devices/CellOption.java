/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.devices;

import java.util.List;

/**
 * What a user should know about one option of a cell, converter or array read-out.
 *
 * @param name as in {@link ModelProvider#options()}
 * @param unit of its value; empty for words and plain numbers
 * @param otherwise value where the option is absent, as it would be written; empty where there is none
 * @param allowed values, in words or as an interval; empty if not said
 * @param meaning one line; empty if not said
 * @param source where model or default are from; empty if they are nobody's in particular
 */
public record CellOption(String name, String unit, String otherwise, String allowed, String meaning, String source) {

    private static final int FIELDS = 6;

    /**
     * Options written as a table: a line for each, the fields separated by {@code |}, empty fields at the end left out.
     *
     * @throws IllegalArgumentException if a line has more fields than there are
     */
    public static List<CellOption> table(String lines) {
        return lines.lines().map(CellOption::row).toList();
    }

    private static CellOption row(String line) {
        String[] given = line.split("\\|", -1);
        if (given.length > FIELDS) {
            throw new IllegalArgumentException(given.length + " fields of an option: " + line);
        }
        String[] fields = new String[FIELDS];
        for (int i = 0; i < FIELDS; i++) {
            fields[i] = i < given.length ? given[i].strip() : "";
        }
        return new CellOption(fields[0], fields[1], fields[2], fields[3], fields[4], fields[5]);
    }

    /** An option of which only the name is known. */
    public static CellOption named(String name) {
        return new CellOption(name, "", "", "", "", "");
    }

    /** An option without a source. */
    public CellOption(String name, String unit, String otherwise, String allowed, String meaning) {
        this(name, unit, otherwise, allowed, meaning, "");
    }
}
