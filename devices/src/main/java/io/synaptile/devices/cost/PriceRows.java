/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.devices.cost;

import io.synaptile.text.message.Quoted;
import io.synaptile.text.table.Column;
import io.synaptile.text.table.Due;
import io.synaptile.text.table.Quantity;
import io.synaptile.text.table.Row;
import io.synaptile.text.table.TableException;
import io.synaptile.text.table.TextTable;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalInt;
import java.util.function.Function;

/** Rows of a table of prices or areas, their columns found by name in any dialect that {@link TextTable} knows. */
final class PriceRows {
    private static final int LARGEST_BYTES = 1 << 22;
    private static final String SOURCE = "source";
    private static final String NOTE = "note";
    private static final List<String> COMMON = List.of("per", "node_nm", "precision_bits", "scaled", SOURCE, NOTE);

    private final TextTable table;
    private final Row row;

    private PriceRows(TextTable table, Row row) {
        this.table = table;
        this.row = row;
    }

    /** What a table is that has a column for each of {@code keys} besides those that are common to all. */
    static Due due(String... keys) {
        List<String> columns = new ArrayList<>(List.of(keys));
        columns.add(SOURCE);
        return Due.allOf(LARGEST_BYTES, columns.toArray(String[]::new)).withTexts(keys[0], SOURCE, NOTE);
    }

    /**
     * Reads the rows of a table.
     *
     * @param keys its columns besides those that are common to all
     * @param entry makes an entry of one row
     * @throws IllegalArgumentException with file and line for the first malformed row
     */
    static <E> List<E> entries(TextTable table, List<String> keys, Function<PriceRows, E> entry) {
        for (Column column : table.columns()) {
            if (!keys.contains(column.name()) && !COMMON.contains(column.name())) {
                throw table.problem("column " + Quoted.of(column.title()) + " is none of " + String.join(", ", keys)
                        + ", " + String.join(", ", COMMON));
            }
        }
        List<E> entries = new ArrayList<>();
        for (Row row : table.rows()) {
            try {
                entries.add(entry.apply(new PriceRows(table, row)));
            } catch (TableException e) {
                throw e;
            } catch (IllegalArgumentException e) {
                throw table.problem(row, e.getMessage());
            }
        }
        return entries;
    }

    String text(String name) {
        return table.find(name).map(column -> row.cell(column.index())).orElse("");
    }

    double number(String name) {
        return table.number(row, table.column(name).index());
    }

    /** A number, or 1 where the cell is blank. */
    double numberOrOne(String name) {
        return text(name).isEmpty() ? 1 : number(name);
    }

    /** In the unit of the quantity. */
    double number(String name, Quantity quantity) {
        return number(name) * table.factor(table.column(name), quantity);
    }

    OptionalInt whole(String name) {
        if (text(name).isEmpty()) {
            return OptionalInt.empty();
        }
        double value = number(name);
        if (value != Math.rint(value) || Math.abs(value) > Integer.MAX_VALUE) {
            throw new IllegalArgumentException(name + " must be a whole number or blank, got " + Quoted.of(text(name)));
        }
        return OptionalInt.of((int) value);
    }

    /** No where the cell is blank. */
    boolean yesOrNo(String name) {
        return switch (text(name).toLowerCase(Locale.ROOT)) {
            case "yes" -> true;
            case "no", "" -> false;
            default -> throw new IllegalArgumentException(name + " must be yes or no, got " + Quoted.of(text(name)));
        };
    }
}
