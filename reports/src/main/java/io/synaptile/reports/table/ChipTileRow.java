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
        int point,
        int chipTile,
        int meshX,
        int meshY,
        int meshColumns,
        int meshRows,
        String layers,
        int arrays,
        long arraysThere,
        long cellsUsed,
        double utilisationPercent) {}
