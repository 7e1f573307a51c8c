/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.mapping.chip;

import io.synaptile.mapping.tile.LayerTiles;
import java.util.ArrayList;
import java.util.List;

/**
 * The physical columns of one array: those of its outputs in turn, planes in order, then the columns that
 * all its outputs share.
 *
 * @param columns in their order on the array
 * @param outputs that have columns on it, in the order of these
 */
record ArrayColumns(List<Column> columns, int[] outputs) {
    /**
     * A physical column.
     *
     * @param plane of physical columns that it belongs to
     * @param output it serves; the first of them where it serves all
     * @param shared whether all outputs of the array use it
     */
    record Column(int plane, int output, boolean shared) {}

    static ArrayColumns of(LayerTiles tiles, int rowTile, int columnTile) {
        int[] outputs = tiles.outputsOn(rowTile, columnTile);
        List<Column> columns = new ArrayList<>();
        for (int output : outputs) {
            for (int p = 0; p < tiles.columnsPerWeight(); p++) {
                columns.add(new Column(p, output, false));
            }
        }
        for (int p = tiles.columnsPerWeight(); p < tiles.planes(); p++) {
            columns.add(new Column(p, outputs[0], true));
        }
        return new ArrayColumns(columns, outputs);
    }

    /** Number of columns. */
    int count() {
        return columns.size();
    }

    /**
     * Cells of one array, {@code [rows][columns]}.
     *
     * @param planes values of one cell at every crossing of the layer, {@code [planes][rows * outputs]}
     * @param ofLayer outputs of the layer
     */
    float[] cells(float[][] planes, int ofLayer, int firstRow, int rows) {
        float[] cells = new float[rows * count()];
        for (int i = 0; i < cells.length; i++) {
            Column column = columns.get(i % count());
            cells[i] = planes[column.plane][(firstRow + i / count()) * ofLayer + column.output];
        }
        return cells;
    }

    /** Outputs that a column serves. */
    int[] served(Column column) {
        return column.shared ? outputs : new int[] {column.output};
    }
}
