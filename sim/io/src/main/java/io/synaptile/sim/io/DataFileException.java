/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.sim.io;

import io.synaptile.text.table.TableException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/** A file that is missing, damaged or not what was asked for; the message is one line that begins with its path. */
public final class DataFileException extends UncheckedIOException {
    private static final long serialVersionUID = 1L;

    private final String file;

    /**
     * @param file the file, or the folder where it was looked for
     * @param finding what was found and what is allowed
     */
    public DataFileException(Path file, String finding) {
        this(file, new IOException(oneLine(finding)));
    }

    /** Reports that the operating system refused to read or write {@code file}. */
    public DataFileException(Path file, IOException cause) {
        super(oneLine(file + ": " + describe(file, cause)), cause);
        this.file = file.toString();
    }

    private DataFileException(String message, Path file, IOException cause) {
        super(oneLine(message), cause);
        this.file = file.toString();
    }

    /** Reports what is wrong with a table, whose message begins with the file's name already. */
    public static DataFileException ofTable(Path file, TableException problem) {
        return new DataFileException(problem.getMessage(), file, new IOException(problem));
    }

    /** The file, or the folder where it was looked for. */
    public Path file() {
        return Path.of(file);
    }

    /** File system exceptions often carry nothing but the path as their message. */
    private static String describe(Path file, IOException cause) {
        if (cause instanceof NoSuchFileException) {
            return "no such file";
        }
        if (cause instanceof AccessDeniedException) {
            return "access denied";
        }
        String message = cause.getMessage();
        return message == null || message.equals(file.toString())
                ? cause.getClass().getSimpleName()
                : message;
    }

    /** Names inside a damaged file may hold line breaks and control characters, which must not reach a terminal. */
    private static String oneLine(String text) {
        StringBuilder line = new StringBuilder(text.length());
        text.codePoints().forEach(c -> line.appendCodePoint(Character.isISOControl(c) ? ' ' : c));
        return line.toString();
    }
}
