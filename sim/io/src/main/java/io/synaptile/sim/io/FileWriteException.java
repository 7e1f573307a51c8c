/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.sim.io;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;

/**
 * A file that could not be written although it may be: no space is left, a quota is used up, the disk is broken. The message
 * is one line that begins with its path.
 */
public final class FileWriteException extends UncheckedIOException {
    private static final long serialVersionUID = 1L;

    /** Bytes of the longest name that file systems in use take. */
    private static final int LONGEST_NAME = 255;

    private FileWriteException(Path file, IOException cause) {
        super(file + ": cannot be written: " + reason(file, cause), cause);
    }

    /**
     * What to throw where a file could not be written.
     *
     * @return a {@link DataFileException} if the name is one that nothing can be written to, else one of this class
     */
    public static UncheckedIOException of(Path file, IOException cause) {
        boolean refused = cause instanceof AccessDeniedException
                || cause instanceof FileAlreadyExistsException
                || cause instanceof NoSuchFileException
                || cause instanceof NotDirectoryException
                || isTooLong(file)
                || !Files.isWritable(existing(file));
        return refused ? new DataFileException(file, cause) : new FileWriteException(file, cause);
    }

    private static boolean isTooLong(Path file) {
        for (Path name : file) {
            if (name.toString().getBytes(StandardCharsets.UTF_8).length > LONGEST_NAME) {
                return true;
            }
        }
        return false;
    }

    private static Path existing(Path file) {
        Path folder = file.toAbsolutePath().getParent();
        while (folder != null && !Files.exists(folder)) {
            folder = folder.getParent();
        }
        return folder == null ? file.toAbsolutePath().getRoot() : folder;
    }

    /** What the system said, without the names that it repeats. */
    private static String reason(Path file, IOException cause) {
        String said = cause instanceof FileSystemException refused && refused.getReason() != null
                ? refused.getReason()
                : cause.getMessage();
        return said == null || said.equals(file.toString()) ? cause.getClass().getSimpleName() : said;
    }
}
