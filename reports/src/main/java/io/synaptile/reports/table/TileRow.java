/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.reports.table;

/**
 * One crossbar tile or SRAM macro.
 *
 * @param tile number within the chip
 * @param rowTile position along the layer's inputs
 * @param columnTile position along the layer's outputs
 * @param rows of the tile that are in use
 * @param columns of the tile that are in use
 * @param cellsUsed cells of a tile, bits of a macro
 * @param memory what the tile is made of: {@link #CROSSBAR} or {@link #SRAM}
 * @param copy of its layer, from 0
 * @param pe processing element on the chip
 * @param chipTile chip tile of that processing element
 * @param meshX column of the chip tile on the mesh
 * @param meshY row of the chip tile on the mesh
 * @param utilisationPercent cells used of all cells of a tile
 */
public record TileRow(
        int point,
        String layer,
        int tile,
        int rowTile,
        int columnTile,
        int rows,
        int columns,
        long cellsUsed,
        String memory,
        int copy,
        int pe,
        int chipTile,
        int meshX,
        int meshY,
        double utilisationPercent) {
    /** Analogue cells whose columns are converted. */
    public static final String CROSSBAR = "crossbar";
    /** Digital words. */
    public static final String SRAM = "sram";
}
