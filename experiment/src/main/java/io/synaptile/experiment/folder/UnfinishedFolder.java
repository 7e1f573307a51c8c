/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.experiment.folder;

import io.synaptile.experiment.Progress;
import io.synaptile.sim.io.FileSet;
import io.synaptile.sim.io.FolderLock;
import io.synaptile.sim.io.Folders;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * The hidden folder beside a run folder in which it is written. It goes when its run fails or the process is told to end,
 * unless it holds a checkpoint; what a process leaves that was killed, the next run into the same place removes, a checkpoint
 * only when it has one of its own. While it lives, its process holds the locks of the run folder, so that every other hidden
 * folder beside is one that was left.
 */
public final class UnfinishedFolder {
    private static final int ATTEMPTS = 20;

    private final Path path;
    private final List<FolderLock> locks;
    private final Deque<Path> parentsMade;
    private final Progress progress;
    private final Thread atExit = new Thread(this::removeAtExit, "remove-unfinished");
    private boolean checkpointWritten;
    private boolean explained;
    private boolean ended;

    private UnfinishedFolder(Path path, List<FolderLock> locks, Deque<Path> parentsMade, Progress progress) {
        this.path = path;
        this.locks = locks;
        this.parentsMade = parentsMade;
        this.progress = progress;
        Runtime.getRuntime().addShutdownHook(atExit);
    }

    /**
     * Makes the folder, and those above it that are missing.
     *
     * @param target real path of the run folder
     * @param progress is told when the folder is kept
     * @throws IllegalArgumentException if another process writes to the run folder
     */
    static UnfinishedFolder create(Path target, Progress progress) throws IOException {
        Deque<Path> made = new ArrayDeque<>();
        List<FolderLock> locks = List.of();
        try {
            makeParents(target.getParent(), made);
            locks = lock(target, progress);
            FileSet.finish(target);
            if (exclusive(locks)) {
                for (Path leftover : siblings(target)) {
                    if (Checkpoints.lastWritten(leftover).isEmpty()) {
                        Folders.delete(leftover);
                    }
                }
            }
            Path path = Files.createDirectory(sibling(target));
            return new UnfinishedFolder(path, locks, made, progress);
        } catch (IOException | RuntimeException e) {
            locks.forEach(FolderLock::close);
            removeEmpty(made);
            throw e;
        }
    }

    /**
     * Takes over a folder that was left.
     *
     * @throws IllegalArgumentException if another process writes to the run folder
     */
    static UnfinishedFolder adopt(Path target, Path path, Progress progress) throws IOException {
        return new UnfinishedFolder(path, lock(target, progress), new ArrayDeque<>(), progress);
    }

    /** One lock keeps out others that make the folder, one those that go on with a run that is there already. */
    private static List<FolderLock> lock(Path target, Progress progress) throws IOException {
        List<FolderLock> locks = new ArrayList<>();
        try {
            locks.add(FolderLock.take(target, FolderLock.beside(target), "run"));
            if (Files.isDirectory(target)) {
                locks.add(FolderLock.take(target, target.resolve(FolderLock.FILE), "run"));
            }
        } catch (IOException | RuntimeException e) {
            locks.forEach(FolderLock::close);
            throw e;
        }
        if (!exclusive(locks)) {
            progress.notice(FolderLock.notice(target));
        }
        return List.copyOf(locks);
    }

    private static boolean exclusive(List<FolderLock> locks) {
        return locks.stream().allMatch(FolderLock::isExclusive);
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
        if (exclusive(locks)) {
            for (Path leftover : siblings(target)) {
                if (!leftover.equals(path)) {
                    Folders.delete(leftover);
                }
            }
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
        move.run();
        ended = true;
        forget();
    }

    /** Removes the folder unless it has been handed over or holds a checkpoint; the locks are free afterwards. */
    synchronized void remove() throws IOException {
        try {
            if (ended) {
                return;
            }
            ended = true;
            if (Checkpoints.lastWritten(path).isPresent()) {
                if (checkpointWritten) {
                    sayKept();
                }
                return;
            }
            Folders.delete(path);
        } finally {
            locks.forEach(FolderLock::close);
            forget();
        }
        removeEmpty(parentsMade);
    }

    /** The user is told otherwise what the checkpoints are good for. */
    synchronized void explained() {
        explained = true;
    }

    private void sayKept() {
        if (explained) {
            return;
        }
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
                if (Folders.delete(path)) {
                    ended = true;
                    locks.forEach(FolderLock::close);
                    removeEmpty(parentsMade);
                }
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
}
