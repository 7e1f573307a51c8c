/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.sim.io;

import io.synaptile.text.format.FileFormat;
import io.synaptile.text.limit.FileLimit;
import io.synaptile.text.message.OneLine;
import io.synaptile.text.message.Sentence;
import io.synaptile.text.table.TableException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;

/** A file that is missing, damaged or not what was asked for; the message is one line that begins with its path. */
public final class DataFileException extends UncheckedIOException {
    private static final long serialVersionUID = 1L;

    private final String file;
    private final transient Sentence finding;

    /**
     * @param file the file, or the folder where it was looked for
     * @param finding what was found and what is allowed
     */
    public DataFileException(Path file, String finding) {
        this(file, Sentence.of(finding));
    }

    /**
     * @param file the file, or the folder where it was looked for
     * @param finding what was found, what is allowed and what can be chosen otherwise
     */
    public DataFileException(Path file, Sentence finding) {
        this(file, finding, new IOException(OneLine.of(finding.inWords())));
    }

    /** Reports that the operating system refused to read or write {@code file}. */
    public DataFileException(Path file, IOException cause) {
        this(file, Sentence.of(describe(file, cause)), cause);
    }

    private DataFileException(Path file, Sentence finding, IOException cause) {
        this(OneLine.of(file + ": " + finding.inWords()), file, finding, cause);
    }

    private DataFileException(String message, Path file, Sentence finding, IOException cause) {
        super(message, cause);
        this.file = file.toString();
        this.finding = finding;
    }

    /** Reports what is wrong with a table, whose message begins with the file's name already. */
    public static DataFileException ofTable(Path file, TableException problem) {
        String message = OneLine.of(problem.getMessage());
        return new DataFileException(message, file, Sentence.of(message), new IOException(problem));
    }

    /** What was found, without the file; the whole message where that begins with the file's name already. */
    public Sentence finding() {
        return finding;
    }

    /** The file, or the folder where it was looked for. */
    public Path file() {
        return Path.of(file);
    }

    /**
     * Refuses what cannot be held in memory.
     *
     * @param bytes that the file has, or says to unpack to
     * @throws DataFileException naming size, limit and what raises it
     */
    public static void refuseAbove(FileLimit limit, Path file, long bytes) {
        limit.refusal(bytes).ifPresent(refusal -> {
            throw new DataFileException(file, refusal);
        });
    }

    /**
     * Refuses a file of a kind that is known and is not the one that is due.
     *
     * @param head its first bytes
     * @param due with article, for example {@code a safetensors file}
     * @param formats those that are due
     * @throws DataFileException naming both kinds
     */
    public static void refuseOther(Path file, byte[] head, String due, FileFormat... formats) {
        FileFormat.of(head).filter(found -> !List.of(formats).contains(found)).ifPresent(found -> {
            throw new DataFileException(file, "is " + found.description() + ", not " + due);
        });
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
}
