/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.text.message;

/** Text that was found in a file or on a command line, as a message shows it. */
public final class Quoted {
    /** Characters of a value that are shown; a number or a name is shorter. */
    private static final int MOST = 60;

    private Quoted() {}

    /** In quotes, cut where it is long, without control characters: {@code 'two'}. */
    public static String of(String text) {
        return "'" + bare(text) + "'";
    }

    /** Whether a message can carry the text as it is, apart from its length. */
    public static boolean isPlain(String text) {
        return Characters.visible(text, text.length()).equals(text);
    }

    /** The same without quotes, for names and for what another part of the product, or a library, says. */
    public static String bare(String text) {
        return Characters.visible(text, MOST);
    }
}
