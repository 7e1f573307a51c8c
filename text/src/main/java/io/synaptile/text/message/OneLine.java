/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.text.message;

/**
 * A whole message as one line of bounded length. Parts of it that come from a file are cut where the message is made
 * ({@link Quoted}); here is the last net.
 */
public final class OneLine {
    /** Longer than any message of ours with names of files as they are. */
    private static final int MOST = 2_000;

    /** What is allowed stands at the end of a message. */
    private static final int END = 500;

    private OneLine() {}

    /** Line breaks become spaces, other control characters their code; the middle of what is too long is left out. */
    public static String of(String message) {
        // A second time, because a code is longer than its character.
        return cut(Characters.visible(joined(cut(message)), Integer.MAX_VALUE));
    }

    private static String cut(String text) {
        return text.length() <= MOST
                ? text
                : text.substring(0, MOST - END) + " ... " + text.substring(text.length() - END);
    }

    /** Each line break with the blanks around it as one space. */
    private static String joined(String text) {
        StringBuilder line = new StringBuilder(text.length());
        boolean broken = false;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (isBreak(c)) {
                while (!line.isEmpty() && Character.isWhitespace(line.charAt(line.length() - 1))) {
                    line.setLength(line.length() - 1);
                }
                broken = true;
            } else if (!broken || !Character.isWhitespace(c)) {
                line.append(broken && !line.isEmpty() ? " " : "").append(c);
                broken = false;
            }
        }
        return line.toString();
    }

    private static boolean isBreak(char c) {
        return c == '\n' || c == '\r' || c == '\f' || c == '\u000b' || c == '\u0085' || c == '\u2028' || c == '\u2029';
    }
}
