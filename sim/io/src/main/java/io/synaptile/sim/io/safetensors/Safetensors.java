/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.sim.io.safetensors;

import io.synaptile.sim.io.AtomicFile;
import io.synaptile.sim.io.DataFileException;
import io.synaptile.sim.io.Sha256;
import io.synaptile.text.format.FileFormat;
import io.synaptile.text.limit.FileLimit;
import io.synaptile.text.message.Quoted;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Contents of one safetensors file.
 *
 * <p>Reading is strict: the byte ranges must cover the data exactly, without gap or overlap, and agree with type and shape.
 * Writing is deterministic: equal contents give equal bytes.
 *
 * <p>Every file that is written carries a checksum of all its bytes in its metadata, which is verified when it is read; files
 * without one, of other programs, are read too.
 *
 * @param tensors by name
 * @param metadata the strings of {@code __metadata__} but the checksum
 * @param verified whether the file carried a checksum, which then was right
 */
public record Safetensors(SortedMap<String, Tensor> tensors, SortedMap<String, String> metadata, boolean verified) {
    static final String METADATA = "__metadata__";

    /** The limit of the reference implementation. */
    static final long LARGEST_HEADER_BYTES = 100_000_000;

    /** A header that is parsed takes up to this many times the room of its text. */
    private static final int ROOM_OF_HEADER = 32;

    public Safetensors {
        tensors = Collections.unmodifiableSortedMap(new TreeMap<>(tensors));
        metadata = Collections.unmodifiableSortedMap(new TreeMap<>(metadata));
        if (tensors.containsKey(METADATA)) {
            throw new IllegalArgumentException("a tensor cannot be called " + METADATA);
        }
        if (metadata.containsKey(FileChecksum.KEY)) {
            throw new IllegalArgumentException("metadata key " + FileChecksum.KEY + " is the checksum of a file");
        }
    }

    /** Contents built from any maps. */
    public static Safetensors of(Map<String, Tensor> tensors, Map<String, String> metadata) {
        return new Safetensors(new TreeMap<>(tensors), new TreeMap<>(metadata), false);
    }

    /**
     * Reads a file.
     *
     * @throws DataFileException if it is missing, larger than {@link FileLimit}, breaks a rule of the format or differs from
     *     its checksum
     */
    public static Safetensors read(Path path) {
        FileLimit limit = FileLimit.current();
        try (FileChannel channel = FileChannel.open(path, StandardOpenOption.READ)) {
            long fileBytes = channel.size();
            if (fileBytes < Long.BYTES) {
                throw new DataFileException(path, "has " + fileBytes + " bytes, a safetensors file begins with 8");
            }
            DataFileException.refuseAbove(limit, path, fileBytes);
            long headerBytes = headerBytes(path, channel, fileBytes);
            limit.refusal("its header takes up to", headerBytes * ROOM_OF_HEADER)
                    .ifPresent(refusal -> {
                        throw new DataFileException(path, refusal);
                    });
            byte[] json = readFully(channel, (int) headerBytes);
            Header header = Header.parse(path, json);
            FileChecksum checksum = new FileChecksum(json);
            List<Header.Entry> entries = new ArrayList<>(header.entries());
            entries.sort(Comparator.comparingLong(Header.Entry::begin).thenComparingLong(Header.Entry::end));
            checkRanges(path, entries, fileBytes - Long.BYTES - headerBytes);
            SortedMap<String, Tensor> tensors = new TreeMap<>();
            for (Header.Entry entry : entries) {
                byte[] data = readFully(channel, (int) (entry.end() - entry.begin()));
                checksum.add(data);
                tensors.put(entry.name(), new Tensor(entry.type(), entry.shape(), data));
            }
            SortedMap<String, String> metadata = new TreeMap<>(header.metadata());
            String stated = metadata.remove(FileChecksum.KEY);
            if (stated != null) {
                checksum.require(path, stated);
            }
            return new Safetensors(tensors, metadata, stated != null);
        } catch (IOException e) {
            throw new DataFileException(path, e);
        }
    }

