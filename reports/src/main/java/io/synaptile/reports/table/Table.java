/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.reports.table;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Columns of one file in their order.
 *
 * @param fileName in the run folder
 * @param <R> type of a row
 */
public record Table<R>(String fileName, List<Column<R>> columns) {
    public Table {
        columns = List.copyOf(columns);
        Set<String> names = new HashSet<>();
        for (Column<R> column : columns) {
            if (!names.add(column.metric().name())) {
                throw new IllegalArgumentException(
                        fileName + ": column " + column.metric().name() + " occurs twice");
            }
        }
    }

    /** This table with more columns at its end, where scripts tolerate them. */
    public Table<R> with(List<Column<R>> more) {
        List<Column<R>> all = new ArrayList<>(columns);
        all.addAll(more);
        return new Table<>(fileName, all);
    }

    /** Column names in order. */
    public List<String> names() {
        return columns.stream().map(column -> column.metric().name()).toList();
    }
}
