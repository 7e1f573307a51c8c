/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.sim.io;

import io.synaptile.text.format.FileFormat;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;

/** A whole file of text in UTF-8. */
public final class TextFile {
    private TextFile() {}

    /**
     * Reads a file.
     *
     * @param mostBytes largest size
     * @param due what the file should be, with article
     * @throws DataFileException if it is missing, larger, of another kind or not text
     */
    public static String read(Path file, int mostBytes, String due) {
        byte[] bytes;
        try (InputStream in = Files.newInputStream(file)) {
            bytes = in.readNBytes(mostBytes + 1);
        } catch (IOException e) {
            throw new DataFileException(file, e);
        }
        DataFileException.refuseOther(file, Arrays.copyOf(bytes, Math.min(bytes.length, FileFormat.HEAD_BYTES)), due);
        if (bytes.length > mostBytes) {
            throw new DataFileException(
                    file, "has " + size(file) + " bytes, " + due + " may have at most " + mostBytes);
        }
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
        } catch (CharacterCodingException e) {
            throw new DataFileException(file, "is not a text file in UTF-8");
        }
    }

    private static long size(Path file) {
        try {
            return Files.size(file);
        } catch (IOException e) {
            throw new DataFileException(file, e);
        }
    }
}
