/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.sim.io;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.regex.Pattern;

/**
 * Writes a file under a temporary name in the same folder and renames it, so that readers see all of it or nothing, after a
 * power cut too: the content reaches the disk before the name does, and the name before the call returns. A symbolic link is
 * followed; its target is replaced.
 */
public final class AtomicFile {
    private static final int BUFFER = 1 << 16;
    private static final Pattern TEMPORARY = Pattern.compile("\\.\\d+-\\d+\\.tmp");

    /** Produces the bytes of the file; does not close the stream. */
    @FunctionalInterface
    public interface Content {
        void writeTo(OutputStream out) throws IOException;
    }

    private AtomicFile() {}

    /**
     * Creates or replaces {@code file}; missing folders are created. What is no file of a disk, a pipe for example, is
     * written to as it is.
     *
     * @return SHA-256 of what was written, hexadecimal
     * @throws DataFileException if the name is one that nothing can be written to
     * @throws FileWriteException if it cannot be written for another reason; what stood under the name is then untouched
     */
    public static String write(Path file, Content content) {
        Path target = Links.follow(file);
        refuseFolder(file, target);
        try {
            if (Files.exists(target) && !Files.isRegularFile(target)) {
                try (OutputStream out = Files.newOutputStream(target)) {
                    return stream(out, content);
                }
            }
            Files.createDirectories(target.getParent());
            Path temporary = temporary(target);
            try {
                String hash = create(temporary, content);
                rename(temporary, target);
                sync(target.getParent());
                return hash;
            } finally {
                Files.deleteIfExists(temporary);
            }
        } catch (IOException e) {
            throw FileWriteException.of(file, e);
        }
    }

    /** @throws DataFileException if there is a folder where a file is to be */
    static void refuseFolder(Path file, Path target) {
        if (Files.isDirectory(target)) {
            throw new DataFileException(file, "is a folder, not a file");
        }
    }

    /** The same for a text, in UTF-8. */
    public static String write(Path file, String text) {
        return write(file, out -> out.write(text.getBytes(StandardCharsets.UTF_8)));
    }

    /** A hidden name of this thread beside a file. */
    static Path temporary(Path target) {
        return target.resolveSibling("." + ProcessHandle.current().pid() + "-"
                + Thread.currentThread().threadId() + ".tmp");
    }

    /** Whether a file has the name of one that is not finished. */
    static boolean isTemporary(Path file) {
        return TEMPORARY.matcher(file.getFileName().toString()).matches();
    }

    /** Creates a file whose content is on the disk when this returns; returns its SHA-256. */
    static String create(Path file, Content content) throws IOException {
        try (FileChannel channel = FileChannel.open(
                file, StandardOpenOption.CREATE, StandardOpenOption.TRUNCATE_EXISTING, StandardOpenOption.WRITE)) {
            String hash = stream(Channels.newOutputStream(channel), content);
            channel.force(true);
            return hash;
        }
    }

    private static String stream(OutputStream out, Content content) throws IOException {
        Sha256 hash = new Sha256();
        OutputStream buffered = new BufferedOutputStream(hash.through(out), BUFFER);
        content.writeTo(buffered);
        buffered.flush();
        return hash.hex();
    }

    /** Renames in one step, within a file system. */
    static void rename(Path from, Path to) throws IOException {
        Files.move(from, to, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    /** Waits until the names in a folder are on the disk; does nothing where the system has no such call. */
    public static void sync(Path folder) throws IOException {
        FileChannel channel;
        try {
            channel = FileChannel.open(folder, StandardOpenOption.READ);
        } catch (IOException e) {
            if (System.getProperty("os.name").startsWith("Windows")) {
                return;
            }
            throw e;
        }
        try (channel) {
            channel.force(true);
        }
    }
}
