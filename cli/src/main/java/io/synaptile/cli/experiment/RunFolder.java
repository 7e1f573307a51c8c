/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.cli.experiment;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.stream.Stream;

/**
 * A run folder that is being written. Everything goes into a hidden folder beside the final one, which gets its name when
 * the run has ended well; a run that fails or is killed leaves nothing under the final name.
 */
public final class RunFolder implements AutoCloseable {
    private final Path target;
    private final Path work;
    private boolean published;

    private RunFolder(Path target, Path work) {
        this.target = target;
        this.work = work;
    }

    /**
     * Opens a folder that will become {@code target}.
     *
     * @throws IllegalArgumentException if {@code target} exists and is not an earlier run
     */
    public static RunFolder create(Path target) {
        Path absolute = target.toAbsolutePath().normalize();
        refuseForeign(target, absolute);
        try {
            Files.createDirectories(absolute.getParent());
            Path work = Files.createDirectory(sibling(absolute, "unfinished"));
            return new RunFolder(absolute, work);
        } catch (IOException e) {
            throw new IllegalArgumentException("--out " + target + " cannot be made: " + reason(e));
        }
    }

    /**
     * Refuses a target that could not be published later.
     *
     * @throws IllegalArgumentException if {@code target} exists and is not an earlier run
     */
    public static void refuseForeign(Path target) {
        refuseForeign(target, target.toAbsolutePath().normalize());
    }

    /** Where to write; becomes the run folder. */
    public Path path() {
        return work;
    }

    /** Gives the folder its final name; an earlier run there is replaced. */
    public void publish() {
        try {
            Path replaced = null;
            if (Files.exists(target)) {
                replaced = sibling(target, "replaced");
                Files.move(target, replaced, StandardCopyOption.ATOMIC_MOVE);
            }
            move(work, target);
            published = true;
            if (replaced != null) {
                delete(replaced);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(target + ": " + reason(e), e);
        }
    }

    /** Removes what was written unless it has been published. */
    @Override
    public void close() {
        if (!published) {
            try {
                delete(work);
            } catch (IOException e) {
                throw new UncheckedIOException(work + ": " + reason(e), e);
            }
        }
    }

    /** Hidden, of this process, and of a moment, so that two runs never meet. */
    private static Path sibling(Path target, String purpose) {
        return target.resolveSibling("." + target.getFileName() + "." + purpose + "-"
                + ProcessHandle.current().pid() + "-" + Long.toUnsignedString(System.nanoTime(), 36));
    }

    private static void refuseForeign(Path named, Path absolute) {
        if (!Files.exists(absolute)) {
            return;
        }
        boolean empty;
        try (Stream<Path> entries = Files.isDirectory(absolute) ? Files.list(absolute) : Stream.of(absolute)) {
            empty = entries.findAny().isEmpty();
        } catch (IOException e) {
            throw new IllegalArgumentException("--out " + named + " cannot be read: " + reason(e));
        }
        if (!empty && !Files.isRegularFile(absolute.resolve(RunManifest.FILE))) {
            throw new IllegalArgumentException(
                    "--out " + named + " exists and is not a run folder; name another folder or remove it");
        }
    }

    private static void move(Path from, Path to) throws IOException {
        try {
            Files.move(from, to, StandardCopyOption.ATOMIC_MOVE);
        } catch (AtomicMoveNotSupportedException e) {
            Files.move(from, to);
        }
    }

    private static void delete(Path folder) throws IOException {
        Files.walkFileTree(folder, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                Files.delete(file);
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult postVisitDirectory(Path visited, IOException problem) throws IOException {
                if (problem != null) {
                    throw problem;
                }
                Files.delete(visited);
                return FileVisitResult.CONTINUE;
            }
        });
    }

    private static String reason(IOException e) {
        return e.getClass().getSimpleName().replace("Exception", "") + ": " + e.getMessage();
    }
}
