/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.experiment.repeat;

import io.synaptile.experiment.folder.RunManifest;
import io.synaptile.experiment.sweep.SweepFolder;
import io.synaptile.experiment.sweep.SweepRunner;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Whether a run folder, or a sweep's folder with its points, is as it was written.
 *
 * @param folders the folder asked for, then the points of a sweep
 */
public record Verification(List<FolderCheck> folders) {
    public Verification {
        folders = List.copyOf(folders);
    }

    /**
     * Reads every file that the manifests of a folder list.
     *
     * @throws IllegalArgumentException if it is the folder neither of a run nor of a sweep
     */
    public static Verification of(Path folder) {
        SweepFolder sweep = new SweepFolder(folder);
        if (!sweep.isSweep()) {
            if (!Files.isRegularFile(folder.resolve(RunManifest.FILE))) {
                throw new IllegalArgumentException(folder + " is neither a run folder nor a sweep's: it has no "
                        + RunManifest.FILE + " and no " + SweepRunner.FILE);
            }
            return new Verification(List.of(FolderCheck.of(folder, RunManifest.FILE, List.of())));
        }
        List<Path> points = sweep.pointsDue();
        List<FolderCheck> folders = new ArrayList<>();
        folders.add(FolderCheck.of(folder, SweepRunner.FILE, points));
        points.forEach(point -> folders.add(FolderCheck.of(point, RunManifest.FILE, List.of())));
        return new Verification(folders);
    }

    /** Files that are as they were written. */
    public int intactFiles() {
        return folders.stream().mapToInt(FolderCheck::intact).sum();
    }

    /** Everything that is not. */
    public List<FolderCheck.Finding> findings() {
        return folders.stream().flatMap(folder -> folder.findings().stream()).toList();
    }

    /** Files that no manifest lists. */
    public List<Path> unlisted() {
        return folders.stream()
                .flatMap(folder -> folder.unlisted().stream().map(folder.folder()::resolve))
                .toList();
    }
}
