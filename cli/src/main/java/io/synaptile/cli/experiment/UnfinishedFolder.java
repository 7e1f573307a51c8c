/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.cli.experiment;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * The hidden folder beside a run folder in which it is written. It goes when its run fails or the process is told to end,
 * unless it holds a checkpoint; what a process leaves that was killed, the next run into the same place removes, a checkpoint
 * only when it has one of its own. A lock file tells the folder of a running process from one that was left, which works
 * between machines where process numbers do not.
 */
final class UnfinishedFolder {
    private static final String LOCK = ".lock";
    private static final int ATTEMPTS = 20;

    /** Age at which a folder without a lock file is not one that is just being made. */
    private static final Duration SETTLED = Duration.ofMinutes(1);

    private final Path path;
    private final FileChannel lock;
    private final Deque<Path> parentsMade;
    private final Progress progress;
    private final Thread atExit = new Thread(this::removeAtExit, "remove-unfinished");
    private boolean checkpointWritten;
    private boolean ended;

    private UnfinishedFolder(Path path, FileChannel lock, Deque<Path> parentsMade, Progress progress) {
        this.path = path;
        this.lock = lock;
        this.parentsMade = parentsMade;
        this.progress = progress;
        Runtime.getRuntime().addShutdownHook(atExit);
    }

