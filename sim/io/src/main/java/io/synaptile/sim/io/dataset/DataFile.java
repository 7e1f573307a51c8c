/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.sim.io.dataset;

import io.synaptile.sim.io.DataFileException;
import io.synaptile.sim.io.Sha256;
import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.zip.GZIPInputStream;

/**
 * A data file read from front to end, plain or gzip (recognised by its first bytes, not by its name). Every shortage or
 * surplus is a {@link DataFileException}. Nothing is allocated on the word of a header alone.
 */
public final class DataFile {
    /** Larger than any set read here (the largest, CIFAR-10 training batches, hold 31 MB each). */
    private static final long LARGEST_BYTES = 1L << 30;

    /** Deflate cannot expand further: 258 bytes from two bits. */
    private static final long LARGEST_EXPANSION = 1032;

    private static final int GZIP_TRAILER_BYTES = 8;

    /** Bytes of two files that are compared at a time. */
    private static final int COMPARED_BYTES = 1 << 20;

    private final Path path;
    private final String sha256;
    private final InputStream content;
    private final long contentLimit;
    private long position;

    private DataFile(Path path, byte[] stored) throws IOException {
        this.path = path;
        this.sha256 = Sha256.of(stored);
        boolean gzip = stored.length >= 2 && (stored[0] & 0xff) == 0x1f && (stored[1] & 0xff) == 0x8b;
        this.content = gzip ? new WholeGzip(stored) : new ByteArrayInputStream(stored);
        this.contentLimit = gzip ? stored.length * LARGEST_EXPANSION : stored.length;
    }

    /**
     * Opens a file at its first content byte.
     *
     * @throws DataFileException if it cannot be read
     */
    public static DataFile read(Path path) {
        try {
            long length = Files.size(path);
            if (length > LARGEST_BYTES) {
                throw new DataFileException(path, length + " bytes; a data file may have at most " + LARGEST_BYTES);
            }
            return new DataFile(path, Files.readAllBytes(path));
        } catch (EOFException e) {
            throw new DataFileException(path, "ends inside its gzip header");
        } catch (IOException e) {
            throw new DataFileException(path, e);
        }
    }

    public Path path() {
        return path;
    }

    /** For the run manifest. */
    public SourceFile source() {
        return new SourceFile(path, sha256);
    }

    /** Reads a big-endian 32-bit integer; {@code what} names it in errors. */
    public int readInt(String what) {
        return ByteBuffer.wrap(read(Integer.BYTES, what)).getInt();
    }

    /**
     * Reads exactly {@code count} bytes.
     *
     * @param what names them in errors
     * @throws DataFileException if the file ends earlier, is damaged or too short to hold that many
     */
    public byte[] read(long count, String what) {
        if (count < 0 || count > contentLimit - position || count > Integer.MAX_VALUE - 8) {
            throw tooShort(position + count, what, contentLimit);
        }
        byte[] bytes = readUpTo((int) count, what);
        if (bytes.length < count) {
            throw tooShort(position - bytes.length + count, what, position);
        }
        return bytes;
    }

    /** Both numbers count from the first byte of the content. */
    private DataFileException tooShort(long needed, String what, long there) {
        String most = content instanceof WholeGzip && there == contentLimit
                ? "a packed file of this size holds at most "
                : "";
        return new DataFileException(
                path,
                String.format(
                        Locale.ROOT,
                        "is too short for %s: %,d bytes needed in all, %s%,d there",
                        what,
                        needed,
                        most,
                        there));
    }

    /**
     * Whether two files hold the same once unpacked.
     *
     * @throws DataFileException if one of them cannot be read
     */
    static boolean sameContent(Path one, Path other) {
        DataFile first = read(one);
        DataFile second = read(other);
        byte[] part;
        do {
            part = first.readUpTo(COMPARED_BYTES, "the content");
            if (!Arrays.equals(part, second.readUpTo(COMPARED_BYTES, "the content"))) {
                return false;
            }
        } while (part.length > 0);
        return true;
    }

    /** Reads {@code limit} bytes, or fewer at the end of the file. */
    public byte[] readUpTo(int limit, String what) {
        try {
            byte[] bytes = content.readNBytes(limit);
            position += bytes.length;
            return bytes;
        } catch (EOFException e) {
            throw new DataFileException(path, "gzip data is truncated inside " + what);
        } catch (IOException e) {
            throw new DataFileException(path, "damaged gzip data inside " + what + " (" + e.getMessage() + ")");
        }
    }

    /**
     * Checks that everything was read.
     *
     * @param what was read, for the message
     */
    public void expectEnd(String what) {
        if (readUpTo(1, "the bytes after " + what).length != 0) {
            throw new DataFileException(path, "holds further bytes after " + what);
        }
        if (content instanceof WholeGzip gzip && gzip.unread() != 0) {
            throw new DataFileException(path, "holds " + gzip.unread() + " bytes after its gzip data");
        }
    }

    /** The JDK's reader ignores what follows the last member; with all input in one buffer the inflater can tell. */
    private static final class WholeGzip extends GZIPInputStream {
        WholeGzip(byte[] stored) throws IOException {
            super(new ByteArrayInputStream(stored), Math.max(stored.length, 512));
        }

        int unread() {
            return inf.getRemaining() - GZIP_TRAILER_BYTES;
        }
    }
}
