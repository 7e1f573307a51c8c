/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.mapping.chip;

import io.synaptile.mapping.tile.LayerTiles;
import io.synaptile.mapping.tile.TileAssignment;

/**
 * Conductances of the used cells of one tile, uS, {@code [rows, columns]} row-major as they stand on it: the columns of the
 * first output, those of the next, and last the columns that the tile has once. Where pairs share a column, its positive and
 * its negative cell stand side by side, and {@code columns} counts both.
 *
 * @param firstRow row of the layer's matrix that row 0 holds
 * @param firstOutput output that column 0 belongs to
 * @param target what the cells were programmed towards
 * @param programmed what was reached
 * @param aged what they have at the age of the chip
 * @param faults which of them ignore a write, as {@link io.synaptile.devices.CellFault} says
 */
public record TileConductances(
        int rows,
        int columns,
        int firstRow,
        int firstOutput,
        float[] target,
        float[] programmed,
        float[] aged,
        byte[] faults) {
    /**
     * The cells of tile {@code number} of a layer; tiles of further copies are counted on.
     *
     * @param programmed the chip as programmed
     * @param aged the same chip at some age
     */
    public static TileConductances of(
            ChipDesign design, LayerTiles tiles, int number, ChipInstance programmed, ChipInstance aged) {
        TileAssignment part = tiles.assignments().get(number % tiles.tiles());
        int copy = number / tiles.tiles();
        TileCells cells = new TileCells(tiles, part);
        int layer = tiles.layer();
        return new TileConductances(
                part.rows(),
                cells.perRow(),
                part.firstRow(),
                part.firstOutput(),
                cells.matrix(TileProgrammer.targets(design, layer)),
                cells.matrix(programmed.layers().get(layer).copy(copy).conductances()),
                cells.matrix(aged.layers().get(layer).copy(copy).held()),
                cells.faultMatrix(programmed.layers().get(layer).copy(copy).faults()));
    }
}
