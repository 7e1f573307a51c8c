/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.devices.cost;

import java.util.List;
import java.util.OptionalInt;

/** Amounts that a table states at some word widths, at a width between or beyond them. */
final class ByWidth {
    /**
     * @param nearest place of the entry used, or of two between which was interpolated the one of the nearer width (the
     *     narrower of two equally near)
     */
    record Value(double amount, int nearest, Derivation derivation) {}

    private ByWidth() {}

    /**
     * The amount at one width: a single entry that states a width is proportional to it, one without is used as it is,
     * several lie on lines.
     *
     * @param widths of the entries, rising; several entries all state one
     * @param amounts as many
     */
    static Value of(List<OptionalInt> widths, double[] amounts, int bits) {
        if (amounts.length == 1) {
            OptionalInt stated = widths.getFirst();
            return stated.isEmpty() || stated.getAsInt() == bits
                    ? new Value(amounts[0], 0, Derivation.TABLE)
                    : new Value(amounts[0] * bits / stated.getAsInt(), 0, Derivation.PROPORTIONAL_TO_BITS);
        }
        int upper = 1;
        while (upper < amounts.length - 1 && widths.get(upper).orElseThrow() < bits) {
            upper++;
        }
        int narrow = widths.get(upper - 1).orElseThrow();
        int wide = widths.get(upper).orElseThrow();
        if (bits == narrow || bits == wide) {
            int at = bits == narrow ? upper - 1 : upper;
            return new Value(amounts[at], at, Derivation.TABLE);
        }
        double part = (double) (bits - narrow) / (wide - narrow);
        boolean inside = part > 0 && part < 1;
        return new Value(
                amounts[upper - 1] + part * (amounts[upper] - amounts[upper - 1]),
                part <= 0.5 ? upper - 1 : upper,
                inside ? Derivation.INTERPOLATED : Derivation.EXTRAPOLATED);
    }
}
