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
        @Cell(name = "row", label = "Row") int row,
        @Cell(name = "column", label = "Column") int column,

        @Cell(name = "target_uS", label = "Target", unit = "\u00b5S")
        double targetMicrosiemens,

        @Cell(name = "programmed_uS", label = "Programmed", unit = "\u00b5S")
        double programmedMicrosiemens,

        @Cell(name = "aged_uS", label = "Aged", unit = "\u00b5S")
        double agedMicrosiemens,

        @Cell(name = "fault", label = "Fault") int fault) {}
