/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.mapping.tile;

import io.synaptile.sim.compute.ArrayAddress;

/**
 * The part of a layer that one tile holds.
 *
 * @param array address of the tile
 * @param firstRow first row of the layer's matrix on this tile
 * @param rows number of rows used
 * @param firstOutput first output on this tile
 * @param outputs number of outputs used; each takes all its physical columns
 * @param cellsUsed rows times physical columns used, times the cells at every crossing
 */
public record TileAssignment(ArrayAddress array, int firstRow, int rows, int firstOutput, int outputs, long cellsUsed) {
    /** The same with another number of cells in use. */
    TileAssignment using(long cells) {
        return new TileAssignment(array, firstRow, rows, firstOutput, outputs, cells);
    }
}
