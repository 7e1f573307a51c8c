/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.experiment.file;

import io.synaptile.text.message.OneLine;

/** Something wrong in an experiment file or on the command line, told in one line. */
public final class ConfigException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final String file;
    private final int line;
    private final String key;

    /**
     * @param file file as the user named it, or {@code command line}
     * @param line line, counted from 1, or 0 if there is none
     * @param key dotted key, or empty
     * @param message what is wrong, with the value and what is allowed
     */
    public ConfigException(String file, int line, String key, String message) {
        super(OneLine.of(file + (line > 0 ? ":" + line : "") + ": " + message));
        this.file = file;
        this.line = line;
        this.key = key;
    }

    public String file() {
        return file;
    }

    /** Line, counted from 1; 0 if there is none. */
    public int line() {
        return line;
    }

    /** Dotted key; empty if no key is concerned. */
    public String key() {
        return key;
    }
}