    /**
     * Writes a file under a temporary name and renames it.
     *
     * @throws DataFileException if it cannot be written
     */
    public void write(Path path) {
        // Wide elements first, so that every tensor is aligned to its element size as the reference writer has it.
        List<Map.Entry<String, Tensor>> ordered = new ArrayList<>(tensors.entrySet());
        ordered.sort(Comparator.comparingInt(e -> -e.getValue().type().bytes()));
        SortedMap<String, String> all = new TreeMap<>(metadata);
        all.put(FileChecksum.KEY, FileChecksum.BLANK);
        byte[] header = padded(Header.json(ordered, all).getBytes(StandardCharsets.UTF_8));
        FileChecksum checksum = new FileChecksum(header);
        ordered.forEach(entry -> checksum.add(entry.getValue().data()));
        checksum.writeInto(header);
        AtomicFile.write(path, out -> {
            out.write(ByteBuffer.allocate(Long.BYTES)
                    .order(ByteOrder.LITTLE_ENDIAN)
                    .putLong(header.length)
                    .array());
            out.write(header);
            for (Map.Entry<String, Tensor> entry : ordered) {
                out.write(entry.getValue().data());
            }
        });
    }

    private static long headerBytes(Path path, FileChannel channel, long fileBytes) throws IOException {
        byte[] head = readFully(channel, (int) Math.min(fileBytes, FileFormat.HEAD_BYTES));
        long headerBytes = ByteBuffer.wrap(head).order(ByteOrder.LITTLE_ENDIAN).getLong();
        if (headerBytes < 2 || headerBytes > LARGEST_HEADER_BYTES || headerBytes > fileBytes - Long.BYTES) {
            DataFileException.refuseOther(path, head, "a safetensors file", FileFormat.SAFETENSORS);
            throw new DataFileException(
                    path,
                    "header length " + Long.toUnsignedString(headerBytes) + ", allowed are 2 to "
                            + Math.min(LARGEST_HEADER_BYTES, fileBytes - Long.BYTES));
        }
        channel.position(Long.BYTES);
        return headerBytes;
    }

    /**
     * SHA-256 of tensors alone, whatever file or metadata they stand in: for each, in the order of the names, its name, type,
     * extents joined by commas, each ended by a byte 0, and its bytes; hexadecimal.
     */
    public static String sha256(SortedMap<String, Tensor> tensors) {
        Sha256 hash = new Sha256();
        tensors.forEach((name, tensor) -> {
            String shape =
                    Arrays.stream(tensor.shape()).mapToObj(String::valueOf).collect(Collectors.joining(","));
            for (String text : List.of(name, tensor.type().name(), shape)) {
                hash.add(text.getBytes(StandardCharsets.UTF_8)).add(new byte[1]);
            }
            hash.add(tensor.data());
        });
        return hash.hex();
    }

    private static void checkRanges(Path path, List<Header.Entry> entries, long dataBytes) {
        long covered = 0;
        for (Header.Entry entry : entries) {
            if (entry.begin() != covered) {
                throw new DataFileException(
                        path,
                        "tensor " + Quoted.bare(entry.name()) + " begins at byte " + entry.begin() + " of the data, "
                                + (entry.begin() < covered ? "inside another tensor" : "after a gap")
                                + "; the next free byte is " + covered);
            }
            if (entry.end() > dataBytes) {
                throw new DataFileException(
                        path,
                        "tensor " + Quoted.bare(entry.name()) + " ends at byte " + entry.end() + " of " + dataBytes
                                + " data bytes");
            }
            covered = entry.end();
        }
        if (covered != dataBytes) {
            throw new DataFileException(path, "tensors cover " + covered + " of " + dataBytes + " data bytes");
        }
    }

    /** Spaces at the end of the header keep the data aligned to 8 bytes. */
    private static byte[] padded(byte[] json) {
        byte[] header = Arrays.copyOf(json, (json.length + 7) / 8 * 8);
        Arrays.fill(header, json.length, header.length, (byte) ' ');
        return header;
    }

    private static byte[] readFully(FileChannel channel, int count) throws IOException {
        ByteBuffer buffer = ByteBuffer.allocate(count);
        while (buffer.hasRemaining()) {
            if (channel.read(buffer) < 0) {
                throw new EOFException("the file became shorter while it was read");
            }
        }
        return buffer.array();
    }
}
