/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.reports.outcome;

import java.util.List;

/** Columns of text for a terminal. */
final class AlignedText {
    private static final String GAP = "  ";

    private AlignedText() {}

    /** First column to the left, numbers to the right. */
    static String of(List<List<String>> lines) {
        int columns = lines.getFirst().size();
        int[] widths = new int[columns];
        for (List<String> line : lines) {
            for (int c = 0; c < columns; c++) {
                widths[c] = Math.max(widths[c], line.get(c).length());
            }
        }
        StringBuilder text = new StringBuilder();
        for (List<String> line : lines) {
            text.append(line.getFirst()).repeat(' ', widths[0] - line.getFirst().length());
            for (int c = 1; c < columns; c++) {
                text.append(GAP).repeat(' ', widths[c] - line.get(c).length()).append(line.get(c));
            }
            text.append('\n');
        }
        return text.toString();
    }
}
