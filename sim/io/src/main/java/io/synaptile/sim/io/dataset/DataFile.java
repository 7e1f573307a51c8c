/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.sim.io.dataset;

import io.synaptile.sim.io.DataFileException;
import io.synaptile.sim.io.Sha256;
import io.synaptile.text.format.FileFormat;
import io.synaptile.text.limit.FileLimit;
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
import java.util.zip.ZipException;

/**
 * A data file read from front to end, plain or gzip (recognised by its first bytes, not by its name). Every shortage or
 * surplus is a {@link DataFileException}. Nothing is allocated on the word of a header alone, and nothing beyond the
 * {@link FileLimit}.
 */
public final class DataFile {
    /** Deflate cannot expand further: 258 bytes from two bits. */
    private static final long LARGEST_EXPANSION = 1032;

    private static final int GZIP_TRAILER_BYTES = 8;

    /** Bytes of two files that are compared at a time. */
    private static final int COMPARED_BYTES = 1 << 20;

    private final Path path;
    private final String sha256;
    private final FileLimit limit;
    private final InputStream content;
    private final long contentLimit;
    private final byte[] head;
    private long position;

    private DataFile(Path path, byte[] stored, FileLimit limit) throws IOException {
        this.path = path;
        this.limit = limit;
        this.sha256 = Sha256.of(stored);
        boolean gzip = stored.length >= 2 && (stored[0] & 0xff) == 0x1f && (stored[1] & 0xff) == 0x8b;
        this.content = gzip ? new WholeGzip(stored) : new ByteArrayInputStream(stored);
        this.contentLimit = gzip ? stored.length * LARGEST_EXPANSION : stored.length;
        this.head = head(stored, gzip);
    }

    /** First bytes of the content, as far as they can be unpacked. */
    private static byte[] head(byte[] stored, boolean gzip) throws IOException {
        if (!gzip) {
            return Arrays.copyOf(stored, Math.min(stored.length, FileFormat.HEAD_BYTES));
        }
        byte[] head = new byte[FileFormat.HEAD_BYTES];
        int bytes = 0;
        try (InputStream in = new GZIPInputStream(new ByteArrayInputStream(stored))) {
            for (int more = 0; more >= 0 && bytes < head.length; more = in.read(head, bytes, head.length - bytes)) {
                bytes += more;
            }
        } catch (EOFException | ZipException e) {
            // Whoever reads on meets the same damage and can say where.
            return Arrays.copyOf(head, bytes);
        }
        return Arrays.copyOf(head, bytes);
    }

    /**
     * Opens a file at its first content byte.
     *
     * @throws DataFileException if it cannot be read or is larger than the {@link FileLimit}
     */
    public static DataFile read(Path path) {
        return read(path, FileLimit.current());
    }

    /** As {@link #read(Path)}, with a limit of the caller's own. */
    static DataFile read(Path path, FileLimit limit) {
        try {
            DataFileException.refuseAbove(limit, path, Files.size(path));
            return new DataFile(path, Files.readAllBytes(path), limit);
        } catch (EOFException e) {
            throw new DataFileException(path, "ends inside its gzip header");
        } catch (IOException e) {
            throw new DataFileException(path, e);
        }
    }

    public Path path() {
        return path;
    }

    /**
     * Refuses a file whose first bytes, packed or not, are those of a kind that is known and not due.
     *
     * @param due with article, for example {@code the images of a data set}
     * @throws DataFileException naming both kinds
     */
    public void refuseOther(String due, FileFormat... formats) {
        DataFileException.refuseOther(path, head, due, formats);
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
        limit.refusal("up to the end of " + what + " holds", position + count).ifPresent(refusal -> {
            throw new DataFileException(path, refusal);
        });
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

    /** Reads {@code count} bytes, or fewer at the end of the file. */
    public byte[] readUpTo(int count, String what) {
        try {
            byte[] bytes = content.readNBytes(count);
            position += bytes.length;
            if (position > limit.bytes()) {
                throw new DataFileException(path, limit.overrun());
            }
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
