/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.mapping.tile;

import io.synaptile.mapping.TileSize;
import io.synaptile.mapping.property.HardwareProperty;
import io.synaptile.sim.compute.ArrayAddress;
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
 * @param matrix that is cut
 * @param columns physical columns of outputs and tiles
 * @param tile size of every tile
 * @param copies how often the chip has the layer; copies hold the same weights and share the positions
 */
public record LayerTiles(int layer, String name, CutMatrix matrix, Columns columns, TileSize tile, int copies) {
    public LayerTiles {
        int planes = columns.perWeight() + columns.perTile();
        if (planes > tile.columns()) {
            throw RefusedException.of(
                            "one output takes " + planes + " physical columns, a tile has " + tile.columns()
                                    + "; raise ",
                            HardwareProperty.TILE_COLUMNS)
                    .in("layer", name);
        }
        int atCrossing = columns.cellsPerColumn();
        if (atCrossing < 1 || atCrossing > 2 || atCrossing == 2 && columns.perTile() > 0) {
            throw new IllegalArgumentException("layer " + name + ": " + atCrossing + " cells per column beside "
                    + columns.perTile() + " columns per tile");
        }
    }

    /** The same, on the chip several times. */
    LayerTiles times(int number) {
        return new LayerTiles(layer, name, matrix, columns, tile, number);
    }

    /** Rows of the matrix: the fan-in, then those that are always driven. */
    public int rows() {
        return matrix.rows();
    }

    /** Rows that inputs drive. */
    public int inputRows() {
        return matrix.rows() - matrix.always();
    }

    /** Output channels or features. */
    public int outputs() {
        return matrix.outputs();
    }

    /** Physical columns of one output. */
    public int columnsPerWeight() {
        return columns.perWeight();
    }

    /** Physical columns that every tile has beside those of its outputs. */
    public int columnsPerTile() {
        return columns.perTile();
    }

    /** Cells at every crossing of a row and a column of an output: 1, or 2 where both cells of a pair share a column. */
    public int cellsPerColumn() {
        return columns.cellsPerColumn();
    }

    /** Whether the two cells of a pair share a column, at supplies of opposite sign, so that it carries their difference. */
    public boolean pairsOnColumns() {
        return cellsPerColumn() == 2;
    }

    /** Physical columns whose sums make up one output: its own, then those of its tile. */
    public int planes() {
        return columnsPerWeight() + columnsPerTile();
    }

    /** Cells of one output on every row. */
    public int cellsPerWeight() {
        return columnsPerWeight() * cellsPerColumn();
    }

    /** Outputs that fit one tile. */
    public int outputsPerTile() {
        return (tile.columns() - columnsPerTile()) / columnsPerWeight();
    }

    /** Tiles along the rows. */
    public int rowTiles() {
        return matrix.groups() * rowTilesPerGroup();
    }

    private int rowTilesPerGroup() {
        return Math.ceilDiv(rows() / matrix.groups(), tile.rows());
    }

    /** Rows in use of the fullest tile. */
    public int largestRows() {
        return Math.min(rows() / matrix.groups(), tile.rows());
    }

    /** First row of every row tile. */
    public int[] rowCuts() {
        int[] cuts = new int[rowTiles()];
        for (int i = 0; i < cuts.length; i++) {
            cuts[i] = i / rowTilesPerGroup() * (rows() / matrix.groups()) + i % rowTilesPerGroup() * tile.rows();
        }
        return cuts;
    }

    /** Tiles along the outputs. */
    public int columnTiles() {
        return Math.ceilDiv(outputs(), outputsPerTile());
    }

    /** Number of tiles of one copy. */
    public int tiles() {
        return rowTiles() * columnTiles();
    }

    /** Physical columns of the layer, each counted once and not per row tile. */
    public int physicalColumns() {
        return outputs() * columnsPerWeight() + columnTiles() * columnsPerTile();
    }

    /** Cells that hold weights. */
    public long cellsUsed() {
        return (long) rows() * physicalColumns() * cellsPerColumn();
    }

    /** Used cells over cells of the tiles, 0 to 1. */
    public double utilisation() {
        return cellsUsed() / (tiles() * cellsPerTile());
    }

    /** Cells of one whole tile. */
    public double cellsPerTile() {
        return (double) tile.rows() * tile.columns() * cellsPerColumn();
    }

    /**
     * Number of a tile within the layer: tiles are counted by column tile, then row tile, then copy.
     *
     * @param array address of the tile, of this layer
     */
    public int number(ArrayAddress array) {
        return (array.copy() * rowTiles() + array.rowTile()) * columnTiles() + array.columnTile();
    }

    /** Address of tile {@code number} of the layer, which undoes {@link #number}. */
    public ArrayAddress address(int number) {
        int ofCopy = number % tiles();
        return new ArrayAddress(layer, number / tiles(), ofCopy / columnTiles(), ofCopy % columnTiles());
    }

    /** What a tile of the layer holds. */
    public TileAssignment assignment(ArrayAddress array) {
        return assignments(array.copy()).get(number(array) % tiles());
    }

    /** The tiles of the first copy, in the order of their numbers. */
    public List<TileAssignment> assignments() {
        return assignments(0);
    }

    /** The tiles of one copy, in the order of their numbers. */
    public List<TileAssignment> assignments(int copy) {
        List<TileAssignment> tiles = new ArrayList<>();
        int[] cuts = rowCuts();
        for (int i = 0; i < tiles(); i++) {
            ArrayAddress array = address(copy * tiles() + i);
            int firstRow = cuts[array.rowTile()];
            int firstOutput = array.columnTile() * outputsPerTile();
            int usedRows = (array.rowTile() + 1 < cuts.length ? cuts[array.rowTile() + 1] : rows()) - firstRow;
            int usedOutputs = Math.min(outputsPerTile(), outputs() - firstOutput);
            tiles.add(new TileAssignment(
                    array,
                    firstRow,
                    usedRows,
                    firstOutput,
                    usedOutputs,
                    (long) usedRows * (usedOutputs * columnsPerWeight() + columnsPerTile()) * cellsPerColumn()));
        }
        return tiles;
    }
}
