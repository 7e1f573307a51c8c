/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.experiment.repeat;

import io.synaptile.experiment.folder.ModelStore;
import io.synaptile.experiment.folder.RunManifest;
import io.synaptile.experiment.sweep.SweepFolder;
import io.synaptile.experiment.sweep.SweepRunner;
import io.synaptile.reports.table.Table;
import io.synaptile.reports.table.Tables;
import io.synaptile.sim.io.Sha256;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A run as its manifest tells it, with or without the other files of its folder.
 *
 * @param place of the manifest
 * @param folder of the run; empty where the manifest is all there is
 */
record RecordedRun(Path place, RunManifest manifest, Optional<Path> folder) {
    /**
     * Reads the manifest of a run.
     *
     * @param named the manifest, or the run folder
     * @throws IllegalArgumentException if it is not that of a single run that can be repeated, or is damaged
     * @throws io.synaptile.sim.io.DataFileException if there is no such file
     */
    static RecordedRun read(Path named) {
        boolean isFolder = Files.isDirectory(named);
        Path place = isFolder ? named.resolve(RunManifest.FILE) : named;
        Path folder = place.toAbsolutePath().getParent();
        if (place.endsWith(SweepRunner.FILE) || new SweepFolder(folder).isSweep()) {
            throw new IllegalArgumentException(
                    named + " is a sweep; name one of its points, for example " + folder.resolve("points/0000"));
        }
        boolean whole = isFolder || place.endsWith(RunManifest.FILE) && Files.exists(folder.resolve(ModelStore.FILE));
        RunManifest manifest = whole
                ? RunManifest.read(isFolder ? named : folder)
                : RunManifest.read(folder, place.getFileName().toString());
        manifest.simulatedChip().ifPresent(chip -> {
            throw new IllegalArgumentException(named + " has the tables of kept chip " + chip
                    + " alone, which rerun does not make; run 'synaptile simulate' on its folder first");
        });
        return new RecordedRun(place, manifest, whole ? Optional.of(isFolder ? named : folder) : Optional.empty());
    }

    /** Whether chips were simulated, and not just a network trained. */
    boolean isSimulated() {
        return manifest.simulatedHash().isPresent();
    }

    /**
     * SHA-256 of the files that the run wrote, by their names.
     *
     * @throws IllegalArgumentException if nothing is known of them
     */
    SortedMap<String, String> files() {
        if (manifest.verified()) {
            return manifest.files();
        }
        if (folder.isEmpty()) {
            throw new IllegalArgumentException(place
                    + " is of a version that kept no checksums, and the files of its run are not beside it;"
                    + " there is nothing to compare with");
        }
        List<String> names = new ArrayList<>(List.of(ModelStore.FILE, ModelStore.LATENT_FILE));
        Tables.ofRuns().stream().map(Table::fileName).forEach(names::add);
        SortedMap<String, String> files = new TreeMap<>();
        for (String name : names) {
            Path file = folder.get().resolve(name);
            if (Files.exists(file)) {
                files.put(name, Sha256.of(file));
            }
        }
        return files;
    }

    /**
     * Where a repetition goes if no folder is named: beside the run, or beside the sweep that it is a point of, under a name
     * that is free; {@code runs/NAME-rerun} for a manifest without its run.
     */
    Path defaultFolder(String name) {
        Path wanted = folder.map(RecordedRun::beside).orElseGet(() -> Path.of("runs", name + "-rerun"));
        Path free = wanted;
        for (int number = 2; Files.exists(free); number++) {
            free = wanted.resolveSibling(wanted.getFileName() + "-" + number);
        }
        return free;
    }

    private static Path beside(Path run) {
        Path absolute = run.toAbsolutePath().normalize();
        // As the user has written it, unless that has no name of its own, as "." has none.
        Path written = run.normalize();
        Path named = absolute.endsWith(written) && !written.toString().isEmpty() ? written : absolute;
        Path points = absolute.getParent();
        Path sweep = points == null ? null : points.getParent();
        if (sweep != null && new SweepFolder(sweep).isSweep()) {
            Path above = named.getNameCount() > 2 ? named.getParent().getParent() : sweep;
            return above.resolveSibling(above.getFileName() + "-" + absolute.getFileName() + "-rerun");
        }
        return named.resolveSibling(named.getFileName() + "-rerun");
    }
}
