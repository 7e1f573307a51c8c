/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.mapping.tile;

import io.synaptile.mapping.SparseMapping;
import io.synaptile.mapping.TileSize;
import io.synaptile.mapping.property.HardwareProperty;
import io.synaptile.sim.compute.ArrayAddress;
import io.synaptile.text.message.RefusedException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

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
 * @param pattern what tiles have of the matrix where they leave out what holds no weight; empty where they have all of it
 */
public record LayerTiles(
        int layer,
        String name,
        CutMatrix matrix,
        Columns columns,
        TileSize tile,
        int copies,
        Optional<TilePattern> pattern) {
    /** Tiles that leave out nothing. */
    public LayerTiles(int layer, String name, CutMatrix matrix, Columns columns, TileSize tile, int copies) {
        this(layer, name, matrix, columns, tile, copies, Optional.empty());
    }

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
        return new LayerTiles(layer, name, matrix, columns, tile, number, pattern);
    }

    /** The same with all that is left out. */
    LayerTiles whole() {
        return new LayerTiles(layer, name, matrix, columns, tile, copies);
    }

    /**
     * The same without what holds no weight.
     *
     * @param weights where the matrix has a weight, {@code [rows, outputs]}
     */
    LayerTiles without(SparseMapping mapping, boolean[] weights) {
        TilePattern found = TilePattern.of(matrix, weights, mapping, tile.rows(), outputsPerTile());
        return new LayerTiles(layer, name, matrix, columns, tile, copies, Optional.of(found));
    }

    /** Rows on tiles: the fan-in without rows that are left out, then those that are always driven. */
    public int rows() {
        return inputRows() + matrix.always();
    }

    /** Rows on tiles that inputs drive. */
    public int inputRows() {
        return pattern.map(own -> own.has().source().length).orElse(matrix.rows() - matrix.always());
    }

    /** The row of the matrix that stands on a row of the tiles. */
    public int source(int row) {
        if (pattern.isEmpty()) {
            return row;
        }
        int[] source = pattern.get().has().source();
        return row < source.length ? source[row] : row - source.length + matrix.rows() - matrix.always();
    }

    /** Outputs that have columns on a tile, in the order of these. */
    public int[] outputsOn(int rowTile, int columnTile) {
        if (pattern.isPresent()) {
            return pattern.get().has().outputs()[rowTile][columnTile].clone();
        }
        int first = columnTile * outputsPerTile();
        return IntStream.range(first, Math.min(first + outputsPerTile(), outputs()))
                .toArray();
    }

    /**
     * Of every row tile and output, the first output on the same tile; -1 where the output has no columns.
     *
     * @return shape {@code [row tiles][outputs]}
     */
    public int[][] firstOnTile() {
        int[][] first = new int[rowTiles()][outputs()];
        for (int rowTile = 0; rowTile < first.length; rowTile++) {
            Arrays.fill(first[rowTile], -1);
            for (int columnTile = 0; columnTile < columnTiles(rowTile); columnTile++) {
                int[] there = outputsOn(rowTile, columnTile);
                for (int output : there) {
                    first[rowTile][output] = there[0];
                }
            }
        }
        return first;
    }

    /** The row tile of every row, {@code [rows]}. */
    public int[] tileOfRow() {
        int[] tileOf = new int[rows()];
        int[] cuts = rowCuts();
        for (int rowTile = 0; rowTile < cuts.length; rowTile++) {
            Arrays.fill(tileOf, cuts[rowTile], endRow(cuts, rowTile), rowTile);
        }
        return tileOf;
    }

    private int endRow(int[] cuts, int rowTile) {
        return rowTile + 1 < cuts.length ? cuts[rowTile + 1] : rows();
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
        return pattern.map(own -> own.cuts().length).orElseGet(() -> matrix.groups() * rowTilesPerGroup());
    }

    private int rowTilesPerGroup() {
        return Math.ceilDiv(rows() / matrix.groups(), tile.rows());
    }

    /** Rows in use of the fullest tile. */
    public int largestRows() {
        if (pattern.isEmpty()) {
            return Math.min(rows() / matrix.groups(), tile.rows());
        }
        int[] cuts = rowCuts();
        return IntStream.range(0, cuts.length)
                .map(rowTile -> endRow(cuts, rowTile) - cuts[rowTile])
                .max()
                .orElseThrow();
    }

    /** First row of every row tile. */
    public int[] rowCuts() {
        if (pattern.isPresent()) {
            return pattern.get().cuts().clone();
        }
        int[] cuts = new int[rowTiles()];
        for (int i = 0; i < cuts.length; i++) {
            cuts[i] = i / rowTilesPerGroup() * (rows() / matrix.groups()) + i % rowTilesPerGroup() * tile.rows();
        }
        return cuts;
    }

    /** Tiles along the outputs, of the row tile that has the most. */
    public int columnTiles() {
        return pattern.isEmpty()
                ? Math.ceilDiv(outputs(), outputsPerTile())
                : IntStream.range(0, rowTiles()).map(this::columnTiles).max().orElseThrow();
    }

    /** Tiles of a row tile along the outputs. */
    public int columnTiles(int rowTile) {
        return pattern.map(own -> own.has().arrays(rowTile)).orElseGet(this::columnTiles);
    }

    /** Number of tiles of one copy. */
    public int tiles() {
        return pattern.isEmpty() ? rowTiles() * columnTiles() : firstNumber(rowTiles());
    }

    /** Tiles of the row tiles before one. */
    private int firstNumber(int rowTile) {
        return IntStream.range(0, rowTile).map(this::columnTiles).sum();
    }

    /** Physical columns of the layer, each counted once and not per row tile; those of all outputs, whatever tiles leave out. */
    public int physicalColumns() {
        return physicalColumns(outputs(), Math.ceilDiv(outputs(), outputsPerTile()));
    }

    /** Physical columns of so many outputs on so many tiles. */
    public int physicalColumns(int ofOutputs, int onTiles) {
        return ofOutputs * columnsPerWeight() + onTiles * columnsPerTile();
    }

    /** Weights that have cells. */
    public long weights() {
        if (pattern.isEmpty()) {
            return (long) rows() * outputs();
        }
        int[] cuts = rowCuts();
        long weights = 0;
        for (int rowTile = 0; rowTile < cuts.length; rowTile++) {
            weights += (long) (endRow(cuts, rowTile) - cuts[rowTile])
                    * pattern.get().has().outputsOf(rowTile);
        }
        return weights;
    }

    /** Cells that hold weights. */
    public long cellsUsed() {
        return pattern.isEmpty()
                ? (long) rows() * physicalColumns() * cellsPerColumn()
                : assignments().stream().mapToLong(TileAssignment::cellsUsed).sum();
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
        return pattern.isEmpty()
                ? (array.copy() * rowTiles() + array.rowTile()) * columnTiles() + array.columnTile()
                : array.copy() * tiles() + firstNumber(array.rowTile()) + array.columnTile();
    }

    /** Address of tile {@code number} of the layer, which undoes {@link #number}. */
    public ArrayAddress address(int number) {
        int ofCopy = number % tiles();
        int rowTile = 0;
        if (pattern.isEmpty()) {
            return new ArrayAddress(layer, number / tiles(), ofCopy / columnTiles(), ofCopy % columnTiles());
        }
        while (ofCopy >= columnTiles(rowTile)) {
            ofCopy -= columnTiles(rowTile);
            rowTile++;
        }
        return new ArrayAddress(layer, number / tiles(), rowTile, ofCopy);
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
        for (int rowTile = 0; rowTile < cuts.length; rowTile++) {
            int usedRows = endRow(cuts, rowTile) - cuts[rowTile];
            for (int columnTile = 0; columnTile < columnTiles(rowTile); columnTile++) {
                int[] there = outputsOn(rowTile, columnTile);
                tiles.add(new TileAssignment(
                        new ArrayAddress(layer, copy, rowTile, columnTile),
                        cuts[rowTile],
                        usedRows,
                        there[0],
                        there.length,
                        (long) usedRows * physicalColumns(there.length, 1) * cellsPerColumn()));
            }
        }
        return tiles;
    }
}
