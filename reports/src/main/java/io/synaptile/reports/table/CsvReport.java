/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.reports.table;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVPrinter;

/**
 * Tables as CSV: RFC 4180 quoting, line feeds, a header, numbers as {@link Numbers#exact}. Equal rows give equal
 * bytes on every machine.
 */
public final class CsvReport {
    private static final CSVFormat FORMAT =
            CSVFormat.RFC4180.builder().setRecordSeparator('\n').get();

    private CsvReport() {}

    /**
     * The content of a table's file.
     *
     * @throws IllegalArgumentException naming file, row and column if a value is not of its metric's type
     */
    public static <R> String text(Table<R> table, List<R> rows) {
        StringBuilder text = new StringBuilder();
        try {
            print(text, table, rows);
        } catch (IOException e) {
            throw new UncheckedIOException("writing to memory failed", e);
        }
        return text.toString();
    }

    private static <R> void print(Appendable out, Table<R> table, List<R> rows) throws IOException {
        CSVPrinter printer = new CSVPrinter(out, FORMAT);
        printer.printRecord(table.names());
        for (int i = 0; i < rows.size(); i++) {
            List<String> fields = new ArrayList<>();
            for (Column<R> column : table.columns()) {
                fields.add(field(table, column, rows.get(i), i));
            }
            printer.printRecord(fields);
        }
        printer.flush();
    }

    private static <R> String field(Table<R> table, Column<R> column, R row, int index) {
        Object value = column.value().apply(row);
        boolean fits = switch (column.metric().type()) {
            case TEXT -> value instanceof String;
            case INTEGER -> value instanceof Integer || value instanceof Long;
            case DECIMAL -> value instanceof Double decimal && !decimal.isInfinite();
        };
        if (!fits) {
            throw new IllegalArgumentException(table.fileName() + ", row " + (index + 1) + ", column "
                    + column.metric().name() + ": " + value + " is not a finite "
                    + column.metric().type());
        }
        return value instanceof Double decimal ? Numbers.exact(decimal) : value.toString();
    }
}
