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
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.stream.Stream;

/**
 * The hidden folder beside a run folder in which it is written. It goes when its run fails or the process is told to end;
 * what a process leaves that was killed, the next run into the same place removes. A lock file tells the two apart, which
 * works between machines where process numbers do not.
 */
final class UnfinishedFolder {
    private static final String LOCK = ".lock";
    private static final int ATTEMPTS = 20;

    /** Age at which a folder without a lock file is not one that is just being made. */
    private static final Duration SETTLED = Duration.ofMinutes(1);

    private final Path path;
    private final FileChannel lock;
    private final Deque<Path> parentsMade;
    private final Thread atExit = new Thread(this::removeAtExit, "remove-unfinished");
    private boolean ended;

    private UnfinishedFolder(Path path, FileChannel lock, Deque<Path> parentsMade) {
        this.path = path;
        this.lock = lock;
        this.parentsMade = parentsMade;
    }

    /**
     * Makes the folder, and those above it that are missing.
     *
     * @param target absolute path of the run folder
     */
    static UnfinishedFolder create(Path target) throws IOException {
        Deque<Path> made = new ArrayDeque<>();
        try {
            makeParents(target.getParent(), made);
            removeLeftovers(target);
            Path path = Files.createDirectory(sibling(target));
            FileChannel lock =
                    FileChannel.open(path.resolve(LOCK), StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
            isFree(lock);
            UnfinishedFolder folder = new UnfinishedFolder(path, lock, made);
            Runtime.getRuntime().addShutdownHook(folder.atExit);
            return folder;
        } catch (IOException e) {
            removeEmpty(made);
            throw e;
        }
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
        Files.deleteIfExists(path.resolve(LOCK));
        move.run();
        ended = true;
        forget();
    }

    /** Removes the folder unless it has been handed over. */
    synchronized void remove() throws IOException {
        if (ended) {
            return;
        }
        ended = true;
        delete(path);
        lock.close();
        removeEmpty(parentsMade);
        forget();
    }

    /** Other threads may still be writing into the folder, so one walk may not be enough. */
    private synchronized void removeAtExit() {
        for (int i = 0; i < ATTEMPTS && !ended; i++) {
            try {
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

    private static void removeLeftovers(Path target) throws IOException {
        List<Path> found;
        try (Stream<Path> entries = Files.list(target.getParent())) {
            found = entries.filter(entry -> entry.getFileName().toString().startsWith(prefix(target)))
                    .toList();
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
        for (Path entry : found) {
            if (isLeftover(entry)) {
                delete(entry);
            }
        }
    }

    private static boolean isLeftover(Path folder) throws IOException {
        try (FileChannel lock = FileChannel.open(folder.resolve(LOCK), StandardOpenOption.WRITE)) {
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
                if (!file.equals(folder.resolve(LOCK))) {
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
                    Files.deleteIfExists(folder.resolve(LOCK));
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
