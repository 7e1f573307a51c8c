/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.devices.wire;

import io.synaptile.devices.SplitMix64Stream;
import io.synaptile.devices.validation.Checked;
import io.synaptile.devices.validation.ReferenceCase;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Recomputes rows of {@code validation_irdrop.csv}: reference currents of arrays with resistive wires.
 *
 * <p>A row holds the recipe of an array and the currents of one column without and with wires. Levels of cells are {@code
 * floor(u levels)} with u from the stream {@code seed}, row-major; a row is driven where u of the stream {@code seed + 1} is
 * below {@code spike_prob}; {@code G = Gmin + level / (levels - 1) (Gmax - Gmin)}.
 */
public final class IrDropCases {
    private static final double MICROAMPERES_PER_AMPERE = 1e6;
    /** Errors of one pass measured over arrays of all drops are 1.1 to 1.4 times the square of the drop. */
    private static final double ONE_PASS_FACTOR = 2;

    private final Map<Recipe, Currents> solved = new HashMap<>();

    /**
     * Currents of the exact solution and without wires, of every row.
     *
     * @throws IllegalArgumentException naming case and column of what is missing or malformed
     */
    public List<Checked> exact(List<ReferenceCase> rows) {
        List<Checked> checked = new ArrayList<>();
        for (ReferenceCase row : rows) {
            Currents currents = currents(row);
            int column = column(row);
            checked.add(Checked.number(row, "i_ideal_A", currents.ideal[column] / MICROAMPERES_PER_AMPERE));
            checked.add(Checked.number(row, "i_solved_A", currents.solved[column] / MICROAMPERES_PER_AMPERE));
        }
        return checked;
    }

    /**
     * Mean error of the one-pass approximation of every array, relative to the current of the file. It passes up to twice the
     * square of the mean relative drop, the order that one pass leaves out.
     *
     * @throws IllegalArgumentException as {@link #exact}
     */
    public List<Checked> onePass(List<ReferenceCase> rows) {
        Map<String, Deviation> deviations = new LinkedHashMap<>();
        for (ReferenceCase row : rows) {
            double ideal = row.number("i_ideal_A");
            double exact = row.number("i_solved_A");
            if (ideal != 0) {
                double once = currents(row).onePass[column(row)] / MICROAMPERES_PER_AMPERE;
                deviations
                        .computeIfAbsent(row.name(), _ -> new Deviation())
                        .add(Math.abs(once - exact) / exact, Math.abs(ideal - exact) / ideal);
            }
        }
        List<Checked> checked = new ArrayList<>();
        deviations.forEach((name, mean) -> checked.add(new Checked(
                name,
                "one-pass over exact current, mean deviation",
                1,
                1 + mean.error / mean.columns,
                ONE_PASS_FACTOR * Math.pow(mean.drop / mean.columns, 2),
                0)));
        return checked;
    }

    private static final class Deviation {
        private double error;
        private double drop;
        private int columns;

        void add(double columnError, double columnDrop) {
            error += columnError;
            drop += columnDrop;
            columns++;
        }
    }

    private Currents currents(ReferenceCase row) {
        try {
            return solved.computeIfAbsent(Recipe.of(row), Currents::of);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(
                    e.getMessage().startsWith("case ") ? e.getMessage() : "case " + row.name() + ": " + e.getMessage(),
                    e);
        }
    }

    private static int column(ReferenceCase row) {
        return whole(row, "column", 0, row.whole("cols") - 1);
    }

    /** An array by its recipe. */
    private record Recipe(
            Topology topology,
            int rows,
            int columns,
            long seed,
            double rOn,
            double rOff,
            int levels,
            double spikeProbability,
            double volts,
            double rowOhm,
            double columnOhm) {
        static Recipe of(ReferenceCase row) {
            return new Recipe(
                    topology(row.text("topology")),
                    whole(row, "rows", 1, 1 << 14),
                    whole(row, "cols", 1, 1 << 14),
                    (long) row.number("seed"),
                    positive(row, "r_on_ohm"),
                    positive(row, "r_off_ohm"),
                    whole(row, "levels", 2, 1 << 30),
                    row.number("spike_prob"),
                    row.number("v_read"),
                    row.number("r_row_ohm"),
                    row.number("r_col_ohm"));
        }

        private static Topology topology(String name) {
            return switch (name) {
                case "A" -> Topology.A;
                case "Z" -> Topology.Z;
                case "B" -> Topology.B;
                default ->
                    throw new IllegalArgumentException("topology must be A, Z or B, which have one cell, got " + name);
            };
        }

        CrossbarCells cells() {
            double high = 1 / rOn * WireModel.MICROSIEMENS_PER_SIEMENS;
            double low = 1 / rOff * WireModel.MICROSIEMENS_PER_SIEMENS;
            SplitMix64Stream stream = new SplitMix64Stream(seed);
            double[] cells = new double[rows * columns];
            for (int i = 0; i < cells.length; i++) {
                cells[i] = low + Math.floor(stream.nextUniform() * levels) / (levels - 1) * (high - low);
            }
            return CrossbarCells.single(rows, columns, cells);
        }

        double[] spikes() {
            SplitMix64Stream stream = new SplitMix64Stream(seed + 1);
            double[] spikes = new double[rows];
            for (int i = 0; i < rows; i++) {
                spikes[i] = stream.nextUniform() < spikeProbability ? 1 : 0;
            }
            return spikes;
        }
    }

    /** Currents of all columns of an array, uA. */
    private record Currents(double[] ideal, double[] solved, double[] onePass) {
        static Currents of(Recipe recipe) {
            CrossbarCells cells = recipe.cells();
            double[] spikes = recipe.spikes();
            WireModel wires = new WireModel(recipe.topology, recipe.rowOhm, recipe.columnOhm);
            WireModel none = new WireModel(recipe.topology, 0, 0);
            return new Currents(
                    none.currents(cells, spikes, recipe.volts),
                    wires.currents(cells, spikes, recipe.volts),
                    wires.onePassCurrents(cells, spikes, recipe.volts));
        }
    }

    private static double positive(ReferenceCase row, String name) {
        double value = row.number(name);
        if (!(value > 0)) {
            throw new IllegalArgumentException(
                    "case " + row.name() + ": " + name + " must be above 0, got " + row.text(name));
        }
        return value;
    }

    private static int whole(ReferenceCase row, String name, int least, int most) {
        int value = row.whole(name);
        if (value < least || value > most) {
            throw new IllegalArgumentException("case " + row.name() + ": " + name + " must be a whole number from "
                    + least + " to " + most + ", got " + row.text(name));
        }
        return value;
    }
}
