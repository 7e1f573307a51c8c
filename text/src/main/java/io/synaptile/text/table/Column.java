/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.text.table;

import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A column as the header names it.
 *
 * @param index from 0
 * @param title as written
 * @param name in lower case, without unit; spaces and hyphens are underscores
 * @param unit as written, empty where there is none
 */
public record Column(int index, String title, String name, String unit) {
    /** {@code mean (uS)}, {@code mean [uS]}, {@code mean / uS}. */
    private static final Pattern SET_APART =
            Pattern.compile("(?<name>.*?)\\s*[(\\[{/,]\\s*(?<unit>[^()\\[\\]{}]*?)\\s*[)\\]}]?");

    /** {@code mean_uS}, {@code mean uS}, {@code mean-uS}. */
    private static final Pattern LAST_WORD = Pattern.compile("(?<name>.*?)[_\\s-]+(?<unit>[^_\\s-]+)");

    /** Reads a cell of a header; what stands in brackets and is no unit stays part of the name. */
    static Column of(int index, String title) {
        for (Pattern form : List.of(SET_APART, LAST_WORD)) {
            Matcher parts = form.matcher(title);
            if (parts.matches() && Quantity.of(parts.group("unit")).isPresent()) {
                return new Column(index, title, name(parts.group("name")), parts.group("unit"));
            }
        }
        return new Column(index, title, name(title), Quantity.of(title).isPresent() ? title : "");
    }

    /** The {@link #name} of a column with a title. */
    public static String nameOf(String title) {
        return of(0, title).name();
    }

    /** With the unit of a line of units below the header. */
    Column in(String written) {
        String bare = written.replaceAll("^[(\\[{]\\s*|\\s*[)\\]}]$", "");
        return bare.isEmpty() ? this : new Column(index, title, name, bare);
    }

    private static String name(String text) {
        return text.strip().toLowerCase(Locale.ROOT).replaceAll("[\\s-]+", "_");
    }
}
