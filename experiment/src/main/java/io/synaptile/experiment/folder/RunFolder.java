/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.experiment.folder;

import io.synaptile.experiment.Progress;
import io.synaptile.sim.io.AtomicFile;
import io.synaptile.sim.io.DataFileException;
import io.synaptile.sim.io.FileSet;
import io.synaptile.sim.io.FileWriteException;
import io.synaptile.sim.io.FolderLock;
import io.synaptile.sim.io.Folders;
import io.synaptile.sim.io.Links;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.stream.Stream;

/**
 * A run folder that is being written. Everything goes into a hidden folder beside the final one, which gets its name when
 * the run has ended well; a run that fails or is killed leaves nothing under the final name. A run folder that is there
 * already stays in its place, with the user's own files; the files of the run in it change together. Checkpoints stay in the
 * hidden folder until the run has been resumed and finished, or replaced by another into the same place.
 */
public final class RunFolder implements AutoCloseable {
    private final Path target;
    private final UnfinishedFolder work;
    private final Progress progress;
    private boolean replacesOthers;

    private RunFolder(Path target, UnfinishedFolder work, Progress progress) {
        this.target = target;
        this.work = work;
        this.progress = progress;
    }

    /**
     * Opens a folder that will become {@code target}.
     *
     * @param progress is told what becomes of checkpoints, of this run or one before it
     * @throws IllegalArgumentException if {@code target} exists and is not an earlier run, or cannot be made
     */
    public static RunFolder create(Path target, Progress progress) {
        Path place = Links.follow(target);
        refuseForeign(target, place);
        try {
            UnfinishedFolder work = UnfinishedFolder.create(place, progress);
            if (!UnfinishedFolder.withCheckpoints(place).isEmpty()) {
                progress.notice(
                        target
                                + " has a stopped run, which --resume would continue; this run starts over and replaces it at its first checkpoint");
            }
            return new RunFolder(place, work, progress);
        } catch (IOException e) {
            throw refused("--out " + target + " cannot be made: ", place, e);
        }
    }

    /**
     * Opens what a run to {@code target} has left that was stopped.
     *
     * @throws IllegalArgumentException if there is nothing to resume, or the run goes on in another process
     */
    public static RunFolder resume(Path target, Progress progress) {
        Path place = Links.follow(target);
        refuseForeign(target, place);
        try {
            List<Path> stopped = UnfinishedFolder.withCheckpoints(place);
            if (stopped.isEmpty()) {
                boolean finished = Files.isRegularFile(place.resolve(RunManifest.FILE));
                throw new IllegalArgumentException(target
                        + (finished
                                ? " is a finished run; there is nothing to resume"
                                : " has no stopped run with a checkpoint; start it without --resume"));
            }
            return new RunFolder(place, UnfinishedFolder.adopt(place, stopped.getLast(), progress), progress);
        } catch (IOException e) {
            throw refused("--out " + target + " cannot be resumed: ", place, e);
        }
    }

    private static RuntimeException refused(String what, Path place, IOException e) {
        UncheckedIOException problem = FileWriteException.of(place, e);
        String why = e instanceof NoSuchFileException absent ? folder(absent) + " cannot be written to" : reason(e);
        return problem instanceof DataFileException ? new IllegalArgumentException(what + why, e) : problem;
    }

    /**
     * Refuses a target that could not be published later.
     *
     * @throws IllegalArgumentException if {@code target} exists and is not an earlier run, or lies in a file
     */
    public static void refuseForeign(Path target) {
        refuseForeign(target, Links.follow(target));
    }

    /** Whether a run to {@code target} was stopped that {@link #resume} would continue. */
    public static boolean isStopped(Path target) {
        try {
            return !UnfinishedFolder.withCheckpoints(Links.follow(target)).isEmpty();
        } catch (IOException e) {
            throw new UncheckedIOException(target + ": " + reason(e), e);
        }
    }

    /** Where to write; becomes the run folder. */
    public Path path() {
        return work.path();
    }

    /** Tells the user something. */
    void notice(String line) {
        progress.notice(line);
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

    /** The user is told otherwise what the checkpoints are good for. */
    void explained() {
        work.explained();
    }

    /** Removes what a stopped run has written besides its checkpoints. */
    public void clear() {
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
        if (Files.exists(target)) {
            replaceFiles();
            Checkpoints.remove(target);
            Folders.delete(work.path());
            return;
        }
        syncFolders(work.path());
        Files.move(work.path(), target, StandardCopyOption.ATOMIC_MOVE);
        AtomicFile.sync(target.getParent());
        Checkpoints.remove(target);
    }

    /** The folder stays, with what the user has put there; the files of the earlier run go as those of this one come. */
    private void replaceFiles() throws IOException {
        try (FileSet set = FileSet.begin(target)) {
            RunFiles.of(target).forEach(set::remove);
            List<String> written = RunFiles.all(work.path());
            for (String name : written) {
                if (!name.equals(RunManifest.FILE)) {
                    set.take(work.path().resolve(name), name);
                }
            }
            if (written.contains(RunManifest.FILE)) {
                set.take(work.path().resolve(RunManifest.FILE), RunManifest.FILE);
            }
            set.commit();
        }
    }

    private static void syncFolders(Path folder) throws IOException {
        try (Stream<Path> entries = Files.walk(folder)) {
            for (Path entry : entries.filter(Files::isDirectory).toList()) {
                AtomicFile.sync(entry);
            }
        }
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
                    empty = entries.allMatch(entry -> entry.endsWith(FolderLock.FILE));
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

    /** What the file system said, with the name it said it of. */
    private static String reason(IOException e) {
        if (e instanceof FileSystemException refused && refused.getReason() != null) {
            return refused.getFile() + ": " + refused.getReason();
        }
        return switch (e) {
            case AccessDeniedException denied -> denied.getFile() + ": permission denied";
            case NoSuchFileException absent -> absent.getFile() + ": no such file or folder";
            case NotDirectoryException file -> file.getFile() + " is not a folder";
            case FileAlreadyExistsException there -> there.getFile() + " exists already";
            case FileSystemException refused when refused.getFile() != null -> refused.getFile() + " cannot be written";
            default -> e.getMessage() == null ? "the file system refuses it" : e.getMessage();
        };
    }

    /** Folder of a file that the system does not let come into being. */
    private static String folder(FileSystemException refused) {
        Path above = Path.of(refused.getFile()).getParent();
        return above == null ? refused.getFile() : above.toString();
    }
}
