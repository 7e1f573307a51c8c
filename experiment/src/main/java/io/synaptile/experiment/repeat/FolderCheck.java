/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.experiment.repeat;

import io.synaptile.experiment.folder.RunManifest;
import io.synaptile.sim.io.DataFileException;
import io.synaptile.sim.io.FileSet;
import io.synaptile.sim.io.Sha256;
import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * One folder held against the manifest in it.
 *
 * @param intact number of files that are as they were written
 * @param findings files that are not, and what is wrong with the manifest
 * @param unlisted names of files that the manifest does not list, which nothing is known of
 */
public record FolderCheck(Path folder, int intact, List<Finding> findings, List<String> unlisted) {
    /** What can be wrong. */
    public enum State {
        /** It has other bytes than were written. */
        DIFFERS,
        /** It is not there. */
        MISSING,
        /** It is there and cannot be read, or nothing says what it should be. */
        UNKNOWN
    }

    /**
     * Something that is not as it was written.
     *
     * @param name of the file within the folder
     * @param message one line, which names the file
     */
    public record Finding(String name, State state, String message) {}

    public FolderCheck {
        findings = List.copyOf(findings);
        unlisted = List.copyOf(unlisted);
    }

    /**
     * Reads every file that the manifest lists.
     *
     * @param name of the manifest
     * @param apart folders that have manifests of their own
     */
    static FolderCheck of(Path folder, String name, List<Path> apart) {
        FileSet.settle(folder);
        Path file = folder.resolve(name);
        if (!Files.isRegularFile(file)) {
            return failed(folder, new Finding(name, State.MISSING, file + " is missing"));
        }
        RunManifest manifest;
        try {
            manifest = RunManifest.read(folder, name);
        } catch (IllegalArgumentException | DataFileException e) {
            return failed(folder, new Finding(name, State.DIFFERS, e.getMessage()));
        }
        if (!manifest.verified()) {
            return failed(
                    folder,
                    new Finding(
                            name,
                            State.UNKNOWN,
                            file
                                    + " is of a version that kept no checksums, so nothing in its folder can be verified"));
        }
        List<Finding> findings = new ArrayList<>();
        manifest.files().forEach((listed, sha256) -> {
            Finding finding = finding(folder, listed, sha256);
            if (finding != null) {
                findings.add(finding);
            }
        });
        int intact = manifest.files().size() - findings.size();
        return new FolderCheck(
                folder,
                intact,
                findings,
                unlisted(folder, name, manifest.files().keySet(), apart));
    }

    private static FolderCheck failed(Path folder, Finding finding) {
        return new FolderCheck(folder, 0, List.of(finding), List.of());
    }

    /** What is wrong with a file; null if nothing is. */
    private static Finding finding(Path folder, String name, String sha256) {
        Path file = folder.resolve(name);
        if (!Files.exists(file)) {
            return new Finding(name, State.MISSING, file + " is missing");
        }
        try {
            return Sha256.of(file).equals(sha256)
                    ? null
                    : new Finding(name, State.DIFFERS, file + " differs from what was written");
        } catch (DataFileException e) {
            return new Finding(name, State.UNKNOWN, e.getMessage());
        }
    }

    /** Hidden files are no part of a run: locks, and what is unfinished. */
    private static List<String> unlisted(Path folder, String manifest, Set<String> listed, List<Path> apart) {
        List<String> unlisted = new ArrayList<>();
        try {
            Files.walkFileTree(folder, new SimpleFileVisitor<>() {
                @Override
                public FileVisitResult preVisitDirectory(Path visited, BasicFileAttributes attributes) {
                    return !visited.equals(folder) && (isHidden(visited) || apart.contains(visited) || isRun(visited))
                            ? FileVisitResult.SKIP_SUBTREE
                            : FileVisitResult.CONTINUE;
                }

                @Override
                public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                    String name = folder.relativize(file).toString();
                    if (!isHidden(file) && !name.equals(manifest) && !listed.contains(name)) {
                        unlisted.add(name);
                    }
                    return FileVisitResult.CONTINUE;
                }
            });
        } catch (IOException e) {
            throw new DataFileException(folder, e);
        }
        return unlisted.stream().sorted().toList();
    }

    /** A run that the user has put there is one of its own. */
    private static boolean isRun(Path folder) {
        return Files.isRegularFile(folder.resolve(RunManifest.FILE));
    }

    private static boolean isHidden(Path path) {
        return path.getFileName().toString().startsWith(".");
    }
}
