/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.text.table;

import io.synaptile.text.message.Quoted;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Finds the separator of rows of numbers by which most lines are numbers, and what stands above them. */
final class NumberLayout {
    private static final int SAMPLE = 2000;

    private final String place;
    private final Lines lines;
    private final boolean named;

    /** How lines look when they are parted in one way. */
    private record Reading(Separator separator, List<Row> rows, int numbers, int width) {
        static Reading of(Separator separator, List<Row> rows, boolean named) {
            int numbers = 0;
            int width = 0;
            for (Row row : rows) {
                if (isNumbers(row, named)) {
                    numbers++;
                    width = Math.max(width, row.cells().size());
                }
            }
            return new Reading(separator, rows, numbers, width);
        }
    }

    private NumberLayout(String place, Lines lines, boolean named) {
        this.place = place;
        this.lines = lines;
        this.named = named;
    }

    static Layout find(String place, Lines lines, Due due) {
        return new NumberLayout(place, lines, due.named()).find();
    }

    private Layout find() {
        Reading reading = reading();
        int first = 0;
        while (!isNumbers(reading.rows().get(first), named)) {
            first++;
        }
        Row numbers = reading.rows().get(first);
        if (numbers.cells().size() < reading.width()) {
            throw new TableException(at(numbers) + "has " + numbers.cells().size() + " of the " + reading.width()
                    + " columns that there are below");
        }
        List<Row> above = reading.rows().subList(0, first);
        Optional<Layout> header = header(reading, above, numbers.line());
        if (header.isPresent()) {
            return header.get();
        }
        above.forEach(row -> refuseBroken(row, reading.width()));
        return commented(reading, numbers.line(), first)
                .orElse(new Layout(reading.separator(), 0, List.of(), numbers.line(), first));
    }

    private Reading reading() {
        List<String> sample = lines.sample(SAMPLE);
        List<Reading> readings = new ArrayList<>();
        List<TableException> problems = new ArrayList<>();
        for (Separator separator : lines.separators()) {
            try {
                readings.add(Reading.of(separator, Rows.of(place, sample, separator), named));
            } catch (TableException e) {
                problems.add(e);
            }
        }
        int most = readings.stream().mapToInt(Reading::numbers).max().orElse(0);
        if (most == 0) {
            throw problems.isEmpty() ? noNumbers(sample) : problems.getLast();
        }
        List<Reading> best =
                readings.stream().filter(reading -> reading.numbers() == most).toList();
        Reading first =
                best.stream().filter(reading -> reading.width() > 1).findFirst().orElse(best.getLast());
        Reading last = best.getLast();
        boolean either = first.separator() == Separator.COMMA && last.separator() == Separator.NONE;
        return either && !isTwoColumns(first, last) ? last : first;
    }

    private TableException noNumbers(List<String> sample) {
        for (int i = 0; i < sample.size(); i++) {
            if (!sample.get(i).isBlank()) {
                return new TableException(place + ", line " + (i + 1)
                        + ": there is no row of numbers; the first line is " + Quoted.of(sample.get(i)));
            }
        }
        return new TableException(place + ": has no rows");
    }

    /** Whether {@code 2,05} stands for two whole numbers; by the header, else by zeros that no whole number begins with. */
    private boolean isTwoColumns(Reading two, Reading one) {
        for (Row row : two.rows()) {
            if (isNumbers(row, named)) {
                break;
            }
            if (row.cells().size() == 2 && isText(row)) {
                return true;
            }
        }
        if (!isNumbers(one.rows().getFirst(), named)) {
            return false;
        }
        if (two.rows().stream().anyMatch(row -> row.cell(1).matches("0\\d+"))) {
            return false;
        }
        Row row = one.rows().getFirst();
        throw new TableException(
                at(row) + Quoted.of(row.cell(0))
                        + " may be two whole numbers or one with a decimal comma; add a header line that says how many columns there are");
    }

