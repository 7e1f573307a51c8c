/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.mapping.chip;

import io.synaptile.devices.wire.CrossbarCells;
import io.synaptile.devices.wire.WireModel;
import io.synaptile.mapping.WireSpec;
import io.synaptile.mapping.codec.WeightCodec;
import io.synaptile.mapping.tile.LayerTiles;
import io.synaptile.mapping.tile.TileAssignment;
import io.synaptile.sim.compute.ColumnWires;
import java.util.Arrays;

/** What the wires of the arrays do to the cells of one layer. */
final class WiredTiles {
    private static final double SIEMENS_PER_MICROSIEMENS = 1e-6;

    private final WireSpec wires;
    private final LayerTiles tiles;
    private final float[][] conductances;

    /** @param conductances uS, {@code [planes][rows * outputs]} */
    WiredTiles(WireSpec wires, LayerTiles tiles, float[][] conductances) {
        this.wires = wires;
        this.tiles = tiles;
        this.conductances = conductances;
    }

    /**
     * Conductances of arrays without resistance that do the same, uS, in the layout of the cells. What a pair on one column
     * loses is taken from its positive cell.
     */
    float[][] matrix() {
        float[][] matrix = new float[conductances.length][];
        for (int p = 0; p < matrix.length; p++) {
            matrix[p] = conductances[p].clone();
        }
        // Arrays are independent, and those with row wires take most of a second each.
        tiles.assignments().parallelStream().forEach(part -> solve(part, matrix));
        return matrix;
    }

    private void solve(TileAssignment part, float[][] matrix) {
        ArrayColumns columns =
                ArrayColumns.of(tiles, part.array().rowTile(), part.array().columnTile());
        double[] cells = cells(columns, part, 0);
        double[] negative = tiles.pairsOnColumns() ? cells(columns, part, tiles.planes()) : null;
        double[] solved = solve(new CrossbarCells(part.rows(), columns.count(), cells, negative));
        for (int i = 0; i < cells.length; i++) {
            ArrayColumns.Column column = columns.columns().get(i % columns.count());
            int row = (part.firstRow() + i / columns.count()) * tiles.outputs();
            double positive = negative == null ? solved[i] : solved[i] + negative[i];
            for (int o : columns.served(column)) {
                matrix[column.plane()][row + o] = (float) positive;
            }
        }
    }

    /** Cells of an array, {@code [rows, columns]}, of the planes {@code firstPlane} on. */
    private double[] cells(ArrayColumns columns, TileAssignment part, int firstPlane) {
        float[][] planes = Arrays.copyOfRange(conductances, firstPlane, firstPlane + tiles.planes());
        float[] microsiemens = columns.cells(planes, tiles.outputs(), part.firstRow(), part.rows());
        double[] cells = new double[microsiemens.length];
        for (int i = 0; i < cells.length; i++) {
            cells[i] = microsiemens[i];
        }
        return cells;
    }

    private double[] solve(CrossbarCells cells) {
        WireModel model = wires.model();
        return switch (wires.solver()) {
            case EXACT -> model.transfer(cells);
            case ONE_PASS -> model.onePassTransfer(cells);
            case EFFECTIVE -> model.effective(cells, wires.activity());
        };
    }

    /**
     * Wires whose drops depend on the input.
     *
     * @param planes of the layer, digital ones at the end included
     */
    ColumnWires columns(int planes, WeightCodec codec) {
        double segment = wires.model().columnOhm();
        double sense = wires.model().senseOhm();
        double unit = segment > 0 ? segment : sense;
        float[][] load = new float[planes][];
        float[] offsets = new float[planes];
        for (int p = 0; p < tiles.planes(); p++) {
            load[p] = new float[conductances[p].length];
            for (int i = 0; i < load[p].length; i++) {
                double both = tiles.pairsOnColumns() ? conductances[p + tiles.planes()][i] : 0;
                load[p][i] = (float) ((conductances[p][i] + both) * SIEMENS_PER_MICROSIEMENS * unit);
            }
            // A pair without conductance is worth 0, as one of equal cells is.
            offsets[p] = tiles.pairsOnColumns() ? 0f : codec.cellValue(0f);
        }
        return new ColumnWires(load, offsets, wires.solver() == WireSpec.Solver.EXACT, (float) (segment / unit), (float)
                (sense / unit));
    }
}
