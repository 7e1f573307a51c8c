/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.text.table;

/** What parts the cells of a line. */
public enum Separator {
    TAB("tabs", "\t"),
    SEMICOLON("semicolons", ";"),
    COMMA("commas", ","),
    /** Any number of spaces and tabs. */
    SPACE("spaces", " "),
    /** A single column. */
    NONE("nothing", "\0");

    private final String plural;
    private final String text;

    Separator(String plural, String text) {
        this.plural = plural;
        this.text = text;
    }

    /** As it follows "separated by". */
    String plural() {
        return plural;
    }

    /** As Commons CSV is told. */
    String text() {
        return text;
    }
}
