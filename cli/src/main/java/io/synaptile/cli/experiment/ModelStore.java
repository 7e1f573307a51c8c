/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.cli.experiment;

import io.synaptile.cli.experiment.file.EffectiveConfig;
import io.synaptile.cli.experiment.file.Experiment;
import io.synaptile.cli.experiment.file.TrainBlock;
import io.synaptile.sim.io.DataFileException;
import io.synaptile.sim.io.dataset.Datasets;
import io.synaptile.sim.io.model.ModelFile;
import io.synaptile.sim.network.Network;
import io.synaptile.sim.network.Shape;
import io.synaptile.training.TrainedModel;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** The trained model of a run folder. */
final class ModelStore {
    static final String FILE = "model.safetensors";

    /** Key of the model's hash in the manifest. */
    static final String HASH = "weights_sha256";

    private ModelStore() {}

    /** Writes the weights that are evaluated and deployed: quantised, without variation. */
    static void write(Path folder, Experiment experiment, TrainedModel model) {
        Map<String, String> metadata = new TreeMap<>();
        metadata.put("experiment", experiment.name());
        metadata.put("configuration_sha256", EffectiveConfig.hash(experiment));
        metadata.put("time_steps", Integer.toString(experiment.network().timeSteps()));
        TrainBlock.Quantise.Quantiser quantiser = experiment.train().quantise().quantiser();
        metadata.put("quantise_kind", quantiser.kind().name().toLowerCase(Locale.ROOT));
        metadata.put("quantise_bits", Integer.toString(quantiser.bits()));
        Shape image = Datasets.installed().reader(experiment.data().set()).shape();
        if (!image.equals(model.network().input())) {
            metadata.put("padded_from", image.toString());
        }
        metadata.put("best_epoch", Integer.toString(model.bestEpoch() + 1));
        ModelFile.of(model.network(), model.effective(), model.norms(), metadata)
                .write(folder.resolve(FILE));
    }

    /**
     * Reads the model of a run folder.
     *
     * @param expected network of the run's configuration
     * @throws IllegalArgumentException if there is none, it is of another network, or not the one that was trained here
     */
    static ModelFile read(Path folder, Network expected) {
        Path file = folder.resolve(FILE);
        if (!Files.isRegularFile(file)) {
            throw new IllegalArgumentException(folder + " has no " + FILE + "; train first");
        }
        ModelFile model = ModelFile.read(file);
        if (!model.network().equals(expected)) {
            throw new IllegalArgumentException(file + " is a model of another network than the run's configuration");
        }
        if (!hash(folder).equals(RunManifest.read(folder).values().get(HASH))) {
            throw new IllegalArgumentException(file + " is not the model of this run: its SHA-256 is not the " + HASH
                    + " of " + RunManifest.FILE + "; train again");
        }
        return model;
    }

    /** SHA-256 of the model file, hexadecimal. */
    static String hash(Path folder) {
        Path file = folder.resolve(FILE);
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(file)));
        } catch (IOException e) {
            throw new DataFileException(file, e);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
