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
        @Cell(name = "point", label = "Point") int point,
        @Cell(name = "layer", label = "Layer") String layer,
        @Cell(name = "tile", label = "Tile") int tile,
        @Cell(name = "row_tile", label = "Row tile") int rowTile,
        @Cell(name = "column_tile", label = "Column tile") int columnTile,
        @Cell(name = "rows", label = "Rows") int rows,
        @Cell(name = "columns", label = "Columns") int columns,
        @Cell(name = "cells_used", label = "Cells used") long cellsUsed,
        @Cell(name = "memory", label = "Memory") String memory,
        @Cell(name = "copy", label = "Copy") int copy,
        @Cell(name = "pe", label = "Processing element") int pe,
        @Cell(name = "chip_tile", label = "Chip tile") int chipTile,
        @Cell(name = "mesh_x", label = "Mesh column") int meshX,
        @Cell(name = "mesh_y", label = "Mesh row") int meshY,

        @Cell(name = "utilisation_percent", label = "Utilisation", unit = "%")
        double utilisationPercent) {
    /** Analogue cells whose columns are converted. */
    public static final String CROSSBAR = "crossbar";
    /** Digital words. */
    public static final String SRAM = "sram";
}
