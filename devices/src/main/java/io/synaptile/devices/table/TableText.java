/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.devices.table;

import io.synaptile.text.message.Quoted;
import io.synaptile.text.table.Column;
import io.synaptile.text.table.Due;
import io.synaptile.text.table.Quantity;
import io.synaptile.text.table.TextTable;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A table of numbers with a header, in any dialect that {@link TextTable} knows. Numbers are handed out in uS, ohm and s; uS
 * and s are also meant where the header has no unit.
 */
final class TableText {
    private static final int LARGEST_BYTES = 1 << 22;

    /** What a column holds that is no conductance. */
    private static final Map<String, Optional<Quantity>> OTHERS = Map.of(
            "state", Optional.empty(),
            "level", Optional.empty(),
            "correlation", Optional.empty(),
            "time", Optional.of(Quantity.TIME));

    private final TextTable table;

    /** Numbers of one row, by the name of their column without the unit. */
    final class Row {
        private final io.synaptile.text.table.Row row;

        private Row(io.synaptile.text.table.Row row) {
            this.row = row;
        }

        /** In uS, ohm or s, or as it is. */
        double get(String name) {
            Column column = table.column(name);
            double factor = quantity(column)
                    .map(quantity -> table.factor(column, quantity))
                    .orElse(1d);
            return table.number(row, column.index()) * factor;
        }

        IllegalArgumentException problem(String message) {
            return table.problem(row, message);
        }
    }

    /**
     * Reads a file.
     *
     * @param option that named it, for messages
     * @param keys names of columns, of which the header must have one
     * @throws IllegalArgumentException naming option, file and line
     */
    TableText(String option, Path file, String... keys) {
        table = TextTable.read(option + ": " + file, file, Due.anyOf(LARGEST_BYTES, keys));
    }

    private static Optional<Quantity> quantity(Column column) {
        return OTHERS.getOrDefault(
                column.name(), Optional.of(isResistance(column) ? Quantity.RESISTANCE : Quantity.CONDUCTANCE));
    }

    private static boolean isResistance(Column column) {
        return Quantity.CONDUCTANCE.factor(column.unit()).isEmpty()
                && Quantity.RESISTANCE.factor(column.unit()).isPresent();
    }

    /** Names of the columns without their units, in the order of the file. */
    List<String> names() {
        return table.columns().stream().map(Column::name).toList();
    }

    /** As written. */
    String title(String name) {
        return table.column(name).title();
    }

    boolean isResistance(String name) {
        return isResistance(table.column(name));
    }

    List<Row> rows() {
        return table.rows().stream().map(Row::new).toList();
    }

    /** What the file was taken for, empty where it is written as the product would. */
    Optional<String> reading() {
        List<String> units = new ArrayList<>();
        for (Column column : table.columns()) {
            quantity(column)
                    .filter(quantity -> !column.unit().isEmpty())
                    .filter(quantity -> quantity == Quantity.RESISTANCE || table.factor(column, quantity) != 1)
                    .ifPresent(_ -> units.add(column.name() + " in " + Quoted.bare(column.unit())));
        }
        return units.isEmpty() && table.isPlain() ? Optional.empty() : Optional.of(table.reading(units));
    }

    /** What is wrong with the table as a whole. */
    IllegalArgumentException problem(String message) {
        return table.problem(message);
    }
}
