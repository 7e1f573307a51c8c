/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.mapping.tile;

import io.synaptile.mapping.property.HardwareProperty;
import io.synaptile.text.message.RefusedException;
import java.util.ArrayList;
import java.util.List;

/**
 * How the matrix of one layer is cut into tiles.
 *
 * <pre>
 *   row tiles = groups ceil(rows / groups / tileRows),   column tiles = ceil(outputs / outputs per tile)
 *   outputs per tile = floor((tileColumns - columnsPerTile) / columnsPerWeight)
 * </pre>
 *
 * @param layer node id
 * @param name layer name
 * @param rows rows of the matrix, the fan-in
 * @param outputs output channels or features
 * @param columnsPerWeight physical columns of one output
 * @param columnsPerTile physical columns that every tile has beside those of its outputs
 * @param tileRows rows of one tile
 * @param tileColumns physical columns of one tile
 * @param groups parts of as many rows each that begin a tile of their own, for example the positions of a kernel
 * @param copies how often the chip has the layer; copies hold the same weights and share the positions
 * @param cellsPerColumn cells at every crossing of a row and a column of an output: 1, or 2 where both cells of a pair share
 *     a column
 */
public record LayerTiles(
        int layer,
        String name,
        int rows,
        int outputs,
        int columnsPerWeight,
        int columnsPerTile,
        int tileRows,
        int tileColumns,
        int groups,
        int copies,
        int cellsPerColumn) {
    public LayerTiles {
        if (tileRows < 1 || tileColumns < 1) {
            throw RefusedException.of(
                    HardwareProperty.TILE_ROWS,
                    " and ",
                    HardwareProperty.TILE_COLUMNS,
                    " must be at least 1, got " + tileRows + " and " + tileColumns);
        }
        if (columnsPerWeight + columnsPerTile > tileColumns) {
            throw RefusedException.of(
                            "one output takes " + (columnsPerWeight + columnsPerTile) + " physical columns, a tile has "
                                    + tileColumns + "; raise ",
                            HardwareProperty.TILE_COLUMNS)
                    .in("layer", name);
        }
        if (cellsPerColumn < 1 || cellsPerColumn > 2 || cellsPerColumn == 2 && columnsPerTile > 0) {
            throw new IllegalArgumentException("layer " + name + ": " + cellsPerColumn + " cells per column beside "
                    + columnsPerTile + " columns per tile");
        }
    }

    /** Tiles with one cell at every crossing. */
    public LayerTiles(
            int layer,
            String name,
            int rows,
            int outputs,
            int columnsPerWeight,
            int columnsPerTile,
            int tileRows,
            int tileColumns,
            int groups,
            int copies) {
        this(layer, name, rows, outputs, columnsPerWeight, columnsPerTile, tileRows, tileColumns, groups, copies, 1);
    }

    /** The same, on the chip several times. */
    LayerTiles times(int number) {
        return new LayerTiles(
                layer,
                name,
                rows,
                outputs,
                columnsPerWeight,
                columnsPerTile,
                tileRows,
                tileColumns,
                groups,
                number,
                cellsPerColumn);
    }

    /** Whether the two cells of a pair share a column, at supplies of opposite sign, so that it carries their difference. */
    public boolean pairsOnColumns() {
        return cellsPerColumn == 2;
    }

    /** Physical columns whose sums make up one output: its own, then those of its tile. */
    public int planes() {
        return columnsPerWeight + columnsPerTile;
    }

    /** Cells of one output on every row. */
    public int cellsPerWeight() {
        return columnsPerWeight * cellsPerColumn;
    }

    /** Outputs that fit one tile. */
    public int outputsPerTile() {
        return (tileColumns - columnsPerTile) / columnsPerWeight;
    }

    /** Tiles along the rows. */
    public int rowTiles() {
        return groups * rowTilesPerGroup();
    }

    private int rowTilesPerGroup() {
        return Math.ceilDiv(rows / groups, tileRows);
    }

    /** Rows in use of the fullest tile. */
    public int largestRows() {
        return Math.min(rows / groups, tileRows);
    }

    /** First row of every row tile. */
    public int[] rowCuts() {
        int[] cuts = new int[rowTiles()];
        for (int i = 0; i < cuts.length; i++) {
            cuts[i] = i / rowTilesPerGroup() * (rows / groups) + i % rowTilesPerGroup() * tileRows;
        }
        return cuts;
    }

    /** Tiles along the outputs. */
    public int columnTiles() {
        return Math.ceilDiv(outputs, outputsPerTile());
    }

    /** Number of tiles of one copy. */
    public int tiles() {
        return rowTiles() * columnTiles();
    }

    /** Physical columns of the layer, each counted once and not per row tile. */
    public int physicalColumns() {
        return outputs * columnsPerWeight + columnTiles() * columnsPerTile;
    }

    /** Cells that hold weights. */
    public long cellsUsed() {
        return (long) rows * physicalColumns() * cellsPerColumn;
    }

    /** Used cells over cells of the tiles, 0 to 1. */
    public double utilisation() {
        return cellsUsed() / (tiles() * cellsPerTile());
    }

    /** Cells of one whole tile. */
    public double cellsPerTile() {
        return (double) tileRows * tileColumns * cellsPerColumn;
    }

    /** The tiles of one copy, row tile by row tile; entry {@code rowTile * columnTiles + columnTile}. */
    public List<TileAssignment> assignments() {
        List<TileAssignment> tiles = new ArrayList<>();
        int[] cuts = rowCuts();
        for (int i = 0; i < tiles(); i++) {
            int rowTile = i / columnTiles();
            int columnTile = i % columnTiles();
            int firstRow = cuts[rowTile];
            int firstOutput = columnTile * outputsPerTile();
            int usedRows = (rowTile + 1 < cuts.length ? cuts[rowTile + 1] : rows) - firstRow;
            int usedOutputs = Math.min(outputsPerTile(), outputs - firstOutput);
            tiles.add(new TileAssignment(
                    layer,
                    rowTile,
                    columnTile,
                    firstRow,
                    usedRows,
                    firstOutput,
                    usedOutputs,
                    (long) usedRows * (usedOutputs * columnsPerWeight + columnsPerTile) * cellsPerColumn));
        }
        return tiles;
    }
}
