/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.text.table;

import io.synaptile.text.message.Quoted;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** Finds the header of a table whose columns have known names, and by it the separator. */
final class NamedLayout {
    /** Lines of an instrument's preamble, and more. */
    private static final int DEEPEST_HEADER = 200;

    private NamedLayout() {}

    static Layout find(String place, Lines lines, Due due) {
        int deepest = Math.min(lines.count(), DEEPEST_HEADER);
        int skipped = 0;
        int first = 0;
        for (int number = 1; number <= deepest; number++) {
            if (lines.isBlank(number)) {
                continue;
            }
            first = first == 0 ? number : first;
            Layout found = in(lines.line(number), number, lines, due, skipped);
            if (found != null) {
                return found;
            }
            skipped++;
        }
        for (int number = first == 0 ? deepest : first - 1; number >= 1; number--) {
            Layout found = in(lines.comment(number), number, lines, due, 0);
            if (found != null) {
                return found;
            }
        }
        if (first == 0) {
            throw new TableException(place + ": has no rows");
        }
        throw new TableException(place + ", line " + first + ": there is no header with " + wanted(due)
                + "; the first line is " + Quoted.of(lines.line(first)));
    }

    private static String wanted(Due due) {
        if (due.headers().size() == 1) {
            Set<String> all = new TreeSet<>(due.headers().getFirst());
            return (all.size() == 1 ? "a column " : "the columns ") + String.join(", ", all);
        }
        Set<String> any = new LinkedHashSet<>();
        due.headers().forEach(any::addAll);
        return "a column " + String.join(" or ", any);
    }

    /** The layout if a line is the header, else null. */
    private static Layout in(String line, int number, Lines lines, Due due, int skipped) {
        Layout widest = null;
        for (Separator separator : lines.separators()) {
            if (separator == Separator.SPACE
                    && widest != null
                    && widest.columns().size() > 1) {
                // Spaces are within names and before units, as in "Mean (uS)", where something else parts them.
                continue;
            }
            List<Column> columns = columns(Rows.cells(line, separator));
            Set<String> names = new TreeSet<>();
            columns.forEach(column -> names.add(column.name()));
            boolean header = due.headers().stream().anyMatch(names::containsAll);
            if (header && (widest == null || columns.size() > widest.columns().size())) {
                widest = withUnits(lines, new Layout(separator, number, columns, number + 1, skipped));
            }
        }
        return widest;
    }

    static List<Column> columns(List<String> cells) {
        List<Column> columns = new ArrayList<>();
        for (int i = 0; i < cells.size(); i++) {
            columns.add(Column.of(i, cells.get(i)));
        }
        return columns;
    }

    /** Takes a line of units below the header into the columns. */
    static Layout withUnits(Lines lines, Layout layout) {
        int next = layout.firstLine();
        if (next > lines.count()) {
            return layout;
        }
        List<String> cells = Rows.cells(lines.line(next), layout.separator());
        boolean units = !cells.isEmpty()
                && cells.size() <= layout.columns().size()
                && cells.stream().allMatch(NamedLayout::isUnit)
                && cells.stream().anyMatch(cell -> Quantity.of(bare(cell)).isPresent());
        if (!units) {
            return layout;
        }
        List<Column> columns = new ArrayList<>();
        for (Column column : layout.columns()) {
            columns.add(column.index() < cells.size() ? column.in(cells.get(column.index())) : column);
        }
        return new Layout(layout.separator(), layout.headerLine(), columns, next + 1, layout.skipped());
    }

    private static boolean isUnit(String cell) {
        String bare = bare(cell);
        return bare.isEmpty() || bare.equals("-") || Quantity.of(bare).isPresent();
    }

    private static String bare(String cell) {
        return cell.replaceAll("[()\\[\\]{}]", "").strip();
    }
}
