/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.experiment.folder;

import io.synaptile.experiment.file.EffectiveConfig;
import io.synaptile.experiment.file.Experiment;
import io.synaptile.experiment.file.QuantiseBlock;
import io.synaptile.sim.io.AtomicFile;
import io.synaptile.sim.io.Sha256;
import io.synaptile.sim.io.model.ModelFile;
import io.synaptile.sim.network.Shape;
import io.synaptile.training.TrainedModel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** The trained model of a run folder. */
public final class ModelStore {
    public static final String FILE = "model.safetensors";
    /** Weights as the optimiser left them, before quantisation: what a later training starts from. */
    public static final String LATENT_FILE = "latent.safetensors";

    /** Name in both files' header of the hash of the configuration that the weights were trained with. */
    public static final String CONFIGURATION_HASH = "configuration_sha256";

    /** Name in both files' header of the layers whose weights were binary in training; there where some were. */
    public static final String BINARY = "binary_layers";

    /** Folder with the models that a training saved on its way, in a folder of a training. */
    private static final String SAVED = "saved";

    /** Folder with the models of further trainings, in a folder each. */
    private static final String SEEDS = "seeds";

    /** Key in the manifest of the hash of the model's weights, as {@link ModelFile#sha256}. */
    static final String HASH = "weights_sha256";
    /** Key of the hash of the network, as {@link ModelFile#networkSha256}. */
    static final String NETWORK_HASH = "network_sha256";
    /** Key of the hash of the weights before quantisation. */
    static final String LATENT_HASH = "latent_weights_sha256";

    private ModelStore() {}

    /**
     * What the model files of an experiment say of their origin.
     *
     * @param image shape of the images as their files have them
     * @param timeSteps of training
     */
    public static Map<String, String> metadata(Experiment experiment, Shape image, int timeSteps, TrainedModel model) {
        Map<String, String> metadata = new TreeMap<>();
        metadata.put("experiment", experiment.name());
        metadata.put(CONFIGURATION_HASH, EffectiveConfig.hash(experiment));
        metadata.put("time_steps", Integer.toString(timeSteps));
        QuantiseBlock.Quantiser quantiser = experiment.train().quantise().quantiser();
        metadata.put("quantise_kind", quantiser.kind().name().toLowerCase(Locale.ROOT));
        metadata.put("quantise_bits", Integer.toString(quantiser.bits()));
        if (experiment.train().binary().enabled()) {
            metadata.put(BINARY, experiment.train().binary().word());
        }
        if (!image.equals(model.network().input())) {
            metadata.put("padded_from", image.toString());
        }
        metadata.put("kept_epoch", Integer.toString(model.keptEpoch() + 1));
        return metadata;
    }

    /**
     * Writes the trained model.
     *
     * @param deployed weights that are evaluated and deployed, quantised and without variation
     * @param latent weights before quantisation, of the artificial network where one was converted
     * @param saved models that the training saved on its way, by name
     */
    public static void write(Path folder, ModelFile deployed, ModelFile latent, Map<String, ModelFile> saved) {
        deployed.write(folder.resolve(FILE));
        latent.write(folder.resolve(LATENT_FILE));
        saved.forEach((name, model) -> model.write(folder.resolve(SAVED).resolve(name + ".safetensors")));
    }

    /**
     * Reads the model of a run folder.
     *
     * @throws IllegalArgumentException if there is none, it is of another network, or not the one that was trained here
     */
    public static ModelFile read(Path folder) {
        Path file = folder.resolve(FILE);
        if (!Files.isRegularFile(file)) {
            throw new IllegalArgumentException(folder + " has no " + FILE + "; train first");
        }
        ModelFile model = ModelFile.read(file);
        RunManifest manifest = RunManifest.read(folder);
        requireNetwork(file, model, manifest);
        requireHash(file, model, manifest, HASH);
        return model;
    }

