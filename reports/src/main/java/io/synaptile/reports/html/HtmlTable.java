/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.reports.html;

import io.synaptile.reports.table.Column;
import io.synaptile.reports.table.Metric;
import io.synaptile.reports.table.Numbers;
import io.synaptile.reports.table.Table;
import java.util.ArrayList;
import java.util.List;

/** A table as the template shows it. */
record HtmlTable(List<Cell> headers, List<Row> rows) {
    /** @param kind CSS class, {@code n} for numbers */
    record Cell(String text, String unit, String kind) {}

    record Row(List<Cell> cells) {}

    /** All columns of a report table but the point where it would be the same in every row. */
    static <R> HtmlTable of(Table<R> table, List<R> rows, boolean withPoint) {
        List<Column<R>> columns = table.columns().stream()
                .filter(column -> withPoint || !column.metric().name().equals("point"))
                .toList();
        List<Cell> headers = columns.stream().map(HtmlTable::header).toList();
        List<Row> lines = new ArrayList<>();
        for (R row : rows) {
            lines.add(new Row(columns.stream()
                    .map(column -> cell(column.metric(), column.value().apply(row)))
                    .toList()));
        }
        return new HtmlTable(headers, lines);
    }

    /** A number in a table of its own. */
    static Cell number(double value) {
        return new Cell(Numbers.readable(value), "", "n");
    }

    static Cell text(String text) {
        return new Cell(text, "", "t");
    }

    static Cell numberHeader(String text, String unit) {
        return new Cell(text, unit, "n");
    }

    private static <R> Cell header(Column<R> column) {
        Metric metric = column.metric();
        return new Cell(metric.label(), metric.unit(), metric.type() == Metric.Type.TEXT ? "t" : "n");
    }

    private static Cell cell(Metric metric, Object value) {
        return switch (metric.type()) {
            case TEXT -> text((String) value);
            case INTEGER -> new Cell(value.toString(), "", "n");
            case DECIMAL ->
                metric.unit().equals("%")
                        ? new Cell(Numbers.fixed((Double) value, 2), "", "n")
                        : number((Double) value);
        };
    }
}
