/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.devices.table;

import io.synaptile.text.message.Quoted;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/**
 * How a table writes distributions: one per row, as a mean and a standard deviation or as quantiles.
 *
 * <p>Both are kept as values at fixed standard normals z, straight in between and beyond, as on normal probability paper: a
 * mean and a deviation are the values at 0 and 1, the quantile of p that at the normal quantile of p. So one normal per cell
 * draws from either, and quantiles of a normal distribution give that distribution back.
 */
final class Spreads {
    /** One siemens is no memory cell. */
    private static final double LARGEST = 1e6;

    private static final String QUANTILE = "q[0-9]+(\\.[0-9]+)?";

    /** One uS is a megohm. */
    private static final double OHM_MICROSIEMENS = 1e6;

    private final TableText text;
    private final List<String> columns;
    private final double[] z;
    private final boolean quantiles;
    private final boolean resistances;

    /**
     * Finds the columns of conductances. Quantiles may be those of resistances: that of p % is the conductance at 100 - p %.
     *
     * @param mean name of the column of means
     * @param deviation name of the column of standard deviations
     * @param others columns that are something else
     */
    static Spreads ofConductances(TableText text, String mean, String deviation, List<String> others) {
        return new Spreads(text, mean, deviation, others, true);
    }

    /** As {@link #ofConductances}, for changes of conductance. */
    static Spreads ofChanges(TableText text, String mean, String deviation, List<String> others) {
        return new Spreads(text, mean, deviation, others, false);
    }

    private Spreads(TableText text, String mean, String deviation, List<String> others, boolean invertible) {
        this.text = text;
        List<String> rest = new ArrayList<>(text.names());
        rest.removeAll(others);
        quantiles = rest.stream().anyMatch(name -> name.matches(QUANTILE));
        String wanted = "besides " + String.join(", ", others) + " the columns must be " + mean + " and " + deviation
                + " or at least two quantiles such as q05, q50, q95, got " + String.join(", ", rest);
        if (quantiles) {
            if (rest.size() < 2 || !rest.stream().allMatch(name -> name.matches(QUANTILE))) {
                throw text.problem(wanted);
            }
            resistances = rest.stream().anyMatch(text::isResistance);
            refuseResistances(rest, invertible && rest.stream().allMatch(text::isResistance));
            rest.sort(Comparator.comparingDouble(this::percent));
            z = rest.stream().mapToDouble(this::normal).toArray();
        } else {
            if (rest.size() != 2 || !rest.contains(mean) || !rest.contains(deviation)) {
                throw text.problem(wanted);
            }
            rest = List.of(mean, deviation);
            resistances = false;
            refuseResistances(rest, false);
            z = new double[] {0, 1};
        }
        columns = rest;
    }

    private void refuseResistances(List<String> names, boolean allowed) {
        names.stream()
                .filter(text::isResistance)
                .filter(_ -> !allowed)
                .findFirst()
                .ifPresent(name -> {
                    throw text.problem("column " + Quoted.of(text.title(name)) + " is a resistance; "
                            + (quantiles
                                    ? "either all quantiles of states are, or none"
                                    : "mean and deviation of a conductance do not follow from those of a resistance, but quantiles"
                                            + " such as q05, q50, q95 do"));
                });
    }

    /** Part of the conductances below, as the column's name has it for these or for resistances. */
    private double percent(String name) {
        double percent = Double.parseDouble(name.substring(1));
        return resistances ? 100 - percent : percent;
    }

    private double normal(String name) {
        double percent = percent(name);
        if (!(percent > 0 && percent < 100)) {
            throw text.problem("column " + Quoted.of(name) + ": a quantile lies above 0 and below 100 %");
        }
        return NormalQuantile.of(percent / 100);
    }

    /** The values at every z of one row. */
    double[] of(TableText.Row row) {
        double[] values =
                columns.stream().mapToDouble(name -> conductance(row, name)).toArray();
        if (!quantiles) {
            if (values[1] < 0) {
                throw row.problem(columns.get(1) + " must be at least 0, got " + values[1]);
            }
            values[1] += values[0];
        }
        for (int i = 0; i < values.length; i++) {
            if (Math.abs(values[i]) > LARGEST) {
                throw row.problem(columns.get(i) + " must be at most " + LARGEST + " uS, got " + values[i]);
            }
            if (i > 0 && values[i] < values[i - 1]) {
                throw row.problem(columns.get(i) + " must be at least " + columns.get(i - 1) + ", got " + values[i]
                        + " and " + values[i - 1]);
            }
        }
        return values;
    }

    private double conductance(TableText.Row row, String name) {
        double value = row.get(name);
        if (resistances && !(value > 0)) {
            throw row.problem(name + " must be a resistance above 0 ohm, got " + value);
        }
        return resistances ? OHM_MICROSIEMENS / value : value;
    }

    /** The z that the values of every row belong to, ascending. */
    double[] normals() {
        return z;
    }

    /** The value of a row at any z. */
    static double at(double[] z, double[] values, double normal) {
        int right = Arrays.binarySearch(z, normal);
        right = Math.clamp(right < 0 ? -right - 1 : right, 1, z.length - 1);
        double part = (normal - z[right - 1]) / (z[right] - z[right - 1]);
        return values[right - 1] + part * (values[right] - values[right - 1]);
    }
}
