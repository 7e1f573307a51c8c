/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.experiment.repeat;

import io.synaptile.experiment.folder.ModelStore;
import io.synaptile.experiment.folder.RunManifest;
import io.synaptile.reports.table.Tables;
import io.synaptile.sim.io.DataFileException;
import io.synaptile.sim.io.Sha256;
import io.synaptile.sim.io.model.ModelFile;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeSet;

/** A run beside its repetition. */
final class Comparison {
    private static final String PAGE = "report.html";
    private static final String CHIPS = "chips/";

    private final RecordedRun run;
    private final Path folder;
    private final RunManifest again;
    private final SortedMap<String, String> then;
    private final SortedMap<String, String> now;

    /** @param folder of the repetition */
    Comparison(RecordedRun run, Path folder) {
        this.run = run;
        this.folder = folder;
        this.again = RunManifest.read(folder);
        this.then = run.files();
        this.now = again.files();
    }

    Repetition made() {
        TreeSet<String> names = new TreeSet<>(then.keySet());
        names.addAll(now.keySet());
        List<Compared> files = new ArrayList<>();
        names.forEach(name -> files.add(compared(name)));
        List<Circumstance> circumstances = new ArrayList<>(Circumstance.differences(run.manifest(), again));
        if (files.stream()
                .anyMatch(file -> file.name().equals(ModelStore.FILE) && file.outcome() == Compared.Outcome.DIFFERS)) {
            trainedOtherwise().ifPresent(circumstances::add);
        }
        return new Repetition(folder, files, circumstances);
    }

    private Compared compared(String name) {
        Optional<String> reason = notCompared(name);
        if (reason.isPresent()) {
            return new Compared(name, Compared.Outcome.NOT_COMPARED, reason.get());
        } else if (!now.containsKey(name)) {
            return new Compared(name, Compared.Outcome.MISSING, "");
        } else if (!then.containsKey(name)) {
            return run.manifest().verified()
                    ? new Compared(name, Compared.Outcome.NEW, "")
                    : new Compared(name, Compared.Outcome.NOT_COMPARED, "the run kept no checksum of it");
        } else if (!then.get(name).equals(now.get(name))) {
            return hasSameWeights(name)
                    ? new Compared(name, Compared.Outcome.SAME_WEIGHTS, "")
                    : new Compared(name, Compared.Outcome.DIFFERS, place(name));
        }
        return isChanged(name)
                ? new Compared(name, Compared.Outcome.CHANGED, place(name))
                : new Compared(name, Compared.Outcome.SAME, "");
    }

    /** Why a file cannot be the same, or is not made; empty if it can be compared. */
    private static Optional<String> notCompared(String name) {
        if (name.equals(Tables.LATENCY.fileName())) {
            return Optional.of("has times of the host, which do not repeat");
        } else if (name.equals(PAGE)) {
            return Optional.of("shows times of the host, which do not repeat");
        }
        return name.startsWith(CHIPS) ? Optional.of("is written by 'synaptile map', not by a run") : Optional.empty();
    }

    private boolean hasSameWeights(String name) {
        Map<String, String> before = run.manifest().weightHashes();
        Map<String, String> after = again.weightHashes();
        return before.containsKey(name) && before.get(name).equals(after.get(name));
    }

    /** Whether the file of the run is not the one any more that it wrote. */
    private boolean isChanged(String name) {
        return run.folder()
                .map(old -> old.resolve(name))
                .filter(Files::exists)
                .map(file -> !Sha256.of(file).equals(then.get(name)))
                .orElse(false);
    }

    /** Where a table begins to differ; empty for other files and where the run's is not there. */
    private String place(String name) {
        if (run.folder().isEmpty() || !name.endsWith(".csv")) {
            return "";
        }
        Path old = run.folder().get().resolve(name);
        if (!Files.isRegularFile(old)) {
            return "";
        }
        try {
            long at = Files.mismatch(old, folder.resolve(name));
            return at < 0 ? "" : "first in line " + line(folder.resolve(name), at);
        } catch (IOException e) {
            throw new DataFileException(old, e);
        }
    }

    /** The line that a byte is in, from 1. */
    private static long line(Path file, long at) throws IOException {
        long line = 1;
        try (InputStream in = new BufferedInputStream(Files.newInputStream(file))) {
            for (long i = 0; i < at; i++) {
                if (in.read() == '\n') {
                    line++;
                }
            }
        }
        return line;
    }

    /** Settings that a later stage or a sweep gave a run whose weights had been trained with others. */
    private Optional<Circumstance> trainedOtherwise() {
        String key = ModelStore.CONFIGURATION_HASH;
        Optional<Path> model =
                run.folder().map(old -> old.resolve(ModelStore.FILE)).filter(Files::isRegularFile);
        if (model.isEmpty() || isChanged(ModelStore.FILE)) {
            return Optional.empty();
        }
        String trained = ModelFile.read(model.get()).metadata().getOrDefault(key, Circumstance.NOTHING);
        String repeated =
                ModelFile.read(folder.resolve(ModelStore.FILE)).metadata().getOrDefault(key, Circumstance.NOTHING);
        return trained.equals(repeated)
                ? Optional.empty()
                : Optional.of(new Circumstance("training." + key, trained, repeated));
    }
}
