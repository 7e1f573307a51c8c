/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.text.table;

import io.synaptile.text.message.Quoted;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Lines of a text file that is no table, decoded and bounded as a {@link TextTable} is. */
public final class TextLines {
    private final String place;
    private final List<Line> lines = new ArrayList<>();

    /**
     * One line.
     *
     * @param number from 1
     * @param text without spaces at its ends; not empty, no comment
     */
    public record Line(int number, String text) {}

    private TextLines(Content content) {
        place = content.place();
        int number = 0;
        for (String line : content.lines()) {
            number++;
            if (!line.isBlank() && !Lines.isComment(line)) {
                lines.add(new Line(number, line.strip()));
            }
        }
    }

    /**
     * Reads a file.
     *
     * @param place how messages name it
     * @throws TableException if it cannot be read, is no text or too large
     */
    public static TextLines read(String place, Path file, Due due) {
        return new TextLines(Content.read(place, file, due));
    }

    /** The lines that say something. */
    public List<Line> lines() {
        return List.copyOf(lines);
    }

    /**
     * A finite number.
     *
     * @param line that it stands in, for messages
     * @param column the same, from 1
     * @throws TableException if it is none
     */
    public double number(Line line, int column, String cell) {
        CellKind kind = CellKind.of(cell);
        boolean plain = kind == CellKind.WHOLE || kind == CellKind.POINT;
        double value = plain ? Double.parseDouble(cell) : Double.NaN;
        if (!Double.isFinite(value)) {
            throw new TableException(place + ", line " + line.number() + ", column " + column
                    + ": must be a number, got " + Quoted.of(cell));
        }
        return value;
    }

    /** A problem of a line. */
    public TableException problem(Line line, String problem) {
        return new TableException(place + ", line " + line.number() + ": " + problem);
    }

    /** A problem of the file. */
    public TableException problem(String problem) {
        return new TableException(place + ": " + problem);
    }
}
