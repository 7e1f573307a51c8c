/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.text.message;

import java.util.Locale;

/** Which characters a terminal shows as they are. */
final class Characters {
    private static final String CUT = "...";

    private Characters() {}

    /**
     * The first characters of a text; those that show nothing, or act on a terminal, as their code.
     *
     * @param most characters of the text that are kept
     */
    static String visible(String text, int most) {
        StringBuilder shown = new StringBuilder(Math.min(text.length(), 2 * Math.min(most, 1 << 12)));
        int at = 0;
        for (int kept = 0; at < text.length() && kept < most; kept++) {
            int c = text.codePointAt(at);
            append(shown, c);
            at += Character.charCount(c);
        }
        return at < text.length() ? shown.append(CUT).toString() : shown.toString();
    }

    private static void append(StringBuilder shown, int c) {
        switch (c) {
            case '\n' -> shown.append("\\n");
            case '\r' -> shown.append("\\r");
            case '\t' -> shown.append("\\t");
            default -> {
                if (!acts(c)) {
                    shown.appendCodePoint(c);
                } else if (Character.isBmpCodePoint(c)) {
                    shown.append(String.format(Locale.ROOT, "\\u%04x", c));
                } else {
                    shown.append(String.format(Locale.ROOT, "\\u{%x}", c));
                }
            }
        }
    }

    /** Control characters, marks of reading direction and others without width, line ends, halves of pairs. */
    private static boolean acts(int c) {
        return switch (Character.getType(c)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR,
                    Character.SURROGATE,
                    Character.PRIVATE_USE,
                    Character.UNASSIGNED -> true;
            default -> false;
        };
    }
}
