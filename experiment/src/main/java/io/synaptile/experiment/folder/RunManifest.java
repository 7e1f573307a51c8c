/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.experiment.folder;

import io.synaptile.experiment.Site;
import io.synaptile.experiment.file.DesignPoint;
import io.synaptile.experiment.file.Experiment;
import io.synaptile.experiment.file.ExperimentFile;
import io.synaptile.sim.io.AtomicFile;
import io.synaptile.sim.io.DataFileException;
import io.synaptile.sim.io.FileSet;
import io.synaptile.sim.io.Sha256;
import io.synaptile.sim.io.TextFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.SequencedMap;
import java.util.SortedMap;
import java.util.TreeMap;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * What is needed to repeat a run: effective configuration and its hash, seed, hashes of data and weights, versions,
 * backend, Java machine and host class; and the checksums of all files of its folder, and of itself.
 *
 * @param values sorted; nested maps, whose order is kept where they have one, lists, strings, numbers and booleans
 * @param verified whether it has checksums, as all but those of the first versions do
 */
public record RunManifest(SortedMap<String, Object> values, boolean verified) {
    /** Name of the file in a run folder. */
    public static final String FILE = "manifest.json";

    /** Key of the effective configuration; without it nothing can be repeated. */
    public static final String CONFIGURATION = "configuration";

    /** A hundred times the longest that is written. */
    private static final int LARGEST_BYTES = 4 << 20;

    /** Key of the versions that the run was made with. */
    static final String PRODUCT = "product";

    /** Key of SHA-256 by the names of the folder's files. */
    private static final String FILES = "files";

