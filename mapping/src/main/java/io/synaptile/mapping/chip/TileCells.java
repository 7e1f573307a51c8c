/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.mapping.chip;

import io.synaptile.devices.CellPlaces;
import io.synaptile.mapping.tile.LayerTiles;
import io.synaptile.mapping.tile.TileAssignment;
import java.util.Arrays;

/**
 * The used cells of one tile, as a list: in the order row, output, column of the output, then row by row those of the columns
 * that the tile has once. It is the order in which cells are programmed and age.
 */
record TileCells(LayerTiles tiles, TileAssignment part) {
    /** Where they stand on the tile. */
    CellPlaces.Array places() {
        return new CellPlaces.Array(part.rows(), ownColumns() + tiles.columnsPerTile(), tiles.columnsPerTile());
    }

    private int ownColumns() {
        return part.outputs() * tiles.columnsPerWeight();
    }

    /** Plane of its layer that a column belongs to. */
    private int plane(int column) {
        int late = column - ownColumns();
        return late < 0 ? column % tiles.columnsPerWeight() : tiles.columnsPerWeight() + late;
    }

    /** Index within its plane of the cell at a place; the one of the first output in columns that the tile has once. */
    private int index(int row, int column) {
        int output = column < ownColumns() ? column / tiles.columnsPerWeight() : 0;
        return (part.firstRow() + row) * tiles.outputs() + part.firstOutput() + output;
    }

    /** Takes the cells out of the planes {@code [plane][rows * outputs]} of their layer. */
    float[] gather(float[][] planes) {
        CellPlaces.Array places = places();
        float[] cells = new float[places.cells()];
        for (int i = 0; i < cells.length; i++) {
            int column = places.column(i);
            cells[i] = planes[plane(column)][index(places.row(i), column)];
        }
        return cells;
    }

    /** The cells as they stand on the tile, {@code [rows, columns]}. */
    float[] matrix(float[][] planes) {
        CellPlaces.Array places = places();
        float[] matrix = new float[places.cells()];
        for (int i = 0; i < matrix.length; i++) {
            int column = i % places.columns();
            matrix[i] = planes[plane(column)][index(i / places.columns(), column)];
        }
        return matrix;
    }

    /** The fault map of the cells as they stand on the tile, {@code [rows, columns]}, out of that of their layer. */
    byte[] faultMatrix(byte[][] planes) {
        CellPlaces.Array places = places();
        byte[] matrix = new byte[places.cells()];
        for (int i = 0; i < matrix.length; i++) {
            int column = i % places.columns();
            matrix[i] = planes[plane(column)][index(i / places.columns(), column)];
        }
        return matrix;
    }

    /** Puts the cells into the planes of their layer; undoes {@link #gather}. */
    void scatter(float[] cells, float[][] planes) {
        CellPlaces.Array places = places();
        for (int i = 0; i < cells.length; i++) {
            int column = places.column(i);
            int first = index(places.row(i), column);
            Arrays.fill(planes[plane(column)], first, first + outputsAt(column), cells[i]);
        }
    }

    /** Puts a fault map of the cells into that of their layer. */
    void scatter(byte[] faults, byte[][] planes) {
        CellPlaces.Array places = places();
        for (int i = 0; i < faults.length; i++) {
            int column = places.column(i);
            int first = index(places.row(i), column);
            Arrays.fill(planes[plane(column)], first, first + outputsAt(column), faults[i]);
        }
    }

    /** Outputs that a column belongs to. */
    private int outputsAt(int column) {
        return column < ownColumns() ? 1 : part.outputs();
    }
}
