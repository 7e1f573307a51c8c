/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.cli.experiment;

import io.synaptile.cli.experiment.file.Experiment;
import io.synaptile.cli.experiment.file.ExperimentFile;
import io.synaptile.sim.io.Sha256;
import io.synaptile.sim.io.dataset.DatasetSplits;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;

/** Facts about data and machine for the manifest. */
final class ManifestFacts {
    private ManifestFacts() {}

    /** SHA-256 of every data file by its name. */
    static Map<String, Object> files(DatasetSplits data) {
        Map<String, Object> files = new TreeMap<>();
        data.files().forEach(file -> files.put(file.path().getFileName().toString(), file.sha256()));
        return files;
    }

    /** SHA-256 of every plug-in jar that something in the experiment comes from, and of what these load classes from, by name. */
    static Map<String, Object> plugIns(ExperimentFile file) {
        Map<String, Object> jars = new TreeMap<>();
        file.plugInJars().forEach(jar -> {
            jars.put(jar.name(), jar.sha256());
            jars.putAll(jar.further());
        });
        return jars;
    }

    /** SHA-256 of every file that describes a cell, by its name. */
    static Map<String, Object> deviceFiles(Experiment experiment) {
        Map<String, Object> files = new TreeMap<>();
        experiment
                .hardware()
                .cells()
                .forEach(cell -> cell.options().values().forEach(option -> {
                    if (option instanceof Path path) {
                        files.put(path.getFileName().toString(), Sha256.of(path));
                    }
                }));
        return files;
    }

    static Map<String, Object> backend(BackendChoice choice) {
        Map<String, Object> facts = new TreeMap<>();
        facts.put("id", choice.backend().id());
        facts.put("description", choice.backend().description());
        choice.reason().ifPresent(reason -> facts.put("chosen_because", reason));
        return facts;
    }

    /** The same for chips, whose arrays may be read by another backend than the experiment's. */
    static Map<String, Object> backend(BackendChoice choice, ChipBackend chips) {
        Map<String, Object> facts = backend(choice);
        if (chips.differs()) {
            facts.put(
                    "array_readouts",
                    Map.of(
                            "layers", chips.layers(),
                            "computed_by", chips.computing().id(),
                            "description", chips.computing().description()));
        }
        return facts;
    }

    static Map<String, Object> host() {
        return Map.of(
                "java", Runtime.version().toString(),
                "java_vendor", System.getProperty("java.vendor"),
                "system", System.getProperty("os.name") + " " + System.getProperty("os.arch"),
                "processors", Runtime.getRuntime().availableProcessors());
    }
}
