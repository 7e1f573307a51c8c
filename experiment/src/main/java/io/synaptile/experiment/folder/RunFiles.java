/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.experiment.folder;

import io.synaptile.reports.table.Table;
import io.synaptile.reports.table.Tables;
import io.synaptile.sim.io.DataFileException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/** Which files of a folder are those of a run, and not the user's. */
final class RunFiles {
    /** Files that were written before manifests listed them. */
    private static final Set<String> ALWAYS =
            Set.of(RunManifest.FILE, ModelStore.FILE, ModelStore.LATENT_FILE, RunUpdate.PAGE, "points.csv");

    private RunFiles() {}

    /** Names of the files of the run that a folder holds. */
    static Set<String> of(Path folder) {
        TreeSet<String> names = new TreeSet<>(ALWAYS);
        Tables.ofRuns().stream().map(Table::fileName).forEach(names::add);
        names.addAll(new ChipStore(folder).beyond(0));
        try {
            names.addAll(RunManifest.read(folder).files().keySet());
        } catch (IllegalArgumentException e) {
            // A manifest that cannot be read lists nothing; the names that a run always has are left.
        }
        names.removeIf(name -> !Files.exists(folder.resolve(name)));
        return names;
    }

    /** Names in a run folder of the files in one of its folders, sorted; none if it has no such folder. */
    static List<String> below(Path folder, String inner) {
        Path there = folder.resolve(inner);
        if (!Files.isDirectory(there)) {
            return List.of();
        }
        try (Stream<Path> files = Files.walk(there)) {
            return files.filter(Files::isRegularFile)
                    .map(file -> folder.relativize(file).toString())
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new DataFileException(there, e);
        }
    }

    /** Names of all files of a folder that is being written, but checkpoints and what is hidden. */
    static List<String> all(Path folder) throws IOException {
        try (Stream<Path> entries = Files.walk(folder)) {
            return entries.filter(Files::isRegularFile)
                    .map(folder::relativize)
                    .filter(name -> !name.startsWith(Checkpoints.FOLDER)
                            && !name.getFileName().toString().startsWith("."))
                    .map(Path::toString)
                    .sorted()
                    .toList();
        }
    }
}
