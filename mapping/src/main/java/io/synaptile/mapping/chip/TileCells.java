/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.mapping.chip;

import io.synaptile.devices.CellPlaces;
import io.synaptile.mapping.tile.LayerTiles;
import io.synaptile.mapping.tile.TileAssignment;

/**
 * The used cells of one tile, as a list: in the order row, output, column of the output, cell of the column, then row by row
 * those of the columns that the tile has once. It is the order in which cells are programmed and age.
 *
 * @param outputs that have columns on the tile, in the order of these
 */
record TileCells(LayerTiles tiles, TileAssignment part, int[] outputs) {
    TileCells(LayerTiles tiles, TileAssignment part) {
        this(tiles, part, tiles.outputsOn(part.array().rowTile(), part.array().columnTile()));
    }

    /** Where they stand on the tile. */
    CellPlaces.Array places() {
        return new CellPlaces.Array(
                part.rows(),
                part.outputs() * tiles.columnsPerWeight() + tiles.columnsPerTile(),
                tiles.columnsPerTile(),
                tiles.cellsPerColumn());
    }

    /** Cells of a row. */
    int perRow() {
        return ownPerRow() + tiles.columnsPerTile();
    }

    /** Of them those of outputs. */
    private int ownPerRow() {
        return part.outputs() * tiles.cellsPerWeight();
    }

    private int count() {
        return part.rows() * perRow();
    }

    private int row(int cell) {
        int late = cell - part.rows() * ownPerRow();
        return late < 0 ? cell / ownPerRow() : late / tiles.columnsPerTile();
    }

    /** Place of a cell within its row. */
    private int place(int cell) {
        int late = cell - part.rows() * ownPerRow();
        return late < 0 ? cell % ownPerRow() : ownPerRow() + late % tiles.columnsPerTile();
    }

    /** Plane of its layer; the second cells of pairs on one column have the second half of the planes of a weight. */
    private int plane(int place) {
        int late = place - ownPerRow();
        if (late >= 0) {
            return tiles.cellsPerWeight() + late;
        }
        int ofWeight = place % tiles.cellsPerWeight();
        return ofWeight / tiles.cellsPerColumn() + ofWeight % tiles.cellsPerColumn() * tiles.columnsPerWeight();
    }

    /** Index within its plane; that of the first output in columns that the tile has once. */
    private int index(int row, int place) {
        int output = place < ownPerRow() ? outputs[place / tiles.cellsPerWeight()] : outputs[0];
        return (part.firstRow() + row) * tiles.outputs() + output;
    }

    /** Takes the cells out of the planes {@code [plane][rows * outputs]} of their layer. */
    float[] gather(float[][] planes) {
        float[] cells = new float[count()];
        for (int i = 0; i < cells.length; i++) {
            cells[i] = planes[plane(place(i))][index(row(i), place(i))];
        }
        return cells;
    }

    /** The cells as they stand on the tile, {@code [rows, cells of a row]}. */
    float[] matrix(float[][] planes) {
        float[] matrix = new float[count()];
        for (int i = 0; i < matrix.length; i++) {
            int place = i % perRow();
            matrix[i] = planes[plane(place)][index(i / perRow(), place)];
        }
        return matrix;
    }

    /** The fault map of the cells as they stand on the tile, {@code [rows, cells of a row]}, out of that of their layer. */
    byte[] faultMatrix(byte[][] planes) {
        byte[] matrix = new byte[count()];
        for (int i = 0; i < matrix.length; i++) {
            int place = i % perRow();
            matrix[i] = planes[plane(place)][index(i / perRow(), place)];
        }
        return matrix;
    }

    /** Puts the cells into the planes of their layer; undoes {@link #gather}. */
    void scatter(float[] cells, float[][] planes) {
        for (int i = 0; i < cells.length; i++) {
            float[] plane = planes[plane(place(i))];
            if (place(i) < ownPerRow()) {
                plane[index(row(i), place(i))] = cells[i];
                continue;
            }
            for (int output : outputs) {
                plane[(part.firstRow() + row(i)) * tiles.outputs() + output] = cells[i];
            }
        }
    }

    /** Puts cells as they stand on the tile into the planes of their layer; undoes {@link #matrix}. */
    void scatterMatrix(float[] matrix, float[][] planes) {
        float[] cells = new float[matrix.length];
        for (int i = 0; i < cells.length; i++) {
            cells[i] = matrix[row(i) * perRow() + place(i)];
        }
        scatter(cells, planes);
    }

    /** Puts a fault map of the cells as they stand on the tile into that of their layer; undoes {@link #faultMatrix}. */
    void scatterFaultMatrix(byte[] matrix, byte[][] planes) {
        byte[] cells = new byte[matrix.length];
        for (int i = 0; i < cells.length; i++) {
            cells[i] = matrix[row(i) * perRow() + place(i)];
        }
        scatter(cells, planes);
    }

    /** Puts a fault map of the cells into that of their layer. */
    void scatter(byte[] faults, byte[][] planes) {
        for (int i = 0; i < faults.length; i++) {
            byte[] plane = planes[plane(place(i))];
            if (place(i) < ownPerRow()) {
                plane[index(row(i), place(i))] = faults[i];
                continue;
            }
            for (int output : outputs) {
                plane[(part.firstRow() + row(i)) * tiles.outputs() + output] = faults[i];
            }
        }
    }
}
