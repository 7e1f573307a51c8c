/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.devices.wire;

import io.synaptile.devices.SplitMix64Stream;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Recomputes files of reference currents of arrays with resistive wires.
 *
 * <p>A line holds the recipe of an array and the currents of one column without and with wires. Levels of cells are
 * {@code floor(u levels)} with u from the stream {@code seed}, row-major; a row is driven where u of the stream
 * {@code seed + 1} is below {@code spike_prob}; {@code G = Gmin + level / (levels - 1) (Gmax - Gmin)}.
 */
public final class IrDropCases {
    private static final String HEADER = "case,topology,rows,cols,seed,r_on_ohm,r_off_ohm,levels,spike_prob,v_read,"
            + "r_row_ohm,r_col_ohm,column,i_ideal_A,i_solved_A";
    private static final int FIELDS = HEADER.split(",").length;
    private static final double MICROAMPERES_PER_AMPERE = 1e6;

    private IrDropCases() {}

    /**
     * One line, expected and recomputed; currents in ampere.
     *
     * @param name of the array
     * @param ideal current without wires
     * @param solved current of the exact solution
     */
    public record Line(
            String name,
            Topology topology,
            int column,
            double expectedIdeal,
            double ideal,
            double expectedSolved,
            double solved) {
        /** The larger of the relative errors of both currents; NaN if a recomputed current is. */
        public double relativeError() {
            return Math.max(relative(ideal, expectedIdeal), relative(solved, expectedSolved));
        }

        private static double relative(double value, double expected) {
            return value == expected ? 0 : Math.abs(value - expected) / Math.abs(expected);
        }
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
        static Recipe of(String[] field) {
            return new Recipe(
                    topology(field[1]),
                    whole("rows", field[2], 1, 1 << 14),
                    whole("cols", field[3], 1, 1 << 14),
                    Long.parseLong(field[4]),
                    positive("r_on_ohm", field[5]),
                    positive("r_off_ohm", field[6]),
                    whole("levels", field[7], 2, 1 << 30),
                    number("spike_prob", field[8]),
                    number("v_read", field[9]),
                    number("r_row_ohm", field[10]),
                    number("r_col_ohm", field[11]));
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
                cells[i] = low + Math.floor(stream.uniform() * levels) / (levels - 1) * (high - low);
            }
            return CrossbarCells.single(rows, columns, cells);
        }

        double[] spikes() {
            SplitMix64Stream stream = new SplitMix64Stream(seed + 1);
            double[] spikes = new double[rows];
            for (int i = 0; i < rows; i++) {
                spikes[i] = stream.uniform() < spikeProbability ? 1 : 0;
            }
            return spikes;
        }
    }

    /** Currents of all columns of an array, uA. */
    private record Currents(double[] ideal, double[] solved) {
        static Currents of(Recipe recipe) {
            CrossbarCells cells = recipe.cells();
            double[] spikes = recipe.spikes();
            WireModel wires = new WireModel(recipe.topology, recipe.rowOhm, recipe.columnOhm);
            WireModel none = new WireModel(recipe.topology, 0, 0);
            return new Currents(
                    none.currents(cells, spikes, recipe.volts), wires.currents(cells, spikes, recipe.volts));
        }
    }

    /**
     * Recomputes every line of a file.
     *
     * @param origin file, for messages
     * @throws IllegalArgumentException with origin and line for the first malformed line
     */
    public static List<Line> recompute(String origin, String text) {
        List<Line> lines = new ArrayList<>();
        Map<Recipe, Currents> solved = new HashMap<>();
        int number = 0;
        for (String line : text.split("\\R")) {
            number++;
            try {
                if (number == 1) {
                    require(line.equals(HEADER), "the header must be " + HEADER);
                } else if (!line.isBlank()) {
                    lines.add(line(line.split(",", -1), solved));
                }
            } catch (IllegalArgumentException e) {
                throw new IllegalArgumentException(origin + ":" + number + ": " + e.getMessage(), e);
            }
        }
        return lines;
    }

    private static Line line(String[] field, Map<Recipe, Currents> solved) {
        require(field.length == FIELDS, "expected " + FIELDS + " fields, got " + field.length);
        Recipe recipe = Recipe.of(field);
        int column = whole("column", field[12], 0, recipe.columns - 1);
        Currents currents = solved.computeIfAbsent(recipe, Currents::of);
        return new Line(
                field[0],
                recipe.topology,
                column,
                number("i_ideal_A", field[13]),
                currents.ideal[column] / MICROAMPERES_PER_AMPERE,
                number("i_solved_A", field[14]),
                currents.solved[column] / MICROAMPERES_PER_AMPERE);
    }

    private static void require(boolean holds, String message) {
        if (!holds) {
            throw new IllegalArgumentException(message);
        }
    }

    private static double number(String name, String text) {
        try {
            double value = Double.parseDouble(text);
            require(Double.isFinite(value), name + " must be finite, got " + text);
            return value;
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException(name + " must be a number, got '" + text + "'", e);
        }
    }

    private static double positive(String name, String text) {
        double value = number(name, text);
        require(value > 0, name + " must be above 0, got " + text);
        return value;
    }

    private static int whole(String name, String text, int least, int most) {
        double value = number(name, text);
        require(
                value == Math.rint(value) && value >= least && value <= most,
                name + " must be a whole number from " + least + " to " + most + ", got " + text);
        return (int) value;
    }
}
