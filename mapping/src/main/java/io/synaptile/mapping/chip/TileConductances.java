/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.mapping.chip;

import io.synaptile.mapping.tile.LayerTiles;
import io.synaptile.mapping.tile.TileAssignment;
import io.synaptile.sim.compute.ArrayAddress;

/**
 * Conductances of the used cells of one tile, uS, {@code [rows, columns]} row-major as they stand on it: the columns of the
 * first output, those of the next, and last the columns that the tile has once. Where pairs share a column, its positive and
 * its negative cell stand side by side, and {@code columns} counts both.
 *
 * @param part the part of its layer that the tile holds
 * @param columns cells of a row
 * @param target what the cells were programmed towards
 * @param programmed what was reached
 * @param aged what they have at the age of the chip
 * @param faults which of them ignore a write, as {@link io.synaptile.devices.CellFault} says
 */
public record TileConductances(
        TileAssignment part, int columns, float[] target, float[] programmed, float[] aged, byte[] faults) {
    /**
     * The cells of one tile.
     *
     * @param array address of the tile
     * @param programmed the chip as programmed
     * @param aged the same chip at some age
     * @throws IllegalArgumentException if the layer is not on tiles
     */
    public static TileConductances of(
            ChipDesign design, ArrayAddress array, ChipInstance programmed, ChipInstance aged) {
        LayerTiles tiles = design.tiles()
                .layer(array.layer())
                .orElseThrow(() -> new IllegalArgumentException(
                        "layer " + design.network().node(array.layer()).name() + " is not on tiles"));
        TileCells cells = new TileCells(tiles, tiles.assignment(array));
        ProgrammedLayer written = programmed.cells(array.layer(), array.copy());
        return new TileConductances(
                cells.part(),
                cells.perRow(),
                cells.matrix(design.targets(array.layer())),
                cells.matrix(written.conductances()),
                cells.matrix(aged.cells(array.layer(), array.copy()).held()),
                cells.faultMatrix(written.faults()));
    }

    /** Number of rows. */
    public int rows() {
        return part.rows();
    }
}
