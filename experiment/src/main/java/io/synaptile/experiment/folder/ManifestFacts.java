/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.experiment.folder;

import io.synaptile.experiment.file.DesignPoint;
import io.synaptile.experiment.file.EffectiveConfig;
import io.synaptile.experiment.file.Experiment;
import io.synaptile.experiment.file.ExperimentFile;
import io.synaptile.sim.io.Sha256;
import io.synaptile.sim.io.dataset.DatasetSplits;
import java.nio.file.Path;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** Facts about data and machine for the manifest. */
final class ManifestFacts {
    static final String DESIGN_POINT = "design_point";

    private ManifestFacts() {}

    /**
     * What was configured.
     *
     * @param file whose plug-ins are used and which says which design of a sweep it is
     * @param experiment the settings
     * @param located the same with places that are found from anywhere
     */
    static SortedMap<String, Object> configuration(ExperimentFile file, Experiment experiment, Experiment located) {
        SortedMap<String, Object> values = new TreeMap<>();
        values.put(RunManifest.CONFIGURATION, EffectiveConfig.of(located));
        values.put(SimulationFacts.HASH, EffectiveConfig.hash(experiment));
        values.put("name", experiment.name());
        values.put("seed", experiment.seed());
        DesignPoint point = file.point();
        if (!point.equals(DesignPoint.SINGLE)) {
            values.put(DESIGN_POINT, Map.of("number", point.number(), "keys", point.keys(), "values", point.values()));
        }
        values.put("plugins", plugIns(file));
        values.put("device_files", deviceFiles(file.experiment()));
        return values;
    }

    /** SHA-256 of every data file by its name, with that of its folder before it where two have one name. */
    static SortedMap<String, String> files(DatasetSplits data) {
        SortedMap<String, String> files = new TreeMap<>();
        data.files().forEach(file -> {
            Path path = file.path().toAbsolutePath().normalize();
            String name = path.getFileName().toString();
            boolean taken = files.containsKey(name) && !files.get(name).equals(file.sha256());
            files.put(taken ? path.getParent().getFileName() + "/" + name : name, file.sha256());
        });
        return files;
    }

    /** SHA-256 of every plug-in jar that something in the experiment comes from, and of what these load classes from, by name. */
    private static SortedMap<String, String> plugIns(ExperimentFile file) {
        SortedMap<String, String> jars = new TreeMap<>();
        file.plugInJars().forEach(jar -> {
            jars.put(jar.name(), jar.sha256());
            jars.putAll(jar.further());
        });
        return jars;
    }

    /** SHA-256 of every file that describes a cell, by its name. */
    private static SortedMap<String, String> deviceFiles(Experiment experiment) {
        SortedMap<String, String> files = new TreeMap<>();
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

    static Map<String, Object> host() {
        return Map.of(
                "java", Runtime.version().toString(),
                "java_vendor", System.getProperty("java.vendor"),
                "system", System.getProperty("os.name") + " " + System.getProperty("os.arch"),
                "processors", Runtime.getRuntime().availableProcessors());
    }
}
