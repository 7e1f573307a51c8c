/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.reports.table;

/**
 * One chip tile that holds arrays.
 *
 * @param chipTile number on the chip
 * @param meshX column on the mesh
 * @param meshY row on the mesh
 * @param meshColumns chip tiles of one row of the mesh
 * @param meshRows rows of the mesh
 * @param layers names of the layers with arrays here, parted by spaces
 * @param arrays that hold weights
 * @param arraysThere that the chip tile has, used or not
 * @param cellsUsed cells that hold weights
 * @param utilisationPercent cells used of the cells of all arrays there
 */
public record ChipTileRow(
        @Cell(name = "point", label = "Point") int point,
        @Cell(name = "chip_tile", label = "Chip tile") int chipTile,
        @Cell(name = "mesh_x", label = "Mesh column") int meshX,
        @Cell(name = "mesh_y", label = "Mesh row") int meshY,
        @Cell(name = "mesh_columns", label = "Mesh columns") int meshColumns,
        @Cell(name = "mesh_rows", label = "Mesh rows") int meshRows,
        @Cell(name = "layers", label = "Layers") String layers,
        @Cell(name = "arrays", label = "Arrays") int arrays,
        @Cell(name = "arrays_there", label = "Arrays there") long arraysThere,
        @Cell(name = "cells_used", label = "Cells used") long cellsUsed,

        @Cell(name = "utilisation_percent", label = "Utilisation", unit = "%")
        double utilisationPercent) {

    /** @throws IllegalArgumentException if the place is not on the mesh */
    public ChipTileRow {
        if (Math.min(meshX, meshY) < 0 || meshX >= meshColumns || meshY >= meshRows) {
            throw new IllegalArgumentException(
                    "column " + meshX + ", row " + meshY + " is not on a mesh of " + meshColumns + " x " + meshRows);
        }
    }
}
