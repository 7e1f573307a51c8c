/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.mapping.tile;

/**
 * Physical columns that an encoding takes.
 *
 * @param perWeight columns of one output
 * @param perTile columns that a tile has once for all its outputs
 * @param cellsPerColumn cells at every crossing of a row and a column: 1, or 2 where both cells of a pair share a column
 */
public record Columns(int perWeight, int perTile, int cellsPerColumn) {
    /** Columns with one cell at every crossing. */
    public Columns(int perWeight, int perTile) {
        this(perWeight, perTile, 1);
    }
}
