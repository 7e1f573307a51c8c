/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.board.trace;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Parser;
import io.synaptile.board.Wire;
import io.synaptile.board.wire.TraceEntry;
import io.synaptile.board.wire.TraceHeader;
import io.synaptile.mapping.port.ArrayPort;
import java.io.BufferedInputStream;
import java.io.ByteArrayInputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import java.util.zip.InflaterInputStream;

/**
 * A file of recorded calls that answers. Calls are recognised by what they ask for; the same call made again gets the next of
 * the answers that it got, and one that was never made is refused. Only where answers are is held in memory.
 */
public final class TraceFile implements AutoCloseable {
    private static final int MAX_HEADER_BYTES = 4096;
    /** Replies are inflated to at most so many bytes. */
    private static final int MAX_REPLY_BYTES = Wire.MAX_MESSAGE_BYTES;

    private final Path path;
    private final RandomAccessFile file;
    /** Where the entries of a call begin, in their order, by tile, name and hash. */
    private final Map<String, Deque<Place>> places = new HashMap<>();

    private record Place(long offset, int length) {}

    private TraceFile(Path path, RandomAccessFile file) {
        this.path = path;
        this.file = file;
    }

    /**
     * Opens a file and looks where its entries are.
     *
     * @throws IllegalArgumentException naming file, offset and what is wrong with it
     */
    public static TraceFile open(Path path) {
        if (!Files.isRegularFile(path)) {
            throw new IllegalArgumentException(path + ": no such file of recorded calls");
        }
        try (DataInputStream in = new DataInputStream(new BufferedInputStream(Files.newInputStream(path)))) {
            TraceFile trace = new TraceFile(path, new RandomAccessFile(path.toFile(), "r"));
            try {
                trace.index(in);
                return trace;
            } catch (RuntimeException | IOException e) {
                trace.close();
                throw e;
            }
        } catch (IOException e) {
            throw new UncheckedIOException(path + ": " + e.getMessage(), e);
        }
    }

    private void index(DataInputStream in) throws IOException {
        long[] offset = {0};
        byte[] first = next(in, offset, MAX_HEADER_BYTES);
        TraceHeader header = first == null ? TraceHeader.getDefaultInstance() : parse(TraceHeader.parser(), first, 0);
        if (!header.getFormat().equals(TraceWriter.FORMAT)) {
            throw new IllegalArgumentException(path + ": not a file of recorded calls");
        }
        if (header.getVersion() != TraceWriter.VERSION) {
            throw new IllegalArgumentException(path + ": version " + Integer.toUnsignedString(header.getVersion())
                    + " of recorded calls; this program reads version " + TraceWriter.VERSION);
        }
        long before = offset[0];
        for (byte[] bytes = next(in, offset, Wire.MAX_MESSAGE_BYTES);
                bytes != null;
                bytes = next(in, offset, Wire.MAX_MESSAGE_BYTES)) {
            TraceEntry entry = parse(TraceEntry.parser(), bytes, before);
            String key = key(
                    entry.getTile(), entry.getCall(), entry.getRequestSha256().toByteArray());
            places.computeIfAbsent(key, _ -> new ArrayDeque<>()).add(new Place(offset[0] - bytes.length, bytes.length));
            before = offset[0];
        }
    }

    private static String key(String tile, String call, byte[] hash) {
        return tile + " " + call + " " + HexFormat.of().formatHex(hash);
    }

    private <T> T parse(Parser<T> parser, byte[] bytes, long offset) {
        try {
            return parser.parseFrom(bytes);
        } catch (InvalidProtocolBufferException e) {
            throw new IllegalArgumentException(
                    path + ": byte " + offset + ": not an entry of recorded calls (" + e.getMessage() + ")", e);
        }
    }

    /** The bytes of the next entry; null at the end. */
    private byte[] next(DataInputStream in, long[] offset, int most) throws IOException {
        long length = 0;
        for (int shift = 0; ; shift += 7) {
            int read = in.read();
            if (read < 0 && shift == 0) {
                return null;
            }
            if (read < 0 || shift > 28) {
                throw damaged(offset[0], "the length of an entry breaks off");
            }
            offset[0]++;
            length |= (long) (read & 0x7F) << shift;
            if ((read & 0x80) == 0) {
                break;
            }
        }
        if (length > most) {
            throw damaged(offset[0], "an entry of " + length + " bytes; at most " + most + " are allowed");
        }
        byte[] bytes = in.readNBytes((int) length);
        if (bytes.length < length) {
            throw damaged(offset[0], "an entry of " + length + " bytes breaks off after " + bytes.length);
        }
        offset[0] += length;
        return bytes;
    }

    private IllegalArgumentException damaged(long offset, String what) {
        return new IllegalArgumentException(path + ": byte " + offset + ": " + what);
    }

    /**
     * The array that was recorded as a tile.
     *
     * @throws IllegalArgumentException if none was
     */
    public ArrayPort replay(String tile) {
        return new ReplayPort(tile, this);
    }

    /**
     * What a call was answered.
     *
     * @throws IllegalArgumentException if the call was not recorded, or not so often
     */
    synchronized <T> T answer(String tile, String call, byte[] request, Parser<T> parser) {
        Deque<Place> left = places.get(key(tile, call, request));
        Place place = left == null ? null : left.poll();
        if (place == null) {
            throw new IllegalArgumentException(path + ": tile " + tile + ", " + call + ": "
                    + (left == null
                            ? "no such call was recorded; the run differs from the recorded one"
                            : "the call was recorded less often than it is made"));
        }
        try {
            byte[] bytes = new byte[place.length];
            file.seek(place.offset);
            file.readFully(bytes);
            TraceEntry entry = parse(TraceEntry.parser(), bytes, place.offset);
            return parse(parser, inflated(entry.getReply().toByteArray(), place.offset), place.offset);
        } catch (EOFException e) {
            throw damaged(place.offset, "the file has become shorter");
        } catch (IOException e) {
            throw new UncheckedIOException(path + ": " + e.getMessage(), e);
        }
    }

    private byte[] inflated(byte[] deflated, long offset) throws IOException {
        byte[] bytes;
        try (InputStream in = new InflaterInputStream(new ByteArrayInputStream(deflated))) {
            bytes = in.readNBytes(MAX_REPLY_BYTES + 1);
        } catch (IOException e) {
            throw damaged(offset, "a reply that cannot be inflated");
        }
        if (bytes.length > MAX_REPLY_BYTES) {
            throw damaged(offset, "a reply of more than " + MAX_REPLY_BYTES + " bytes");
        }
        return bytes;
    }

    @Override
    public void close() {
        try {
            file.close();
        } catch (IOException e) {
            throw new UncheckedIOException(path + ": " + e.getMessage(), e);
        }
    }
}
