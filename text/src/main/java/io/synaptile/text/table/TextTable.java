/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.text.table;

import io.synaptile.text.message.Quoted;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * A table of text: rows of cells, with a header or without. Numbers are read with the decimal mark that the file has; a line of
 * comment begins with {@code #}, {@code %} or {@code //}.
 */
public final class TextTable {
    private final Content content;
    private final Layout layout;
    private final DecimalMark mark;
    private final List<Column> columns;
    private final List<Row> rows;

    private TextTable(Content content, Due due) {
        this.content = content;
        Lines lines = new Lines(content);
        this.layout = due.hasHeader()
                ? NamedLayout.find(content.place(), lines, due)
                : NumberLayout.find(content.place(), lines, due);
        this.rows = Rows.of(content.place(), lines.from(layout.firstLine()), layout.separator());
        if (rows.isEmpty()) {
            throw problem("has no rows below its header");
        }
        this.columns = named(due);
        if (due.hasHeader()) {
            rows.forEach(this::refuseWide);
        }
        this.mark = mark(due);
    }

    /**
     * Reads a file.
     *
     * @param place how messages name it
     * @throws TableException if it cannot be read, is no text, is too large, or may be read in two ways
     */
    public static TextTable read(String place, Path file, Due due) {
        return new TextTable(Content.read(place, file, due), due);
    }

    /** As {@link #read}, for bytes that are at hand. */
    public static TextTable of(String place, byte[] bytes, Due due) {
        return new TextTable(Content.of(place, bytes, due), due);
    }

    /** As {@link #read}, for text that is at hand. */
    public static TextTable of(String place, String text, Due due) {
        return of(place, text.getBytes(StandardCharsets.UTF_8), due);
    }

    /** The columns that have a name; a first one without a name that counts the rows is the index of a data frame. */
    private List<Column> named(Due due) {
        Map<String, Column> known = new HashMap<>();
        List<Column> named = new ArrayList<>();
        for (Column column : layout.columns()) {
            if (column.title().isEmpty()) {
                if (due.hasHeader() && !countsRows(column)) {
                    throw new TableException(content.place() + ", line " + layout.headerLine() + ", column "
                            + (column.index() + 1) + ": has no name");
                }
                continue;
            }
            Column other = known.put(column.title(), column);
            if (due.hasHeader() && other != null) {
                throw twice(column, other);
            }
            named.add(column);
        }
        return List.copyOf(named);
    }

    private TableException twice(Column column, Column other) {
        return new TableException(
                content.place() + ", line " + layout.headerLine() + ": column " + Quoted.of(column.name())
                        + " is there twice, as column " + (other.index() + 1) + " and " + (column.index() + 1));
    }

    private boolean countsRows(Column column) {
        for (int i = 0; i < rows.size(); i++) {
            if (!rows.get(i).cell(column.index()).equals(Integer.toString(i))) {
                return false;
            }
        }
        return column.index() == 0;
    }

    private void refuseWide(Row row) {
        int width = layout.columns().size();
        if (row.cells().size() > width) {
            throw problem(
                    row,
                    row.cells().size() + " values under " + width + " columns"
                            + (layout.separator() == Separator.COMMA
                                    ? "; decimal commas need another separator or quotes"
                                    : ""));
        }
    }

    private DecimalMark mark(Due due) {
        Place comma = null;
        Place point = null;
        Place either = null;
        for (Row row : rows) {
            for (int i = 0; i < row.cells().size(); i++) {
                if (isText(i, due) || due.named() && i == row.cells().size() - 1) {
                    continue;
                }
                switch (CellKind.of(number(row.cell(i)))) {
                    case COMMA -> comma = comma == null ? new Place(row, i) : comma;
                    case POINT -> point = point == null ? new Place(row, i) : point;
                    case COMMA_OR_THOUSANDS -> either = either == null ? new Place(row, i) : either;
                    case THOUSANDS ->
                        throw problem(row, i, Quoted.of(row.cell(i)) + " has marks of thousands; write it without");
                    case WHOLE, MISSING, OPEN, TEXT -> {}
                }
            }
        }
        if (point != null && (comma != null || either != null)) {
            Place other = comma != null ? comma : either;
            throw problem(
                    other.row(),
                    other.index(),
                    Quoted.of(other.cell()) + " has a comma where " + Quoted.of(point.cell()) + " in line "
                            + point.row().line() + " has a point; is it a decimal comma, or a mark of thousands?");
        } else if (either != null && comma == null) {
            throw problem(
                    either.row(),
                    either.index(),
                    Quoted.of(either.cell())
                            + " may have a decimal comma or a mark of thousands, and no other number of the file shows which;"
                            + " write it with a point or without the mark");
        }
        return comma != null ? DecimalMark.COMMA : DecimalMark.POINT;
    }

    private boolean isText(int index, Due due) {
        return index < layout.columns().size()
                && due.texts().contains(layout.columns().get(index).name());
    }

    /** A cell of a row. */
    private record Place(Row row, int index) {
        String cell() {
            return row.cell(index);
        }
    }

    /** With a hyphen for the minus sign of typesetters. */
    private static String number(String cell) {
        return cell.indexOf('\u2212') < 0 ? cell : cell.replace('\u2212', '-');
    }

    /** The columns that the header names, in the order of the file; none where there is no header. */
    public List<Column> columns() {
        return columns;
    }

    /** Whether the header names a column. */
    public boolean has(String name) {
        return find(name).isPresent();
    }

    /**
     * The column of a name.
     *
     * @throws TableException if two have it, in other units or other letters
     */
    public Optional<Column> find(String name) {
        List<Column> found =
                columns.stream().filter(column -> column.name().equals(name)).toList();
        if (found.size() > 1) {
            throw twice(found.get(1), found.getFirst());
        }
        return found.stream().findFirst();
    }

    /**
     * The column of a name.
     *
     * @throws TableException if there is none
     */
    public Column column(String name) {
        return find(name).orElseThrow(() -> {
            Predicate<Column> unknownUnit = column -> column.name().matches(name + "[_(\\[{/,].*");
            String meant = columns.stream()
                    .filter(unknownUnit)
                    .findFirst()
                    .map(column -> "; the unit of " + Quoted.of(column.title()) + " is unknown")
                    .orElse("");
            return problem("the column " + name + " is missing, there are " + names() + meant);
        });
    }

    /** Names of all columns, for a message. */
    public String names() {
        return String.join(
                ", ", columns.stream().map(Column::name).map(Quoted::bare).toList());
    }

    /** The rows, in the order of the file; at least one. */
    public List<Row> rows() {
        return rows;
    }

    /** Most cells that a row has. */
    public int width() {
        return rows.stream().mapToInt(row -> row.cells().size()).max().orElseThrow();
    }

    /** Line of the header, 0 where there is none. */
    public int headerLine() {
        return layout.headerLine();
    }

    /**
     * What numbers of a column are multiplied by to be in the unit of a quantity; 1 where the header has no unit.
     *
     * @throws TableException if the unit is one of another quantity
     */
    public double factor(Column column, Quantity quantity) {
        if (column.unit().isEmpty()) {
            return 1;
        }
        return quantity.factor(column.unit())
                .orElseThrow(() -> new TableException(content.place() + ", line " + layout.headerLine() + ", column "
                        + (column.index() + 1) + ": " + Quoted.of(column.title()) + " has the unit "
                        + Quoted.of(column.unit()) + "; " + quantity.plural() + " are in " + quantity.units()));
    }

    /** Whether a cell holds no value. */
    public boolean isMissing(Row row, int index) {
        CellKind kind = CellKind.of(number(row.cell(index)));
        return kind == CellKind.MISSING || kind == CellKind.OPEN;
    }

    /**
     * The number in a cell, which must be there.
     *
     * @param index from 0
     * @throws TableException if it is missing, no number or not finite
     */
    public double number(Row row, int index) {
        if (isMissing(row, index)) {
            String cell = row.cell(index);
            throw problem(
                    row,
                    index,
                    title(index) + (cell.isEmpty() ? "is empty" : "must be a number, got " + Quoted.of(cell)));
        }
        return numberOrMissing(row, index);
    }

    /**
     * The number in a cell, NaN where it is missing.
     *
     * @param index from 0
     * @throws TableException if it is no number or not finite
     */
    public double numberOrMissing(Row row, int index) {
        String cell = number(row.cell(index));
        CellKind kind = CellKind.of(cell);
        if (kind == CellKind.MISSING || kind == CellKind.OPEN) {
            return Double.NaN;
        } else if (!kind.isNumber()) {
            throw problem(row, index, title(index) + "must be a number, got " + Quoted.of(row.cell(index)));
        }
        double value = Double.parseDouble(mark == DecimalMark.COMMA ? cell.replace(',', '.') : cell);
        if (Double.isInfinite(value)) {
            throw problem(row, index, title(index) + "is too large, got " + Quoted.of(row.cell(index)));
        }
        return value;
    }

    private String title(int index) {
        return columns.stream()
                .filter(column -> column.index() == index)
                .map(column -> Quoted.bare(column.name()) + " ")
                .findFirst()
                .orElse("");
    }

    /** A cell of numbers as it would be written with a decimal point; other cells as they are. */
    public String plain(Row row, int index) {
        String cell = row.cell(index);
        boolean comma = mark == DecimalMark.COMMA && CellKind.of(cell).isNumber();
        return comma ? cell.replace(',', '.') : cell;
    }

    /** A problem of the whole table. */
    public TableException problem(String problem) {
        return new TableException(content.place() + ": " + problem);
    }

    /** A problem of a row. */
    public TableException problem(Row row, String problem) {
        return new TableException(content.place() + ", line " + row.line() + ": " + problem);
    }

    /**
     * A problem of a cell.
     *
     * @param index from 0
     */
    public TableException problem(Row row, int index, String problem) {
        return new TableException(
                content.place() + ", line " + row.line() + ", column " + (index + 1) + ": " + problem);
    }

    /** Whether it is written as the product writes tables: commas, decimal points, UTF-8, nothing but comments above. */
    public boolean isPlain() {
        return layout.separator() == Separator.COMMA
                && mark == DecimalMark.POINT
                && content.encoding().isEmpty()
                && layout.skipped() == 0;
    }

    /**
     * What the file was taken for, in one line.
     *
     * @param more what else was decided, for example about units
     */
    public String reading(List<String> more) {
        List<String> parts = new ArrayList<>();
        parts.add("read as "
                + (layout.separator() == Separator.NONE
                        ? "one column"
                        : "columns separated by " + layout.separator().plural()));
        parts.add("decimal " + (mark == DecimalMark.COMMA ? "comma" : "point"));
        parts.add(layout.headerLine() > 0 ? "header in line " + layout.headerLine() : "no header");
        if (layout.skipped() > 0) {
            parts.add(layout.skipped() + (layout.skipped() == 1 ? " line" : " lines") + " above skipped");
        }
        if (!content.encoding().isEmpty()) {
            parts.add(content.encoding());
        }
        parts.addAll(more);
        return content.place() + ": " + String.join(", ", parts);
    }
}
