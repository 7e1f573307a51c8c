/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.cli.experiment;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.stream.Stream;

/**
 * A run folder that is being written. Everything goes into a hidden folder beside the final one, which gets its name when
 * the run has ended well; a run that fails or is killed leaves nothing under the final name. Its checkpoints stay in the
 * hidden folder until the run has been resumed and finished, or replaced by another into the same place.
 */
public final class RunFolder implements AutoCloseable {
    private final Path target;
    private final UnfinishedFolder work;
    private boolean replacesOthers;

    private RunFolder(Path target, UnfinishedFolder work) {
        this.target = target;
        this.work = work;
    }

    /**
     * Opens a folder that will become {@code target}.
     *
     * @param progress is told what becomes of checkpoints, of this run or one before it
     * @throws IllegalArgumentException if {@code target} exists and is not an earlier run, or cannot be made
     */
    public static RunFolder create(Path target, Progress progress) {
        Path absolute = target.toAbsolutePath().normalize();
        refuseForeign(target, absolute);
        try {
            boolean stopped = !UnfinishedFolder.stopped(absolute).isEmpty();
            UnfinishedFolder work = UnfinishedFolder.create(absolute, progress);
            if (stopped) {
                progress.notice(target + " has a stopped run that --resume would continue; this one starts anew and"
                        + " replaces it at its first checkpoint");
            }
            return new RunFolder(absolute, work);
        } catch (IOException e) {
            throw new IllegalArgumentException("--out " + target + " cannot be made: " + reason(e), e);
        }
    }

    /**
     * Opens what a run to {@code target} has left that was stopped.
     *
     * @throws IllegalArgumentException if there is nothing to resume, or the run goes on in another process
     */
    public static RunFolder resume(Path target, Progress progress) {
        Path absolute = target.toAbsolutePath().normalize();
        refuseForeign(target, absolute);
        try {
            List<Path> stopped = UnfinishedFolder.withCheckpoints(absolute);
            if (stopped.isEmpty()) {
                boolean finished = Files.isRegularFile(absolute.resolve(RunManifest.FILE));
                throw new IllegalArgumentException(target
                        + (finished
                                ? " is a finished run; there is nothing to resume"
                                : " has no stopped run with a checkpoint; start it without --resume"));
            }
            UnfinishedFolder work = UnfinishedFolder.adopt(stopped.getLast(), progress)
                    .orElseThrow(() -> new IllegalArgumentException(
                            target + " is still being written by another process; stop that one first"));
            return new RunFolder(absolute, work);
        } catch (IOException e) {
            throw new IllegalArgumentException("--out " + target + " cannot be resumed: " + reason(e), e);
        }
    }

    /**
     * Refuses a target that could not be published later.
     *
     * @throws IllegalArgumentException if {@code target} exists and is not an earlier run, or lies in a file
     */
    public static void refuseForeign(Path target) {
        refuseForeign(target, target.toAbsolutePath().normalize());
    }

    /** Whether a run to {@code target} was stopped that {@link #resume} would continue. */
    static boolean isStopped(Path target) {
        try {
            return !UnfinishedFolder.withCheckpoints(target.toAbsolutePath().normalize())
                    .isEmpty();
        } catch (IOException e) {
            throw new UncheckedIOException(target + ": " + reason(e), e);
        }
    }

    /** Where to write; becomes the run folder. */
    public Path path() {
        return work.path();
    }

    /** Writes a checkpoint; with the first, runs that were stopped before are not needed any more. */
    void checkpoint(UnfinishedFolder.Step write) {
        try {
            work.keep(write);
            if (!replacesOthers) {
                replacesOthers = true;
                work.removeOthers(target);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(work.path() + ": " + reason(e), e);
        }
    }

    /** Removes what a stopped run has written besides its checkpoints. */
    void clear() {
        try {
            Checkpoints.removeAllElse(work.path());
        } catch (IOException e) {
            throw new UncheckedIOException(work.path() + ": " + reason(e), e);
        }
    }

    /** Gives the folder its final name; an earlier run there is replaced, and checkpoints go. */
    public void publish() {
        try {
            work.handOver(this::replace);
            work.removeOthers(target);
        } catch (IOException e) {
            throw new UncheckedIOException(target + ": " + reason(e), e);
        }
    }

    /** Removes what was written unless it has been published or holds a checkpoint. */
    @Override
    public void close() {
        try {
            work.remove();
        } catch (IOException e) {
            throw new UncheckedIOException(work.path() + ": " + reason(e), e);
        }
    }

    /** Checkpoints go last, so that a process killed here can still be resumed. */
    private void replace() throws IOException {
        if (!Files.exists(target)) {
            move(work.path(), target);
            Checkpoints.remove(target);
            return;
        }
        Path earlier = UnfinishedFolder.sibling(target);
        move(target, earlier);
        try {
            move(work.path(), target);
        } catch (IOException e) {
            move(earlier, target);
            throw e;
        }
        Checkpoints.remove(target);
        UnfinishedFolder.delete(earlier);
    }

    private static void refuseForeign(Path named, Path absolute) {
        if (!Files.exists(absolute, LinkOption.NOFOLLOW_LINKS)) {
            refuseInsideFile(named, absolute);
            return;
        }
        boolean empty = false;
        try {
            if (Files.isDirectory(absolute)) {
                try (Stream<Path> entries = Files.list(absolute)) {
                    empty = entries.findAny().isEmpty();
                }
            }
        } catch (IOException e) {
            throw new IllegalArgumentException("--out " + named + " cannot be read: " + reason(e), e);
        }
        if (!empty && !Files.isRegularFile(absolute.resolve(RunManifest.FILE))) {
            throw new IllegalArgumentException(
                    "--out " + named + " exists and is not a run folder; name another folder or remove it");
        }
    }

    private static void refuseInsideFile(Path named, Path absolute) {
        for (Path above = absolute.getParent(); above != null; above = above.getParent()) {
            if (Files.exists(above, LinkOption.NOFOLLOW_LINKS)) {
                if (!Files.isDirectory(above)) {
                    throw new IllegalArgumentException(
                            "--out " + named + " cannot be made: " + above + " is not a folder");
                }
                return;
            }
        }
    }

    private static void move(Path from, Path to) throws IOException {
        try {
            Files.move(from, to, StandardCopyOption.ATOMIC_MOVE);
        } catch (AtomicMoveNotSupportedException e) {
            Files.move(from, to);
        }
    }

    /** What the file system said, with the name it said it of. */
    private static String reason(IOException e) {
        if (e instanceof FileSystemException refused && refused.getReason() != null) {
            return refused.getFile() + ": " + refused.getReason();
        }
        return e.getClass().getSimpleName().replace("Exception", "") + ": " + e.getMessage();
    }
}