    private static final String TRAINING = "training";
    private static final String SIMULATION = "simulation";
    private static final String FORMAT_KEY = "format";
    private static final int FORMAT = 2;
    private static final String CHECKSUM = "content_sha256";

    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(SerializationFeature.INDENT_OUTPUT)
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();
    private static final JsonMapper CANONICAL = JsonMapper.builder()
            .enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS)
            .build();

    public RunManifest {
        SortedMap<String, Object> ordered = new TreeMap<>();
        values.forEach((key, value) -> ordered.put(key, ordered(value)));
        values = ordered;
    }

    /** With the keys of every map without an order sorted: {@link Map#of} has another order in every process. */
    private static Object ordered(Object value) {
        return switch (value) {
            case Map<?, ?> map -> {
                Map<Object, Object> ordered = map instanceof SequencedMap ? new LinkedHashMap<>() : new TreeMap<>();
                map.forEach((key, inner) -> ordered.put(key, ordered(inner)));
                yield ordered;
            }
            case List<?> list -> list.stream().map(RunManifest::ordered).toList();
            case null, default -> value;
        };
    }

    /** A manifest of this version. */
    public RunManifest(SortedMap<String, Object> values) {
        this(values, true);
    }

    /**
     * Reads the manifest of a run folder, once a change of the folder that was interrupted has been completed.
     *
     * @throws IllegalArgumentException if the folder is not a run folder or its manifest is damaged
     */
    public static RunManifest read(Path runFolder) {
        FileSet.settle(runFolder);
        if (!Files.isRegularFile(runFolder.resolve(FILE))) {
            throw new IllegalArgumentException(runFolder + " is not a run folder: it has no " + FILE);
        }
        return read(runFolder, FILE);
    }

    /** Reads a file of the same form and another name, in a folder that is not changing. */
    public static RunManifest read(Path folder, String name) {
        Path file = folder.resolve(name);
        try {
            return parse(file, TextFile.read(file, LARGEST_BYTES, "a manifest"));
        } catch (JacksonException e) {
            throw new IllegalArgumentException(file + " is damaged: " + e.getOriginalMessage(), e);
        }
    }

    private static RunManifest parse(Path file, String text) {
        SortedMap<String, Object> values = new TreeMap<>();
        Facts.of(JSON.readValue(text, Object.class))
                .orElseThrow(() -> notAManifest(file))
                .values()
                .forEach((key, value) -> values.put(key.toString(), value));
        Object stated = values.remove(CHECKSUM);
        Object format = values.get(FORMAT_KEY);
        boolean verified = stated != null || format != null;
        if (format != null && !Integer.valueOf(FORMAT).equals(format)) {
            throw new IllegalArgumentException(file + " has " + FORMAT_KEY + " " + format + "; this version reads "
                    + FORMAT + " and those before it");
        }
        if (verified && !checksum(values).equals(stated)) {
            throw new IllegalArgumentException(
                    file + " is damaged or was changed: its content does not give its " + CHECKSUM);
        }
        if (new Facts(values).block(CONFIGURATION).isEmpty()) {
            throw notAManifest(file);
        }
        return new RunManifest(values, verified);
    }

    private static IllegalArgumentException notAManifest(Path file) {
        return new IllegalArgumentException(file + " is not a manifest: it has no " + CONFIGURATION);
    }

    /**
     * The manifest of a run that has been trained.
     *
     * @param folder that has the trained model
     * @param file of the experiment
     * @param located its settings with places that are found from anywhere
     */
    public static RunManifest of(Path folder, ExperimentFile file, Experiment located, TrainingRecord trained) {
        SortedMap<String, Object> values = new TreeMap<>(ManifestFacts.configuration(file, file.experiment(), located));
        values.putAll(trained.entries());
        values.putAll(ModelStore.hashes(folder));
        return new RunManifest(values).withFiles(ModelStore.checksums(folder));
    }

    /** A copy with another configuration, of which the weights are independent. */
    public RunManifest configured(ExperimentFile file, Experiment experiment, Experiment located) {
        return with(ManifestFacts.configuration(file, experiment, located));
    }

    /** A copy after a simulation of chips. */
    public RunManifest with(SimulationFacts simulation) {
        return with(Map.of(SIMULATION, simulation.entries()));
    }

    /** A copy without a simulation, whose files are those of the model that is in a folder. */
    public RunManifest ofModel(Path folder) {
        SortedMap<String, Object> all = new TreeMap<>(values);
        all.remove(SIMULATION);
        return new RunManifest(all, verified).withFiles(ModelStore.checksums(folder));
    }

    private Facts facts() {
        return new Facts(values);
    }

    /** SHA-256 of the configuration; empty in a damaged manifest. */
    public Optional<String> configurationHash() {
        return facts().text(SimulationFacts.HASH);
    }

    /** What training came to, where the manifest says all of it. */
    public Optional<TrainingFacts> training() {
        return facts().block(TRAINING).flatMap(TrainingFacts::of);
    }

    /**
     * Where a model is that training started from.
     *
     * @param key {@link TrainingRecord#SOURCE} or {@link TrainingRecord#BASELINE}
     */
    public Optional<String> sourcePath(String key) {
        return facts().block(key).flatMap(source -> source.text(TrainingRecord.PATH));
    }

    /** Hashes of the weights, whatever their files say besides, by the names of the files. */
    public Map<String, String> weightHashes() {
        Map<String, String> hashes = new TreeMap<>();
        facts().text(ModelStore.HASH).ifPresent(hash -> hashes.put(ModelStore.FILE, hash));
        facts().text(ModelStore.LATENT_HASH).ifPresent(hash -> hashes.put(ModelStore.LATENT_FILE, hash));
        return hashes;
    }

    /** Number of the kept chip that was simulated alone, if one was. */
    public OptionalInt simulatedChip() {
        return simulation()
                .flatMap(simulation -> simulation.block(SimulationFacts.CHIP))
                .map(chip -> chip.whole(SimulationFacts.INSTANCE))
                .orElse(OptionalInt.empty());
    }

    /** SHA-256 of the chip that SRAM words were trained beside, if they were trained beside one. */
    public Optional<String> recoveredChipHash() {
        return facts().text(TrainingRecord.RECOVERED_CHIP);
    }

    /** SHA-256 of the configuration that chips have been simulated with, if any have. */
    public Optional<String> simulatedHash() {
        return simulation().flatMap(simulation -> simulation.text(SimulationFacts.HASH));
    }

    /** The chip that SRAM words were trained beside, in the simulation. */
    public Optional<RecoveredChip> recovered() {
        return simulation().flatMap(simulation -> {
            OptionalDouble percent = simulation.number(SimulationFacts.RECOVERED_ACCURACY);
            return percent.isPresent()
                    ? Optional.of(new RecoveredChip.Simulated(percent.getAsDouble()))
                    : simulation.text(SimulationFacts.RECOVERED_ACCURACY).map(RecoveredChip.Other::new);
        });
    }

    /** What a reader of the costs must know, one line each. */
    public List<String> costRemarks() {
        return simulation()
                .map(simulation -> simulation.texts(SimulationFacts.COST_REMARKS))
                .orElse(List.of());
    }

    private Optional<Facts> simulation() {
        return facts().block(SIMULATION);
    }

    /**
     * Which design of a sweep the run is.
     *
     * @param folder of the run, for the message
     * @throws IllegalArgumentException if the manifest says it in part
     */
    public DesignPoint point(Path folder) {
        Optional<Facts> written = facts().block(ManifestFacts.DESIGN_POINT);
        if (written.isEmpty()) {
            return DesignPoint.SINGLE;
        }
        Facts point = written.get();
        if (point.whole("number").isEmpty() || !point.has("keys") || !point.has("values")) {
            throw new IllegalArgumentException(folder.resolve(FILE) + " is damaged: " + ManifestFacts.DESIGN_POINT
                    + " has no number, keys and values");
        }
        return new DesignPoint(point.whole("number").getAsInt(), point.texts("keys"), point.texts("values"));
    }

    /** The effective configuration as JSON, which an experiment file may be. */
    public String configuration() {
        return JSON.writeValueAsString(values.get(CONFIGURATION));
    }

    /** A copy with further values. */
    RunManifest with(Map<String, Object> more) {
        SortedMap<String, Object> all = new TreeMap<>(values);
        all.putAll(more);
        return new RunManifest(all, verified);
    }

    /** SHA-256 of the folder's files, by their names in the folder. */
    public SortedMap<String, String> files() {
        SortedMap<String, String> files = new TreeMap<>();
        facts().block(FILES)
                .ifPresent(written ->
                        written.values().forEach((name, hash) -> files.put(name.toString(), String.valueOf(hash))));
        return Collections.unmodifiableSortedMap(files);
    }

    /** A copy with other files. */
    public RunManifest withFiles(Map<String, String> files) {
        return with(Map.of(FILES, new TreeMap<>(files)));
    }

    /** One value in words; empty if it is missing or no text. */
    Optional<String> text(String key) {
        return facts().text(key);
    }

    /**
     * All values in words by their dotted keys, in the order of the file, without the checksums of files, among which is that of
     * the page that shows them.
     */
    public SequencedMap<String, String> shown() {
        SequencedMap<String, String> shown = new LinkedHashMap<>();
        values.forEach((key, value) -> {
            if (!key.equals(FILES) && !key.equals(FORMAT_KEY)) {
                Facts.leaves(key, value, shown::put);
            }
        });
        return shown;
    }

    /**
     * Checks what was read from a file of the folder; a file that is not listed passes.
     *
     * @param name within the folder
     * @param sha256 of the bytes that were read
     * @throws IllegalArgumentException if they are others than were written
     */
    public void requireIntact(Path folder, String name, String sha256) {
        String hash = files().get(name);
        if (hash != null && !hash.equals(sha256)) {
            throw new IllegalArgumentException(
                    folder.resolve(name) + " is not the file that this run wrote: its SHA-256 is" + " not that of "
                            + FILE + ", so it was damaged or changed; make it again");
        }
    }

    /**
     * Checks every file that is listed.
     *
     * @throws IllegalArgumentException if one differs
     * @throws DataFileException if one cannot be read
     */
    public void requireIntact(Path folder) {
        files().keySet().forEach(name -> requireIntact(folder, name, Sha256.of(folder.resolve(name))));
    }

    /** What to tell of a run folder of another version. */
    public List<String> notices(Path folder, Site site) {
        List<String> notices = new ArrayList<>();
        if (!verified) {
            notices.add(
                    folder + " is of a version that kept no checksums of its files: damage to them cannot be detected");
        }
        Optional<Facts> product = facts().block(PRODUCT);
        if (product.isPresent()) {
            String version = product.get().text("version").orElse("");
            String commit = product.get().text("commit").orElse("");
            boolean otherBuild = version.endsWith("-SNAPSHOT")
                    && !commit.isEmpty()
                    && !site.commit().isEmpty()
                    && !commit.equals(site.commit());
            if (!version.equals(site.version()) || otherBuild) {
                notices.add(folder + " was trained by synaptile " + version + (otherBuild ? " (" + commit + ")" : "")
                        + ", this is " + site.version() + (otherBuild ? " (" + site.commit() + ")" : ""));
            }
        }
        return notices;
    }

    /** Writes the file into a run folder. */
    public void write(Path folder) {
        AtomicFile.write(folder.resolve(FILE), out -> out.write(json()));
    }

    /** The file's content. */
    public byte[] json() {
        SortedMap<String, Object> all = new TreeMap<>(values);
        all.put(FORMAT_KEY, FORMAT);
        all.put(CHECKSUM, checksum(all));
        return (JSON.writeValueAsString(all) + "\n").getBytes(StandardCharsets.UTF_8);
    }

    /** SHA-256 of the values as compact JSON with sorted keys, with numbers as they are read back. */
    private static String checksum(SortedMap<String, Object> values) {
        Object read = CANONICAL.readValue(CANONICAL.writeValueAsString(values), Object.class);
        return Sha256.of(CANONICAL.writeValueAsBytes(read));
    }
}