    /**
     * Makes the folder, and those above it that are missing.
     *
     * @param target absolute path of the run folder
     * @param progress is told when the folder is kept
     */
    static UnfinishedFolder create(Path target, Progress progress) throws IOException {
        Deque<Path> made = new ArrayDeque<>();
        try {
            makeParents(target.getParent(), made);
            for (Path leftover : leftovers(target)) {
                if (Checkpoints.lastWritten(leftover).isEmpty()) {
                    delete(leftover);
                }
            }
            Path path = Files.createDirectory(sibling(target));
            FileChannel lock = FileChannel.open(lockOf(path), StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
            isFree(lock);
            return new UnfinishedFolder(path, lock, made, progress);
        } catch (IOException e) {
            removeEmpty(made);
            throw e;
        }
    }

    /** Takes over a folder that was left; empty if its process is running. */
    static Optional<UnfinishedFolder> adopt(Path path, Progress progress) throws IOException {
        FileChannel lock = FileChannel.open(lockOf(path), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        if (!isFree(lock)) {
            lock.close();
            return Optional.empty();
        }
        return Optional.of(new UnfinishedFolder(path, lock, new ArrayDeque<>(), progress));
    }

    /** Folders beside a run folder that hold a checkpoint, the one that was written to last at the end. */
    static List<Path> withCheckpoints(Path target) throws IOException {
        Map<Path, FileTime> written = new TreeMap<>();
        for (Path folder : siblings(target)) {
            Checkpoints.lastWritten(folder).ifPresent(time -> written.put(folder, time));
        }
        return written.keySet().stream()
                .sorted(Comparator.comparing(written::get))
                .toList();
    }

    /** Of these, the ones that no process is writing to; not to be asked while this process is writing to one. */
    static List<Path> stopped(Path target) throws IOException {
        List<Path> free = new ArrayList<>(withCheckpoints(target));
        free.retainAll(leftovers(target));
        return free;
    }

    /** A hidden name beside a run folder, of this process and of a moment, so that two runs never meet. */
    static Path sibling(Path target) {
        return target.resolveSibling(
                prefix(target) + ProcessHandle.current().pid() + "-" + Long.toUnsignedString(System.nanoTime(), 36));
    }

    Path path() {
        return path;
    }

    /** A step that must not be cut in two by the end of the process. */
    interface Step {
        void run() throws IOException;
    }

    /** The file whose lock says that the folder's process is running. */
    static Path lockOf(Path folder) {
        return folder.resolve(LOCK);
    }

    /**
     * Writes a checkpoint, for the sake of which the folder is kept from now on.
     *
     * @throws IllegalStateException if the process is ending and the folder is gone
     */
    synchronized void keep(Step write) throws IOException {
        if (ended) {
            throw new IllegalStateException("the run was stopped");
        }
        write.run();
        checkpointWritten = true;
    }

    /** Removes what other runs into the same place have left. */
    void removeOthers(Path target) throws IOException {
        for (Path leftover : leftovers(target, path)) {
            delete(leftover);
        }
    }

    /**
     * Ends the folder's life by moving it away.
     *
     * @throws IllegalStateException if the process is ending and the folder is gone
     */
    synchronized void handOver(Step move) throws IOException {
        if (ended) {
            throw new IllegalStateException("the run was stopped");
        }
        lock.close();
        Files.deleteIfExists(lockOf(path));
        move.run();
        ended = true;
        forget();
    }

    /** Removes the folder unless it has been handed over or holds a checkpoint. */
    synchronized void remove() throws IOException {
        if (ended) {
            return;
        }
        ended = true;
        if (Checkpoints.lastWritten(path).isEmpty()) {
            delete(path);
            removeEmpty(parentsMade);
        } else if (checkpointWritten) {
            sayKept();
        }
        lock.close();
        forget();
    }

    private void sayKept() {
        progress.notice("stopped; the same command with --resume continues from the last checkpoint");
    }

    /** Other threads may still be writing into the folder, so one walk may not be enough. */
    private synchronized void removeAtExit() {
        for (int i = 0; i < ATTEMPTS && !ended; i++) {
            try {
                if (Checkpoints.lastWritten(path).isPresent()) {
                    sayKept();
                    return;
                }
                delete(path);
                ended = true;
                removeEmpty(parentsMade);
            } catch (IOException e) {
                // Tried again; what stays is removed by the next run into the same place.
            }
        }
    }

    private void forget() {
        try {
            Runtime.getRuntime().removeShutdownHook(atExit);
        } catch (IllegalStateException e) {
            // The process is ending already; the hook finds nothing to do.
        }
    }

    private static String prefix(Path target) {
        return "." + target.getFileName() + ".unfinished-";
    }

    /** Makes the folders that are missing and notes them, the innermost first. */
    private static void makeParents(Path folder, Deque<Path> made) throws IOException {
        if (folder == null || Files.isDirectory(folder)) {
            return;
        }
        makeParents(folder.getParent(), made);
        Files.createDirectories(folder);
        made.push(folder);
    }

    /** Removes folders that were made for a run that came to nothing, as far as nobody uses them by now. */
    private static void removeEmpty(Deque<Path> made) {
        try {
            while (!made.isEmpty()) {
                Files.deleteIfExists(made.pop());
            }
        } catch (IOException e) {
            made.clear();
        }
    }

    private static List<Path> siblings(Path target) throws IOException {
        if (!Files.isDirectory(target.getParent())) {
            return List.of();
        }
        try (Stream<Path> entries = Files.list(target.getParent())) {
            return entries.filter(entry -> entry.getFileName().toString().startsWith(prefix(target)))
                    .toList();
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }

    /**
     * Folders that no process is writing to.
     *
     * @param but folders of this process, whose locks it would give up by closing a second file on them
     */
    private static List<Path> leftovers(Path target, Path... but) throws IOException {
        List<Path> found = new ArrayList<>(siblings(target));
        found.removeAll(List.of(but));
        List<Path> left = new ArrayList<>();
        for (Path folder : found) {
            if (isLeftover(folder)) {
                left.add(folder);
            }
        }
        return left;
    }

    private static boolean isLeftover(Path folder) throws IOException {
        try (FileChannel lock = FileChannel.open(lockOf(folder), StandardOpenOption.WRITE)) {
            return isFree(lock);
        } catch (NoSuchFileException e) {
            return Files.isDirectory(folder)
                    && Files.getLastModifiedTime(folder)
                            .toInstant()
                            .isBefore(Instant.now().minus(SETTLED));
        }
    }

    /** Takes the lock for as long as the file is open; a file system without locks says that nothing is free. */
    private static boolean isFree(FileChannel lock) {
        try {
            return lock.tryLock() != null;
        } catch (OverlappingFileLockException | IOException e) {
            return false;
        }
    }

    /** Deletes a folder, its lock file last, so that a folder that is half deleted is still known as one. */
    static void delete(Path folder) throws IOException {
        Files.walkFileTree(folder, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                if (!file.equals(lockOf(folder))) {
                    Files.deleteIfExists(file);
                }
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult postVisitDirectory(Path visited, IOException problem) throws IOException {
                if (problem != null) {
                    throw problem;
                }
                if (visited.equals(folder)) {
                    Files.deleteIfExists(lockOf(folder));
                }
                Files.deleteIfExists(visited);
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFileFailed(Path file, IOException problem) throws IOException {
                if (problem instanceof NoSuchFileException) {
                    return FileVisitResult.CONTINUE;
                }
                throw problem;
            }
        });
    }
}
