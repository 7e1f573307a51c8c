/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.mapping.chip;

import io.synaptile.mapping.tile.LayerTiles;
import io.synaptile.mapping.tile.TileAssignment;
import java.util.Arrays;

/**
 * The used cells of one tile, as a list: in the order row, output, column of the output, cell of the column, then row by row
 * those of the columns that the tile has once. It is the order in which cells are programmed and age.
 */
record TileCells(LayerTiles tiles, TileAssignment part) {
    /** Plane of a cell of an output; the second cells of pairs on one column have the second half of the planes. */
    private int plane(int cell) {
        return cell / tiles.cellsPerColumn() + cell % tiles.cellsPerColumn() * tiles.columnsPerWeight();
    }

    /** Takes the cells out of the planes {@code [plane][rows * outputs]} of their layer. */
    float[] gather(float[][] planes) {
        float[] cells = new float[Math.toIntExact(part.cellsUsed())];
        int at = 0;
        for (int row = part.firstRow(); row < part.firstRow() + part.rows(); row++) {
            for (int o = part.firstOutput(); o < part.firstOutput() + part.outputs(); o++) {
                for (int c = 0; c < tiles.cellsPerWeight(); c++) {
                    cells[at++] = planes[plane(c)][row * tiles.outputs() + o];
                }
            }
        }
        for (int row = part.firstRow(); row < part.firstRow() + part.rows(); row++) {
            for (int p = tiles.cellsPerWeight(); p < planes.length; p++) {
                cells[at++] = planes[p][row * tiles.outputs() + part.firstOutput()];
            }
        }
        return cells;
    }

    /** The cells as they stand on the tile, {@code [rows, cells of a row]}. */
    float[] matrix(float[][] planes) {
        float[] cells = gather(planes);
        int own = part.outputs() * tiles.cellsPerWeight();
        int columns = own + tiles.columnsPerTile();
        float[] matrix = new float[cells.length];
        for (int row = 0; row < part.rows(); row++) {
            System.arraycopy(cells, row * own, matrix, row * columns, own);
            System.arraycopy(
                    cells,
                    part.rows() * own + row * tiles.columnsPerTile(),
                    matrix,
                    row * columns + own,
                    tiles.columnsPerTile());
        }
        return matrix;
    }

    /** Puts the cells into the planes of their layer; undoes {@link #gather}. */
    void scatter(float[] cells, float[][] planes) {
        int at = 0;
        for (int row = part.firstRow(); row < part.firstRow() + part.rows(); row++) {
            for (int o = part.firstOutput(); o < part.firstOutput() + part.outputs(); o++) {
                for (int c = 0; c < tiles.cellsPerWeight(); c++) {
                    planes[plane(c)][row * tiles.outputs() + o] = cells[at++];
                }
            }
        }
        for (int row = part.firstRow(); row < part.firstRow() + part.rows(); row++) {
            for (int p = tiles.cellsPerWeight(); p < planes.length; p++) {
                int first = row * tiles.outputs() + part.firstOutput();
                Arrays.fill(planes[p], first, first + part.outputs(), cells[at++]);
            }
        }
    }
}
