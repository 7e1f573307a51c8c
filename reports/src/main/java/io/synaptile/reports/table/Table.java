/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.reports.table;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;

/**
 * Columns of one file in their order.
 *
 * @param fileName in the run folder
 * @param rows what there is a row of, in words
 * @param reader makes a row of its cells, for tables that are read back
 * @param <R> type of a row
 */
public record Table<R>(String fileName, String rows, List<Column<R>> columns, Optional<Reader<R>> reader) {
    /** Makes a row of cells by column name; refuses with {@link IllegalArgumentException}. */
    @FunctionalInterface
    public interface Reader<R> {
        R read(UnaryOperator<String> cells);
    }

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

    /** A table that is only written. */
    public Table(String fileName, String rows, List<Column<R>> columns) {
        this(fileName, rows, columns, Optional.empty());
    }

    /** A table whose columns are the {@link Cell} components of its rows. */
    static <R> Table<R> of(Class<R> row, String fileName, String rows) {
        RowType<R> type = new RowType<>(row);
        return new Table<>(fileName, rows, type.columns(), Optional.of(type::read));
    }

    /** This table with more columns at its end, where scripts tolerate them. */
    public Table<R> with(List<Column<R>> more) {
        List<Column<R>> all = new ArrayList<>(columns);
        all.addAll(more);
        return new Table<>(fileName, rows, all);
    }

    /** Column names in order. */
    public List<String> names() {
        return columns.stream().map(column -> column.metric().name()).toList();
    }
}
