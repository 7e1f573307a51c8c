/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.text.table;

/** What was found in a file, as a message shows it. */
final class Shown {
    private static final int MOST = 60;

    private Shown() {}

    /** In quotes, cut where it is long, without control characters. */
    static String of(String text) {
        StringBuilder shown = new StringBuilder("'");
        text.codePoints()
                .limit(MOST)
                .forEach(c -> shown.appendCodePoint(
                        Character.isISOControl(c) || Character.getType(c) == Character.FORMAT ? ' ' : c));
        return shown.append(text.codePointCount(0, text.length()) > MOST ? "...'" : "'")
                .toString();
    }
}