    /** The header right above the first row of numbers, with or without a line of units. */
    private Optional<Layout> header(Reading reading, List<Row> above, int firstLine) {
        for (int back = 1; back <= Math.min(2, above.size()); back++) {
            Row row = above.get(above.size() - back);
            if (row.cells().size() <= reading.width() && row.written() >= reading.width() && isText(row)) {
                Layout layout = NamedLayout.withUnits(
                        lines,
                        new Layout(
                                reading.separator(),
                                row.line(),
                                NamedLayout.columns(row.cells()),
                                back == 1 ? firstLine : row.line() + 1,
                                above.size() - back));
                boolean wholeHeader = layout.firstLine() == row.line() + 2;
                if (back == 2 && wholeHeader || back == 1 && !isUnitsBelowNames(above, reading)) {
                    return Optional.of(new Layout(
                            layout.separator(), layout.headerLine(), layout.columns(), firstLine, layout.skipped()));
                }
            }
        }
        return Optional.empty();
    }

    private boolean isUnitsBelowNames(List<Row> above, Reading reading) {
        if (above.size() < 2) {
            return false;
        }
        Row names = above.get(above.size() - 2);
        Layout layout =
                new Layout(reading.separator(), names.line(), NamedLayout.columns(names.cells()), names.line() + 1, 0);
        return isText(names)
                && names.cells().size() == reading.width()
                && NamedLayout.withUnits(lines, layout).firstLine() > layout.firstLine();
    }

    /** A line above the numbers that is neither header nor text: a row that something is wrong with. */
    private void refuseBroken(Row row, int width) {
        long numbers = row.cells().stream()
                .filter(cell -> CellKind.of(cell).isNumber())
                .count();
        long texts = row.cells().stream()
                .filter(cell -> CellKind.of(cell) == CellKind.TEXT)
                .count();
        if (numbers > 0 && (row.cells().size() == width || numbers > texts)) {
            for (int i = 0; i < row.cells().size() - (named ? 1 : 0); i++) {
                if (CellKind.of(row.cell(i)) == CellKind.TEXT) {
                    throw new TableException(place + ", line " + row.line() + ", column " + (i + 1)
                            + ": must be a number, got " + Quoted.of(row.cell(i)));
                }
            }
        }
    }

    /** A header that is written as a comment right above the numbers. */
    private Optional<Layout> commented(Reading reading, int firstLine, int skipped) {
        for (int number = firstLine - 1; number >= 1; number--) {
            String comment = lines.comment(number);
            if (!comment.isBlank()) {
                List<Row> rows = Rows.of(place, List.of(comment), reading.separator());
                return rows.stream()
                        .filter(row -> row.cells().size() == reading.width() && reading.width() > 1 && isText(row))
                        .findFirst()
                        .map(row -> new Layout(
                                reading.separator(),
                                firstLine - 1,
                                NamedLayout.columns(row.cells()),
                                firstLine,
                                skipped));
            } else if (!lines.isBlank(number)) {
                return Optional.empty();
            }
        }
        return Optional.empty();
    }

    private static boolean isNumbers(Row row, boolean named) {
        boolean some = false;
        List<String> numbers = named && !row.cells().isEmpty()
                ? row.cells().subList(0, row.cells().size() - 1)
                : row.cells();
        for (String cell : numbers) {
            CellKind kind = CellKind.of(cell);
            if (kind == CellKind.TEXT
                    || kind == CellKind.THOUSANDS && row.cells().size() == 1) {
                return false;
            }
            some |= kind != CellKind.MISSING;
        }
        return some;
    }

    /** Whether a line has words and no numbers. */
    private static boolean isText(Row row) {
        return row.cells().stream().noneMatch(cell -> CellKind.of(cell).isNumber())
                && row.cells().stream().anyMatch(cell -> CellKind.of(cell) == CellKind.TEXT);
    }

    private String at(Row row) {
        return place + ", line " + row.line() + ": ";
    }
}
