/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.reports.table;

/**
 * One cell of a tile.
 *
 * @param row of the tile
 * @param column physical column of the tile
 * @param targetMicrosiemens what it was programmed towards
 * @param programmedMicrosiemens what was reached
 * @param agedMicrosiemens what it has now
 * @param fault -1 where it is stuck at the minimum, 1 at the maximum, else 0
 */
public record CellRow(
        int row,
        int column,
        double targetMicrosiemens,
        double programmedMicrosiemens,
        double agedMicrosiemens,
        int fault) {}
