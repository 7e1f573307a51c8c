/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.text.table;

import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;

/** Splits lines into cells with Commons CSV. */
final class Rows {
    private static final int MOST_CELLS = 1 << 16;

    private Rows() {}

    /**
     * The rows of some lines; those without a single cell that is not empty are left out.
     *
     * @param lines of which the first is line 1; blank where nothing is to be read
     * @throws TableException if quotes do not match
     */
    static List<Row> of(String place, List<String> lines, Separator separator) {
        int[] starts = new int[lines.size() + 1];
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < lines.size(); i++) {
            starts[i] = text.length();
            text.append(separator == Separator.SPACE ? singleSpaces(lines.get(i)) : lines.get(i))
                    .append('\n');
        }
        starts[lines.size()] = text.length();
        return of(place, text.toString(), starts, separator);
    }

    private static String singleSpaces(String line) {
        return line.strip().replaceAll("[ \t\u00a0]+", " ");
    }

    private static List<Row> of(String place, String text, int[] starts, Separator separator) {
        CSVFormat format = CSVFormat.DEFAULT
                .builder()
                .setDelimiter(separator.text())
                .setQuote('"')
                .setIgnoreEmptyLines(true)
                .setIgnoreSurroundingSpaces(true)
                .setTrim(true)
                .get();
        List<Row> rows = new ArrayList<>();
        int line = 1;
        try (CSVParser parser = CSVParser.parse(new StringReader(text), format)) {
            for (CSVRecord record : parser) {
                line = line(text, starts, record.getCharacterPosition());
                if (record.size() > MOST_CELLS) {
                    throw new TableException(place + ", line " + line + ": has more than " + MOST_CELLS + " cells");
                }
                List<String> cells = cells(record);
                if (!cells.isEmpty()) {
                    rows.add(new Row(line, cells, record.size()));
                }
                line += 1;
            }
        } catch (IOException | UncheckedIOException e) {
            throw new TableException(
                    place + ", line " + line(text, starts, starts[Math.min(line, starts.length) - 1])
                            + " or below: quotes do not match",
                    e);
        }
        return rows;
    }

    private static List<String> cells(CSVRecord record) {
        int size = record.size();
        while (size > 0 && record.get(size - 1).isBlank()) {
            size--;
        }
        List<String> cells = new ArrayList<>(size);
        for (int i = 0; i < size; i++) {
            cells.add(record.get(i).strip());
        }
        return cells;
    }

    /** The line at a position, or below it where it is blank. */
    private static int line(String text, int[] starts, long position) {
        int at = (int) position;
        while (at < text.length() && text.charAt(at) == '\n') {
            at++;
        }
        int found = Arrays.binarySearch(starts, at);
        return found >= 0 ? found + 1 : -found - 1;
    }

    /** The cells of one line, empty if its quotes do not match. */
    static List<String> cells(String line, Separator separator) {
        try {
            List<Row> rows = of("", List.of(line), separator);
            return rows.isEmpty() ? List.of() : rows.getFirst().cells();
        } catch (TableException e) {
            return List.of();
        }
    }
}
