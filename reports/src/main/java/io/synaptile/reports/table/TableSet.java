/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.reports.table;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Tables of one run, or of the runs of a sweep, with their rows. */
public final class TableSet {
    private final Map<Table<?>, List<?>> rows = new LinkedHashMap<>();

    private TableSet() {}

    /** Collects tables one by one. */
    public static final class Builder {
        private final TableSet set = new TableSet();

        /** @throws IllegalArgumentException if the table is there already */
        public <R> Builder put(Table<R> table, List<R> rows) {
            if (set.rows.putIfAbsent(table, List.copyOf(rows)) != null) {
                throw new IllegalArgumentException(table.fileName() + " is there already");
            }
            return this;
        }

        /** What was collected. */
        public TableSet build() {
            return set;
        }
    }

    /** The rows of several sets, table by table in the order of the sets; every set has the tables of the first. */
    public static TableSet joined(List<TableSet> sets) {
        TableSet joined = new TableSet();
        for (Table<?> table : sets.getFirst().rows.keySet()) {
            List<Object> all = new ArrayList<>();
            sets.forEach(set -> all.addAll(set.rows(table)));
            joined.rows.put(table, Collections.unmodifiableList(all));
        }
        return joined;
    }

    /** A copy with other rows of one table. */
    public <R> TableSet with(Table<R> table, List<R> others) {
        TableSet copy = new TableSet();
        copy.rows.putAll(rows);
        copy.rows.put(table, List.copyOf(others));
        return copy;
    }

    /** The rows of a table; none if it is not among these. */
    @SuppressWarnings("unchecked") // put takes rows of the table's type only
    public <R> List<R> rows(Table<R> table) {
        return (List<R>) rows.getOrDefault(table, List.of());
    }

    /** Takes a table with its rows. */
    @FunctionalInterface
    public interface Taker {
        <R> void take(Table<R> table, List<R> rows);
    }

    /** Hands over every table, in the order in which they were collected. */
    public void forEach(Taker taker) {
        rows.keySet().forEach(table -> hand(table, taker));
    }

    private <R> void hand(Table<R> table, Taker taker) {
        taker.take(table, rows(table));
    }
}
