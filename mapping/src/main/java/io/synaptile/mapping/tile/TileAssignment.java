/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.mapping.tile;

/**
 * The part of a layer that one tile holds.
 *
 * @param layer node id
 * @param rowTile place along the rows of the layer's matrix
 * @param columnTile place along its outputs
 * @param firstRow first row of the matrix on this tile
 * @param rows number of rows used
 * @param firstOutput first output on this tile
 * @param outputs number of outputs used; each takes all its physical columns
 * @param cellsUsed rows times physical columns used, times the cells at every crossing
 */
public record TileAssignment(
        int layer, int rowTile, int columnTile, int firstRow, int rows, int firstOutput, int outputs, long cellsUsed) {}