    /**
     * The file of a run folder that a later training starts from.
     *
     * @throws IllegalArgumentException if the folder is not a run folder, or the file is missing or not the one trained there
     */
    public static Path latentFile(Path folder) {
        RunManifest manifest = RunManifest.read(folder);
        Path file = folder.resolve(LATENT_FILE);
        if (!Files.isRegularFile(file)) {
            throw new IllegalArgumentException(
                    folder + " has no " + LATENT_FILE + "; train it again, or name its " + FILE);
        }
        requireHash(file, ModelFile.read(file), manifest, LATENT_HASH);
        return file;
    }

    /** Folder in a run folder for both files of a further training. */
    public static Path folderOfSeed(Path folder, long seed) {
        return folder.resolve(SEEDS).resolve("seed-" + seed);
    }

    /**
     * Reads the model of a further training of a run folder.
     *
     * @throws IllegalArgumentException if there is none, it is of another network, or not the one that was trained here
     */
    public static ModelFile read(Path folder, long seed) {
        Path file = folderOfSeed(folder, seed).resolve(FILE);
        if (!Files.isRegularFile(file)) {
            throw new IllegalArgumentException(file + " is missing; train again");
        }
        ModelFile model = ModelFile.read(file);
        RunManifest manifest = RunManifest.read(folder);
        requireNetwork(file, model, manifest);
        manifest.requireIntact(folder, folder.relativize(file).toString(), Sha256.of(file));
        return model;
    }

    /** Copies the models of further trainings, and those that were saved on the way, to another run folder. */
    public static void copyOthers(Path from, Path to) {
        for (String inner : List.of(SAVED, SEEDS)) {
            for (String name : RunFiles.below(from, inner)) {
                AtomicFile.write(to.resolve(name), out -> Files.copy(from.resolve(name), out));
            }
        }
    }

    /** Hashes of the network and of both sets of weights, by their keys in the manifest. */
    static Map<String, String> hashes(Path folder) {
        ModelFile model = ModelFile.read(folder.resolve(FILE));
        return Map.of(
                NETWORK_HASH, model.networkSha256(),
                HASH, model.sha256(),
                LATENT_HASH, ModelFile.read(folder.resolve(LATENT_FILE)).sha256());
    }

    /** SHA-256 of both files, and of what tells of the training, by their names. */
    public static Map<String, String> checksums(Path folder) {
        Map<String, String> sums = new TreeMap<>();
        sums.put(FILE, Sha256.of(folder.resolve(FILE)));
        sums.put(LATENT_FILE, Sha256.of(folder.resolve(LATENT_FILE)));
        TrainingTables.names(folder).forEach(name -> sums.put(name, Sha256.of(folder.resolve(name))));
        for (String inner : List.of(TrainingEvents.FOLDER, SAVED, SEEDS)) {
            RunFiles.below(folder, inner).forEach(name -> sums.put(name, Sha256.of(folder.resolve(name))));
        }
        return sums;
    }

    /** Manifests of earlier versions have no hash of the network; there the hash of the weights decides alone. */
    private static void requireNetwork(Path file, ModelFile model, RunManifest manifest) {
        if (manifest.text(NETWORK_HASH)
                .filter(hash -> !hash.equals(model.networkSha256()))
                .isPresent()) {
            throw new IllegalArgumentException(file
                    + " is a model of another network than was trained here: the SHA-256 of its network is not the "
                    + NETWORK_HASH + " of " + RunManifest.FILE + "; train again");
        }
    }

    /** The first versions put the hash of the file into the manifest, where the hash of the weights stands now. */
    private static void requireHash(Path file, ModelFile model, RunManifest manifest, String key) {
        String hash = manifest.text(key).orElse("");
        if (!model.sha256().equals(hash) && !Sha256.of(file).equals(hash)) {
            throw new IllegalArgumentException(
                    file + " is not the model of this run: the SHA-256 of its weights is not the " + key + " of "
                            + RunManifest.FILE + "; train again");
        }
    }
}
