/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.sim.io;

import io.synaptile.sim.io.AtomicFile.Content;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * Files of one folder that change together. All are written aside, in a hidden folder on the same disk; then a journal that
 * lists them with their checksums gets its name, in one step; then each takes its place. Before that step the folder is as it
 * was, whatever happens; from it on the change is completed, by {@link #finish} if the process was killed in between.
 *
 * <p>The caller holds a {@link FolderLock} of the folder.
 */
public final class FileSet implements AutoCloseable {
    private static final String STAGING = ".staged-";
    private static final int ATTEMPTS = 100;
    private static final int PAUSE_MILLISECONDS = 20;

    private final Path folder;
    private final String stagingName;
    private final SequencedMap<String, Journal.Put> puts = new LinkedHashMap<>();
    private final Set<String> removed = new TreeSet<>();
    /** Hidden folders that were made, one per disk that files of this set are on. */
    private final Set<Path> made = new TreeSet<>();

    private final Thread atExit = new Thread(this::discard, "discard-staged");
    private boolean ended;

    private FileSet(Path folder) {
        this.folder = folder;
        this.stagingName = STAGING + ProcessHandle.current().pid() + "-" + Long.toUnsignedString(System.nanoTime(), 36);
    }

    /**
     * Begins a change, once an earlier one has been completed; what changes that came to nothing have left is removed.
     *
     * @throws DataFileException if an earlier change cannot be completed
     */
    public static FileSet begin(Path folder) {
        Path real = Links.follow(folder);
        finish(real);
        try {
            removeStaged(real);
            FileSet set = new FileSet(real);
            Runtime.getRuntime().addShutdownHook(set.atExit);
            return set;
        } catch (IOException e) {
            throw FileWriteException.of(folder, e);
        }
    }

    /** Whether a change of a folder was interrupted after the step that made it certain. */
    public static boolean isInterrupted(Path folder) {
        return Files.exists(folder.resolve(Journal.FILE));
    }

    /**
     * Completes a change that was interrupted; does nothing if there is none.
     *
     * @throws DataFileException if a file of it is missing or damaged
     */
    public static void finish(Path folder) {
        Path real = Links.follow(folder);
        if (isInterrupted(real)) {
            try {
                Journal.read(real).apply();
                removeStaged(real);
            } catch (IOException e) {
                throw FileWriteException.of(folder, e);
            }
        }
    }

    /**
     * The same for those who only read: takes the lock for it, and waits a moment for a process that is just making the change.
     *
     * @throws IllegalArgumentException if another process holds the lock for long
     * @throws DataFileException if the change cannot be completed
     */
    public static void settle(Path folder) {
        Path real = Links.follow(folder);
        for (int left = ATTEMPTS; isInterrupted(real); left--) {
            try (FolderLock _ = FolderLock.take(folder, real.resolve(FolderLock.FILE), "completing a change")) {
                finish(real);
            } catch (IOException e) {
                throw FileWriteException.of(folder, e);
            } catch (IllegalArgumentException e) {
                if (left == 0) {
                    throw e;
                }
                pause(e);
            }
        }
    }

    private static void pause(IllegalArgumentException held) {
        try {
            Thread.sleep(PAUSE_MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw held;
        }
    }

    /** Where files of the folder itself can be read before the change has been made. */
    public Path staged() {
        return folder.resolve(stagingName);
    }

    /**
     * Writes a file aside.
     *
     * @param name path within the folder; links on the way and at its end are followed
     * @throws FileWriteException if it cannot be written, naming the file by its final name
     */
    public void write(String name, Content content) {
        Path target = Links.follow(folder.resolve(name));
        AtomicFile.refuseFolder(folder.resolve(name), target);
        try {
            Path aside = aside(name, target);
            Files.createDirectories(aside.getParent());
            puts.put(name, new Journal.Put(AtomicFile.create(aside, content), aside, target));
        } catch (IOException e) {
            throw FileWriteException.of(folder.resolve(name), e);
        }
    }

    /** The same for a text, in UTF-8. */
    public void write(String name, String text) {
        write(name, out -> out.write(text.getBytes(StandardCharsets.UTF_8)));
    }

    /**
     * Takes a file away from where it is, so that the change can be completed whatever becomes of its folder; from another
     * disk, a copy.
     *
     * @param source a file that is on its disk
     */
    public void take(Path source, String name) {
        Path target = Links.follow(folder.resolve(name));
        AtomicFile.refuseFolder(folder.resolve(name), target);
        try {
            Path aside = aside(name, target);
            Files.createDirectories(aside.getParent());
            String sha256 = Sha256.of(source);
            AtomicFile.rename(source, aside);
            puts.put(name, new Journal.Put(sha256, aside, target));
        } catch (AtomicMoveNotSupportedException e) {
            write(name, out -> Files.copy(source, out));
        } catch (IOException e) {
            throw FileWriteException.of(folder.resolve(name), e);
        }
    }

    /** Removes a file with the change; one that a link leads out of the folder to stays. */
    public void remove(String name) {
        removed.add(name);
    }

    /** Whether a file goes with the change. */
    public boolean isRemoved(String name) {
        return removed.contains(name) && !puts.containsKey(name) && isWithin(name);
    }

    private boolean isWithin(String name) {
        Path parent = Links.follow(folder.resolve(name).getParent());
        return parent.startsWith(folder);
    }

    /** SHA-256 of every file that was written or taken, by its name. */
    public Map<String, String> checksums() {
        Map<String, String> sums = new TreeMap<>();
        puts.forEach((name, put) -> sums.put(name, put.sha256()));
        return Collections.unmodifiableMap(sums);
    }

    /**
     * Makes the change.
     *
     * @throws FileWriteException if it cannot be made; the folder is then as it was, or the next that opens it completes it
     * @throws IllegalStateException if the process is ending
     */
    public synchronized void commit() {
        if (ended) {
            throw new IllegalStateException("the process is ending; " + folder + " is as it was");
        }
        try {
            for (Path staging : made) {
                syncAll(staging);
            }
            List<Path> gone = new ArrayList<>();
            for (String name : removed) {
                if (isRemoved(name)) {
                    gone.add(folder.resolve(name));
                }
            }
            Journal journal = new Journal(folder, List.copyOf(puts.values()), gone);
            makeCertain(journal);
            journal.apply();
            removeMade();
        } catch (IOException e) {
            throw FileWriteException.of(folder, e);
        }
        forget();
    }

    /** A journal that has its name is followed, also where the disk then fails before it is known to be on it. */
    private void makeCertain(Journal journal) {
        ended = true;
        try {
            journal.write();
        } catch (UncheckedIOException e) {
            ended = !Files.notExists(folder.resolve(Journal.FILE));
            throw e;
        }
    }

    /** Gives the change up unless it has been made. */
    @Override
    public void close() {
        discard();
        forget();
    }

    private synchronized void discard() {
        if (!ended) {
            ended = true;
            try {
                removeMade();
            } catch (IOException e) {
                // The next change removes it.
            }
        }
    }

    private void forget() {
        try {
            Runtime.getRuntime().removeShutdownHook(atExit);
        } catch (IllegalStateException e) {
            // The process is ending; the hook finds nothing to do.
        }
    }

    /** A place on the disk of the target, for only there a rename is one step. */
    private Path aside(String name, Path target) {
        Path staging = target.startsWith(folder) ? staged() : target.resolveSibling(stagingName);
        made.add(staging);
        return target.startsWith(folder) ? staging.resolve(name) : staging.resolve(target.getFileName());
    }

    private void removeMade() throws IOException {
        for (Path staging : made) {
            Folders.delete(staging);
        }
    }

    /** Removes what processes have left aside, in the folder and in its folders, also where links lead. */
    private static void removeStaged(Path folder) throws IOException {
        for (Path entry : list(folder)) {
            if (isStaging(entry) || AtomicFile.isTemporary(entry)) {
                Folders.delete(entry);
            } else if (Files.isDirectory(entry)) {
                for (Path inner : list(entry)) {
                    if (isStaging(inner) || AtomicFile.isTemporary(inner)) {
                        Folders.delete(inner);
                    }
                }
            }
        }
    }

    private static boolean isStaging(Path entry) {
        return entry.getFileName().toString().startsWith(STAGING) && Files.isDirectory(entry);
    }

    private static List<Path> list(Path folder) throws IOException {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> entries = Files.list(folder)) {
            return entries.toList();
        }
    }

    private static void syncAll(Path folder) throws IOException {
        Files.walkFileTree(folder, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult postVisitDirectory(Path visited, IOException problem) throws IOException {
                AtomicFile.sync(visited);
                return FileVisitResult.CONTINUE;
            }
        });
    }
}
