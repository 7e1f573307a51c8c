/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.experiment.sweep;

import io.synaptile.experiment.folder.RunManifest;
import io.synaptile.sim.io.DataFileException;
import io.synaptile.sim.io.TextFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.TreeSet;

/** The folder of a sweep. */
public record SweepFolder(Path path) {
    /** Name of the folder with the points. */
    static final String POINTS = "points";

    private static final String LIST = "points.csv";
    private static final int LARGEST_BYTES = 64 << 20;

    /** Whether it is one, and not a single run's. */
    public boolean isSweep() {
        return Files.isRegularFile(path.resolve(SweepRunner.FILE))
                && !Files.isRegularFile(path.resolve(RunManifest.FILE));
    }

    /**
     * Run folders of the points that the joined tables are of and of others that are there, in the order of their numbers.
     *
     * @throws DataFileException if the folder or its list of points cannot be read
     */
    public List<Path> pointsDue() {
        PointFolders folders = new PointFolders(path.resolve(POINTS));
        TreeSet<Path> points = new TreeSet<>(folders.finished());
        Path joined = path.resolve(LIST);
        if (Files.isRegularFile(joined)) {
            TextFile.read(joined, LARGEST_BYTES, "a list of points")
                    .lines()
                    .skip(1)
                    .map(row -> row.split(",", 2)[0])
                    .filter(number -> number.matches("\\d{1,9}"))
                    .forEach(number -> points.add(folders.of(Integer.parseInt(number))));
        }
        return List.copyOf(points);
    }
}
