/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.mapping.chip;

import io.synaptile.mapping.tile.LayerTiles;
import java.util.ArrayList;
import java.util.List;

/**
 * The physical columns of the arrays of one column tile: those of its outputs in turn, planes in order, then the columns that
 * all its outputs share.
 *
 * @param columns in their order on the array
 * @param endOutput first output that is not on it any more
 */
record ArrayColumns(List<Column> columns, int endOutput) {
    /**
     * A physical column.
     *
     * @param plane of physical columns that it belongs to
     * @param output it serves; the first of them where it serves all
     * @param shared whether all outputs of the array use it
     */
    record Column(int plane, int output, boolean shared) {}

    static ArrayColumns of(LayerTiles tiles, int columnTile) {
        int firstOutput = columnTile * tiles.outputsPerTile();
        int endOutput = Math.min(firstOutput + tiles.outputsPerTile(), tiles.outputs());
        List<Column> columns = new ArrayList<>();
        for (int o = firstOutput; o < endOutput; o++) {
            for (int p = 0; p < tiles.columnsPerWeight(); p++) {
                columns.add(new Column(p, o, false));
            }
        }
        for (int p = tiles.columnsPerWeight(); p < tiles.planes(); p++) {
            columns.add(new Column(p, firstOutput, true));
        }
        return new ArrayColumns(columns, endOutput);
    }

    /** Number of columns. */
    int count() {
        return columns.size();
    }

    /**
     * Cells of one array, {@code [rows][columns]}.
     *
     * @param planes values of one cell at every crossing of the layer, {@code [planes][rows * outputs]}
     * @param outputs of the layer
     */
    float[] cells(float[][] planes, int outputs, int firstRow, int rows) {
        float[] cells = new float[rows * count()];
        for (int i = 0; i < cells.length; i++) {
            Column column = columns.get(i % count());
            cells[i] = planes[column.plane][(firstRow + i / count()) * outputs + column.output];
        }
        return cells;
    }

    /** First output after those that a column serves. */
    int endOutput(Column column) {
        return column.shared ? endOutput : column.output + 1;
    }
}
