/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.reports.table;

/**
 * One crossbar tile.
 *
 * @param tile number within the chip
 * @param rowTile position along the layer's inputs
 * @param columnTile position along the layer's outputs
 * @param rows of the tile that are in use
 * @param columns of the tile that are in use
 */
public record TileRow(
        int point, String layer, int tile, int rowTile, int columnTile, int rows, int columns, long cellsUsed) {}
