/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.sim.io.npz;

import io.synaptile.sim.io.AtomicFile;
import io.synaptile.sim.io.DataFileException;
import io.synaptile.text.format.FileFormat;
import io.synaptile.text.limit.FileLimit;
import io.synaptile.text.message.Quoted;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Enumeration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;

/**
 * Named arrays of one npz file, as {@code numpy.savez} writes and {@code numpy.load} reads it. Equal contents give equal bytes.
 *
 * @param arrays by name, without the ending {@code .npy} that they have in the archive
 */
public record Npz(SortedMap<String, NpyArray> arrays) {
    private static final String ENDING = ".npy";
    /**
     * So that bytes depend neither on the clock nor on the time zone. The very first moment that an archive can hold would get a
     * second field, in which the time of another zone is written.
     */
    private static final LocalDateTime NO_TIME = LocalDateTime.of(1980, 2, 1, 0, 0);

    public Npz {
        arrays = Collections.unmodifiableSortedMap(new TreeMap<>(arrays));
    }

    /** Contents built from any map. */
    public static Npz of(Map<String, NpyArray> arrays) {
        return new Npz(new TreeMap<>(arrays));
    }

    /**
     * Reads a file.
     *
     * @throws DataFileException if it is missing, larger than {@link FileLimit}, no archive, or holds anything else than
     *     arrays that can be read
     */
    public static Npz read(Path path) {
        return read(path, FileLimit.current());
    }

    /**
     * As {@link #read(Path)}, with a limit of the caller's own.
     *
     * @param limit of all arrays together
     */
    public static Npz read(Path path, FileLimit limit) {
        if (!Files.isRegularFile(path)) {
            throw Files.exists(path)
                    ? new DataFileException(path, "is not a file")
                    : new DataFileException(path, new NoSuchFileException(path.toString()));
        }
        SortedMap<String, NpyArray> arrays = new TreeMap<>();
        try {
            DataFileException.refuseAbove(limit, path, Files.size(path));
            DataFileException.refuseOther(path, head(path), "an npz archive", FileFormat.NPZ, FileFormat.ZIP);
            try (ZipFile zip = new ZipFile(path.toFile())) {
                List<ZipEntry> members = members(path, zip, limit);
                for (ZipEntry member : members) {
                    String name = member.getName();
                    arrays.put(
                            name.substring(0, name.length() - ENDING.length()), array(path, name, bytes(zip, member)));
                }
            }
        } catch (IOException | UncheckedIOException e) {
            if (e instanceof DataFileException refused) {
                throw refused;
            }
            String reason = e.getMessage() == null
                    ? "the data of a member does not unpack to the size that the archive says"
                    : e.getMessage();
            throw new DataFileException(path, "is not a readable npz archive: " + reason);
        } catch (IllegalArgumentException e) {
            // What the JDK says to a directory whose numbers contradict each other.
            throw new DataFileException(path, "is not a readable npz archive: its directory is damaged");
        }
        return new Npz(arrays);
    }

    private static byte[] head(Path path) throws IOException {
        try (InputStream in = Files.newInputStream(path)) {
            return in.readNBytes(FileFormat.HEAD_BYTES);
        }
    }

    /** The members as the directory of the archive states them: arrays, no name twice, together within the limit. */
    private static List<ZipEntry> members(Path path, ZipFile zip, FileLimit limit) {
        List<ZipEntry> members = new ArrayList<>();
        Set<String> names = new HashSet<>();
        long stated = 0;
        for (Enumeration<? extends ZipEntry> entries = zip.entries(); entries.hasMoreElements(); ) {
            ZipEntry entry = entries.nextElement();
            if (!entry.getName().endsWith(ENDING) || entry.getSize() > Integer.MAX_VALUE - Long.BYTES) {
                throw new DataFileException(path, member(entry.getName()) + " is not an npy array of less than 2 GiB");
            } else if (!names.add(entry.getName())) {
                throw new DataFileException(path, member(entry.getName()) + " is there twice");
            }
            stated += Math.max(0, entry.getSize());
            members.add(entry);
        }
        limit.refusal("unpacks to", stated).ifPresent(refusal -> {
            throw new DataFileException(path, refusal);
        });
        return members;
    }

    /** How messages name a member. */
    private static String member(String name) {
        return "member " + Quoted.of(name);
    }

    /** Never more than the directory of the archive says, whatever the member unpacks to. */
    private static byte[] bytes(ZipFile zip, ZipEntry entry) throws IOException {
        try (InputStream in = zip.getInputStream(entry)) {
            byte[] bytes = in.readNBytes((int) Math.max(0, entry.getSize()));
            if (bytes.length != entry.getSize() || in.read() >= 0) {
                throw new IOException(member(entry.getName()) + " has not the size that the archive says");
            }
            return bytes;
        }
    }

    private static NpyArray array(Path path, String member, byte[] bytes) {
        try {
            return NpyArray.parse(bytes);
        } catch (IllegalArgumentException | ArithmeticException e) {
            throw new DataFileException(path, member(member) + " " + e.getMessage());
        }
    }

    /**
     * Writes a file under a temporary name and renames it.
     *
     * @throws DataFileException if it cannot be written
     */
    public void write(Path path) {
        AtomicFile.write(path, this::writeTo);
    }

    /** Writes the archive to a stream, which stays open. */
    public void writeTo(OutputStream out) throws IOException {
        ZipOutputStream zip = new ZipOutputStream(out);
        for (Map.Entry<String, NpyArray> array : arrays.entrySet()) {
            byte[] bytes = array.getValue().file();
            CRC32 checksum = new CRC32();
            checksum.update(bytes);
            ZipEntry entry = new ZipEntry(array.getKey() + ENDING);
            entry.setMethod(ZipEntry.STORED);
            entry.setTimeLocal(NO_TIME);
            entry.setSize(bytes.length);
            entry.setCrc(checksum.getValue());
            zip.putNextEntry(entry);
            zip.write(bytes);
            zip.closeEntry();
        }
        zip.finish();
    }

    /**
     * An array that must be there.
     *
     * @throws IllegalArgumentException if there is none of that name
     */
    public NpyArray array(String name) {
        NpyArray array = arrays.get(name);
        if (array == null) {
            throw new IllegalArgumentException("has no array '" + name + "'");
        }
        return array;
    }
}
