/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.sim.io;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Says that a process is writing, by a lock on a file that also names the process. The lock of a process that has ended, in
 * whatever way, is free; a file that it has left blocks nobody. It holds between machines that share a file system as far as
 * file locks do there. The file goes when the lock is released.
 */
public final class FolderLock implements AutoCloseable {
    /** Name of the file in a folder that is being written. */
    public static final String FILE = ".lock";

    /** Locks of this process: the system's are given up where a second file on them is closed. */
    private static final Map<Path, FolderLock> HELD = new ConcurrentHashMap<>();

    private static final int ATTEMPTS = 100;
    /** Beyond what the file holds, for a locked byte cannot be read on every system. */
    private static final long LOCKED_BYTE = Long.MAX_VALUE - 1;

    private final Path file;
    private final FileChannel channel;
    private final String holder;
    private final boolean exclusive;
    private final Thread atExit = new Thread(this::close, "release-lock");
    private boolean released;

    private FolderLock(Path file, FileChannel channel, String holder, boolean exclusive) {
        this.file = file;
        this.channel = channel;
        this.holder = holder;
        this.exclusive = exclusive;
    }

    /** The file whose lock says that a folder is being made, or made anew. */
    public static Path beside(Path folder) {
        return folder.resolveSibling("." + folder.getFileName() + ".lock");
    }

    /**
     * Takes a lock.
     *
     * @param folder what is locked, for the message
     * @param file that is locked, in a folder that exists
     * @param what is being done there, one word
     * @throws IllegalArgumentException if another process or another part of this one holds it, naming it
     * @throws IOException if the file cannot be made
     */
    public static FolderLock take(Path folder, Path file, String what) throws IOException {
        Path real = Links.follow(file);
        String holder = describe(what);
        for (int i = 0; i < ATTEMPTS; i++) {
            FolderLock other = HELD.get(real);
            if (other != null) {
                throw held(folder, other.holder);
            }
            Optional<FolderLock> taken = attempt(folder, real, holder);
            if (taken.isPresent()) {
                FolderLock lock = taken.get();
                HELD.put(real, lock);
                Runtime.getRuntime().addShutdownHook(lock.atExit);
                return lock;
            }
        }
        throw new IOException(real + ": the lock file is made and removed all the time");
    }

    /** Whether the file system knows locks; without them, two processes are not kept apart. */
    public boolean isExclusive() {
        return exclusive;
    }

    /** What the user is to know of a folder whose lock is not exclusive. */
    public static String notice(Path folder) {
        return folder + " is on a file system without locks; make sure that no other process writes to it";
    }

    /** Empty if the file was removed by a process that released it at the same time. */
    private static Optional<FolderLock> attempt(Path folder, Path file, String holder) throws IOException {
        FileChannel channel =
                FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
        boolean taken = false;
        boolean locked = false;
        try {
            FileLock lock = channel.tryLock(LOCKED_BYTE, 1, false);
            if (lock == null) {
                throw held(folder, Files.readString(file));
            }
            locked = true;
            taken = isThere(file, channel, holder);
            return taken ? Optional.of(new FolderLock(file, channel, holder, true)) : Optional.empty();
        } catch (OverlappingFileLockException e) {
            throw held(folder, "");
        } catch (NoSuchFileException e) {
            return Optional.empty();
        } catch (IOException e) {
            if (locked) {
                Files.deleteIfExists(file);
                throw e;
            }
            // A file system without locks: others see who is there, but are not kept out.
            taken = isThere(file, channel, holder);
            return taken ? Optional.of(new FolderLock(file, channel, holder, false)) : Optional.empty();
        } finally {
            if (!taken) {
                channel.close();
            }
        }
    }

    /** Writes who holds the lock, and whether the file is still the one of that name. */
    private static boolean isThere(Path file, FileChannel channel, String holder) throws IOException {
        ByteBuffer text = ByteBuffer.wrap(holder.getBytes(StandardCharsets.UTF_8));
        try {
            channel.truncate(0);
            boolean empty = Files.size(file) == 0;
            while (text.hasRemaining()) {
                channel.write(text, text.position());
            }
            return empty && Files.size(file) == text.capacity();
        } catch (NoSuchFileException e) {
            return false;
        }
    }

    private static IllegalArgumentException held(Path folder, String holder) {
        return new IllegalArgumentException(folder + " is being written by another process"
                + (holder.isBlank() ? "" : ": " + holder.strip()) + "; wait for it or stop it");
    }

    private static String describe(String what) {
        return what + ", process " + ProcessHandle.current().pid() + " on " + host() + " since "
                + Instant.now().truncatedTo(ChronoUnit.SECONDS) + "\n";
    }

    /** The name without asking the network for it, which may take long. */
    private static String host() {
        try {
            return Files.readString(Path.of("/proc/sys/kernel/hostname")).strip();
        } catch (IOException e) {
            return Optional.ofNullable(System.getenv("HOSTNAME"))
                    .or(() -> Optional.ofNullable(System.getenv("COMPUTERNAME")))
                    .orElse("an unnamed host");
        }
    }

    /** Releases the lock. */
    @Override
    public synchronized void close() {
        if (released) {
            return;
        }
        released = true;
        try {
            // First the file: whoever opens one of that name from now on makes another.
            Files.deleteIfExists(file);
        } catch (IOException e) {
            // It blocks nobody.
        }
        HELD.remove(file);
        try {
            channel.close();
        } catch (IOException e) {
            // Released when the process ends.
        }
        try {
            Runtime.getRuntime().removeShutdownHook(atExit);
        } catch (IllegalStateException e) {
            // The process is ending; the hook finds nothing to do.
        }
    }
}
