/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.experiment.sweep;

import io.synaptile.experiment.Progress;
import io.synaptile.experiment.file.EffectiveConfig;
import io.synaptile.experiment.file.ExperimentFile;
import io.synaptile.experiment.folder.RunManifest;
import io.synaptile.sim.io.DataFileException;
import io.synaptile.sim.io.FileSet;
import io.synaptile.sim.io.Folders;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The run folders of a sweep's points, by their numbers.
 *
 * @param folder that holds them
 */
record PointFolders(Path folder) {
    /** The run folder of a point. */
    Path of(ExperimentFile point) {
        return of(point.point().number());
    }

    /** The run folder of the point of a number. */
    Path of(int number) {
        return folder.resolve(String.format(Locale.ROOT, "%04d", number));
    }

    /** Whether a point is finished with the settings it has now and undamaged; says so if it is finished otherwise. */
    boolean isFinished(ExperimentFile point, Progress progress) {
        Path run = of(point);
        try {
            FileSet.settle(run);
            if (!Files.exists(run.resolve(RunManifest.FILE))) {
                return false;
            }
            RunManifest manifest = RunManifest.read(run);
            manifest.requireIntact(run);
            boolean same = manifest.configurationHash().equals(Optional.of(EffectiveConfig.hash(point.experiment())));
            if (!same) {
                progress.notice(point.point().describe() + " was finished with other settings; it is computed again");
            }
            return same;
        } catch (IllegalArgumentException | DataFileException e) {
            progress.notice(point.point().describe() + " is computed again: " + e.getMessage());
            return false;
        }
    }

    /**
     * Says what becomes of the points of an earlier sweep.
     *
     * @return whether there are any
     */
    boolean tellWhatIsReplaced(Path sweep, List<ExperimentFile> points, Progress progress) {
        List<Path> finished = finished();
        if (finished.isEmpty()) {
            return false;
        }
        List<Path> beyond = beyond(points);
        progress.notice(sweep + " has " + count(finished.size())
                + " of an earlier sweep; each stays until its replacement is finished, and --resume would keep those"
                + " with the same settings"
                + (beyond.isEmpty()
                        ? ""
                        : "; " + count(beyond.size()) + " outside this sweep will be removed at the end"));
        return true;
    }

    /** Removes the finished points that a sweep does not have. */
    void removeAllBut(List<ExperimentFile> points) {
        try {
            for (Path run : beyond(points)) {
                Folders.delete(run);
            }
        } catch (IOException e) {
            throw new DataFileException(folder, e);
        }
    }

    private List<Path> beyond(List<ExperimentFile> points) {
        Set<Path> kept = points.stream().map(this::of).collect(Collectors.toSet());
        List<Path> others = new ArrayList<>(finished());
        others.removeAll(kept);
        return others;
    }

    /** Those that are there, in the order of their numbers. */
    List<Path> finished() {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> entries = Files.list(folder)) {
            return entries.filter(entry -> entry.getFileName().toString().matches("\\d{4,}"))
                    .filter(entry -> Files.isRegularFile(entry.resolve(RunManifest.FILE)))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new DataFileException(folder, e);
        }
    }

    private static String count(int points) {
        return points + (points == 1 ? " finished point" : " finished points");
    }
}
