/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.text.table;

import java.util.List;

/**
 * One row of a table.
 *
 * @param line where it begins in the file, from 1
 * @param cells as they are written, without quotes and the spaces around them; empty ones at the end are left out
 * @param written number of cells with those
 */
public record Row(int line, List<String> cells, int written) {
    public Row {
        cells = List.copyOf(cells);
    }

    /** A cell by its place from 0; empty where the row is shorter. */
    public String cell(int index) {
        return index < cells.size() ? cells.get(index) : "";
    }
}
