/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.mapping.tile;

import io.synaptile.sim.compute.ArrayAddress;

/**
 * The part of a layer that one tile holds.
 *
 * @param array address of the tile
 * @param firstRow first row on this tile, counted over the rows that the tiles of the layer have
 * @param rows number of rows used
 * @param firstOutput first output on this tile; {@link LayerTiles#outputsOn} has the others, which follow unless some are left out
 * @param outputs number of outputs used; each takes all its physical columns
 * @param cellsUsed rows times physical columns used, times the cells at every crossing
 */
public record TileAssignment(ArrayAddress array, int firstRow, int rows, int firstOutput, int outputs, long cellsUsed) {
    /** The same with another number of cells in use. */
    TileAssignment using(long cells) {
        return new TileAssignment(array, firstRow, rows, firstOutput, outputs, cells);
    }
}
