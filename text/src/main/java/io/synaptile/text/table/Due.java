/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.text.table;

import java.util.List;
import java.util.Set;

/**
 * What a table is expected to be.
 *
 * @param headers names of columns that a header must have: all of one of these sets. Empty for numbers, with a header or
 *     without
 * @param texts names of columns that hold no numbers
 * @param mostBytes largest size of the text, unpacked
 * @param packed whether the file may be packed with gzip
 * @param named whether numbers are followed by one cell that names what they belong to
 */
public record Due(List<Set<String>> headers, Set<String> texts, int mostBytes, boolean packed, boolean named) {
    public Due {
        headers = List.copyOf(headers);
        texts = Set.copyOf(texts);
    }

    /**
     * A table whose columns are found by name.
     *
     * @param mostBytes largest size of the text
     * @param columns in lower case and without unit, of which the header must name at least one
     */
    public static Due anyOf(int mostBytes, String... columns) {
        return new Due(List.of(columns).stream().map(Set::of).toList(), Set.of(), mostBytes, false, false);
    }

    /**
     * A table whose columns are found by name.
     *
     * @param mostBytes largest size of the text
     * @param columns in lower case and without unit, all of which the header must name
     */
    public static Due allOf(int mostBytes, String... columns) {
        return new Due(List.of(Set.of(columns)), Set.of(), mostBytes, false, false);
    }

    /**
     * Rows of numbers.
     *
     * @param mostBytes largest size of the text, unpacked
     */
    public static Due numbers(int mostBytes) {
        return new Due(List.of(), Set.of(), mostBytes, false, false);
    }

    /**
     * Rows of numbers whose last cell is a name, for example that of a class; it may be a number too.
     *
     * @param mostBytes largest size of the text, unpacked
     */
    public static Due namedNumbers(int mostBytes) {
        return new Due(List.of(), Set.of(), mostBytes, false, true);
    }

    /** The same, where some columns hold text. */
    public Due withTexts(String... columns) {
        return new Due(headers, Set.of(columns), mostBytes, packed, named);
    }

    /** The same, which may also be packed with gzip. */
    public Due orPacked() {
        return new Due(headers, texts, mostBytes, true, named);
    }

    /** Whether columns are found by name. */
    boolean hasHeader() {
        return !headers.isEmpty();
    }
}
