/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.text.table;

import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/** What a cell looks like. */
enum CellKind {
    /** Digits without a mark: the same number in every notation. */
    WHOLE,
    /** A number with a decimal point, or one that is too long for a group of thousands. */
    POINT,
    /** A number with a decimal comma that cannot be read otherwise. */
    COMMA,
    /** One comma before three digits: a decimal comma, or a mark of thousands. */
    COMMA_OR_THOUSANDS,
    /** Marks of thousands, without doubt. */
    THOUSANDS,
    /** No value: empty, NaN, a dash. */
    MISSING,
    /** A value out of reach: open, overload, infinite. */
    OPEN,
    TEXT;

    private static final String EXPONENT = "([eE][+-]?\\d{1,4})?";
    private static final Pattern WHOLE_NUMBER = Pattern.compile("[+-]?\\d+" + EXPONENT);
    private static final Pattern WITH_POINT = Pattern.compile("[+-]?(\\d+\\.\\d*|\\.\\d+)" + EXPONENT);
    private static final Pattern WITH_COMMA = Pattern.compile("[+-]?\\d+,\\d+" + EXPONENT);
    private static final Pattern ONE_GROUP = Pattern.compile("[+-]?[1-9]\\d{0,2},\\d{3}");
    private static final Pattern GROUPS =
            Pattern.compile("[+-]?\\d{1,3}((,\\d{3}){2,}|(,\\d{3})+\\.\\d*|(\\.\\d{3}){2,}|(\\.\\d{3})+,\\d*)");
    private static final Set<String> MISSING_WORDS =
            Set.of("", "-", "--", "nan", "na", "n/a", "#n/a", "#nv", "null", "none", "1.#qnan", "1.#ind", "-1.#ind");
    private static final Set<String> OPEN_WORDS = Set.of(
            "open",
            "ol",
            "o.l",
            "o.l.",
            "0l",
            "ovl",
            "ovld",
            "ovrld",
            "overload",
            "overflow",
            "over",
            "inf",
            "+inf",
            "-inf",
            "infinity",
            "+infinity",
            "-infinity",
            "\u221e",
            "1.#inf",
            "-1.#inf");
    /** Most characters of a number, which needs 25; patterns of repeated groups descend into themselves. */
    private static final int LONGEST_NUMBER = 400;

    /** Most letters of such a word. */
    private static final int LONGEST_WORD = 9;

    /** Infinite and not a number as instruments send them; IEEE 488.2 and SCPI-99, 7.2.1.4 and 7.2.1.5. */
    private static final double SCPI_INFINITE = 9.9e37;

    private static final double SCPI_NOT_A_NUMBER = 9.91e37;

    static CellKind of(String cell) {
        if (cell.length() > LONGEST_NUMBER) {
            return TEXT;
        } else if (WHOLE_NUMBER.matcher(cell).matches()) {
            return scpi(cell, WHOLE);
        } else if (WITH_POINT.matcher(cell).matches()) {
            return scpi(cell, POINT);
        } else if (ONE_GROUP.matcher(cell).matches()) {
            return COMMA_OR_THOUSANDS;
        } else if (WITH_COMMA.matcher(cell).matches()) {
            return scpi(cell, COMMA);
        } else if (GROUPS.matcher(cell).matches()) {
            return THOUSANDS;
        } else if (cell.length() <= LONGEST_WORD) {
            String word = cell.toLowerCase(Locale.ROOT);
            return MISSING_WORDS.contains(word) ? MISSING : OPEN_WORDS.contains(word) ? OPEN : TEXT;
        }
        return TEXT;
    }

    private static CellKind scpi(String cell, CellKind otherwise) {
        if (!cell.endsWith("37")) {
            return otherwise;
        }
        double value = Math.abs(Double.parseDouble(cell.replace(',', '.')));
        return value == SCPI_INFINITE ? OPEN : value == SCPI_NOT_A_NUMBER ? MISSING : otherwise;
    }

    boolean isNumber() {
        return switch (this) {
            case WHOLE, POINT, COMMA, COMMA_OR_THOUSANDS, THOUSANDS -> true;
            case MISSING, OPEN, TEXT -> false;
        };
    }
}
