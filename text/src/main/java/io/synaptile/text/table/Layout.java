/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.text.table;

import java.util.List;

/**
 * How the lines of a file make a table.
 *
 * @param separator of the cells
 * @param headerLine from 1; 0 for none
 * @param columns of the header; empty where there is none
 * @param firstLine first line of the rows, from 1
 * @param skipped lines of text above the header or the rows, without comments and blank lines
 */
record Layout(Separator separator, int headerLine, List<Column> columns, int firstLine, int skipped) {
    Layout {
        columns = List.copyOf(columns);
    }
}
