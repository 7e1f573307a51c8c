/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.reports.table;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.text.DecimalFormat;
import java.text.DecimalFormatSymbols;
import java.util.Locale;
import java.util.regex.Pattern;

/** Numbers as text, the same under every locale. */
public final class Numbers {
    private static final int READABLE_DIGITS = 4;
    private static final Pattern DECIMAL = Pattern.compile("-?[0-9]+(\\.[0-9]+)?(E-?[0-9]+)?");
    /** Sums and products of values up to it are finite. */
    private static final double LARGEST = 1e100;

    private Numbers() {}

    /**
     * The shortest decimal that reads back as the same double, without exponent between 1e-9 and 1e15; empty for NaN.
     *
     * @throws IllegalArgumentException if the value is infinite
     */
    public static String exact(double value) {
        if (Double.isNaN(value)) {
            return "";
        }
        if (Double.isInfinite(value)) {
            throw new IllegalArgumentException("an infinite value cannot be reported");
        }
        double magnitude = Math.abs(value);
        if (magnitude == 0) {
            return "0";
        }
        if (magnitude < 1e-9 || magnitude >= 1e15) {
            return Double.toString(value);
        }
        return new BigDecimal(Double.toString(value)).stripTrailingZeros().toPlainString();
    }

    /**
     * A decimal as {@link #exact} writes it; NaN for an empty text.
     *
     * @throws IllegalArgumentException if the text is something else, or larger than any quantity
     */
    public static double parse(String text) {
        if (text.isEmpty()) {
            return Double.NaN;
        }
        if (!DECIMAL.matcher(text).matches()) {
            throw new IllegalArgumentException("'" + text + "' is no number");
        }
        double value = Double.parseDouble(text);
        if (Math.abs(value) > LARGEST) {
            throw new IllegalArgumentException("'" + text + "' is larger than any quantity");
        }
        return value;
    }

    /** Four significant digits with grouped thousands, a hyphen for NaN; for people, not for scripts. */
    public static String readable(double value) {
        if (Double.isNaN(value) || Double.isInfinite(value)) {
            return "-";
        }
        double magnitude = Math.abs(value);
        if (magnitude != 0 && (magnitude < 1e-4 || magnitude >= 1e12)) {
            return String.format(Locale.ROOT, "%.3e", value);
        }
        BigDecimal rounded = magnitude >= 1000
                ? new BigDecimal(value).setScale(0, RoundingMode.HALF_EVEN)
                : new BigDecimal(value).round(new MathContext(READABLE_DIGITS, RoundingMode.HALF_EVEN));
        DecimalFormatSymbols symbols = DecimalFormatSymbols.getInstance(Locale.ROOT);
        symbols.setGroupingSeparator('\u202f');
        DecimalFormat format = new DecimalFormat("#,##0.########", symbols);
        return format.format(rounded);
    }

    /** A fixed number of decimals, so that a column of values lines up; a hyphen for NaN. */
    public static String fixed(double value, int decimals) {
        return Double.isNaN(value) || Double.isInfinite(value)
                ? "-"
                : String.format(Locale.ROOT, "%." + decimals + "f", value);
    }
}
