/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.sim.compute;

import java.util.Arrays;
import java.util.Objects;

/**
 * A weight matrix on crossbar arrays that are read and digitised one by one. For active row tile tau, step t and output o
 *
 * <pre>
 *   i_p  = sum over rows r of tau of x_r * values[p][r, o]  +  sqrt(sum of x_r^2 * variance[p][r, o]) * N(0, 1)
 *   y_o += gain[p] * convert(i_p), where columns have limits convert({@link ColumnLimits clamp}(i_p))
 * </pre>
 *
 * A tile with no active row is not read and adds nothing. Signed inputs are read in two phases, positive rows and negative
 * rows, each converted on its own, and the results subtracted; fractional (pooled) values scale their row.
 *
 * @param noise address of the read-noise stream
 */
public record LayerArrays(
        ArrayGrid grid,
        CellPlanes cells,
        Conversion conversion,
        ColumnCircuit circuit,
        RowCosts costs,
        SynapsePlan.NoiseKey noise) {
    public LayerArrays {
        Objects.requireNonNull(noise);
        cells.requireFit(grid.size());
        if (grid.shared().length != 0 && grid.shared().length != cells.count()) {
            throw new IllegalArgumentException(
                    "outputs of a column of " + grid.shared().length + " planes for " + cells.count() + " planes");
        }
        conversion.requireFit(grid, cells.count());
        circuit.requireFit(grid, cells.count());
        costs.requireFit(grid);
    }

    /** The same matrix on other arrays. */
    public LayerArrays with(ArrayGrid other) {
        return new LayerArrays(other, cells, conversion, circuit, costs, noise);
    }

    /** The same with other cells. */
    public LayerArrays with(CellPlanes other) {
        return new LayerArrays(grid, other, conversion, circuit, costs, noise);
    }

    /** The same with other converters. */
    public LayerArrays with(Conversion other) {
        return new LayerArrays(grid, cells, other, circuit, costs, noise);
    }

    /** The same with other columns. */
    public LayerArrays with(ColumnCircuit other) {
        return new LayerArrays(grid, cells, conversion, other, costs, noise);
    }

    /** The same, counted otherwise. */
    public LayerArrays with(RowCosts other) {
        return new LayerArrays(grid, cells, conversion, circuit, other, noise);
    }

    public int rows() {
        return grid.rows();
    }

    public int outputs() {
        return grid.outputs();
    }

    /**
     * Weights of the layer that count as operations where their input is not 0, those that no array has not among them.
     *
     * @return by row of the layer's matrix, {@code [matrix rows, outputs]}; a new array
     */
    public boolean[] operations() {
        int outputs = grid.outputs();
        boolean[] operations = new boolean[grid.matrixRows() * outputs];
        for (int tile = 0; tile < grid.rowTiles(); tile++) {
            int[] first = grid.noiseOf(tile, 0);
            for (int row = grid.firstRow(tile); row < Math.min(grid.endRow(tile), grid.inputRows()); row++) {
                int at = grid.pattern().isPresent() ? grid.pattern().get().source()[row] : row;
                for (int o = 0; o < outputs; o++) {
                    operations[at * outputs + o] = first[o] >= 0 && cells.isNonZero(row * outputs + o);
                }
            }
        }
        return operations;
    }

    /** Whether others are a copy: they differ in cells, single converters and loads alone. */
    boolean alike(LayerArrays other) {
        return grid.alike(other.grid)
                && Arrays.equals(cells.gain(), other.cells.gain())
                && conversion.errors().isPresent() == other.conversion.errors().isPresent()
                && conversion.missesCodes() == other.conversion.missesCodes()
                && circuit.alike(other.circuit);
    }
}
