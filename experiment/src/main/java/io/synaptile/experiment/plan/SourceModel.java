/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.experiment.plan;

import io.synaptile.experiment.file.ExperimentFile;
import io.synaptile.experiment.folder.ModelStore;
import io.synaptile.experiment.folder.TrainingOrigin;
import io.synaptile.experiment.folder.TrainingRecord;
import io.synaptile.sim.io.DataFileException;
import io.synaptile.sim.io.model.ModelFile;
import io.synaptile.sim.io.model.SramTensor;
import io.synaptile.sim.network.Layer;
import io.synaptile.sim.network.Network;
import io.synaptile.sim.network.NormState;
import io.synaptile.sim.network.ParameterId;
import io.synaptile.sim.network.Parameters;
import io.synaptile.sim.network.Role;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A trained model that another training starts from, as far as it fits the network: weights before quantisation and norms.
 * Its layers are found by name.
 *
 * @param path run folder or model file
 * @param file the model
 * @param network of the training that starts from it
 */
public record SourceModel(Path path, ModelFile file, Network network) {
    /**
     * Reads a model.
     *
     * @param key key of the experiment file that names it
     * @param name run folder, whose weights before quantisation are taken, or model file
     * @param timeSteps of the training
     * @throws io.synaptile.experiment.file.ConfigException if there is none or it is of another architecture, naming the
     *     first layer that differs
     */
    public static SourceModel read(ExperimentFile file, String key, String name, Network network, int timeSteps) {
        Path path = file.resolve(key, name);
        ModelFile model;
        try {
            model = ModelFile.read(weightsFile(path));
        } catch (DataFileException | IllegalArgumentException e) {
            throw file.problem(key, key + ": " + e.getMessage());
        }
        difference(model, network, timeSteps).ifPresent(different -> {
            throw file.problem(key, key + " " + name + " " + different);
        });
        return new SourceModel(path, model, network);
    }

    /** First difference between a model and the network that is to take its weights. */
    private static Optional<String> difference(ModelFile model, Network network, int timeSteps) {
        Optional<String> layer = TrainingOrigin.difference(model.network(), network);
        if (layer.isPresent()) {
            return layer;
        }
        for (Network.Node node : network.nodes()) {
            if (node.layer() instanceof Layer.StepNorm norm) {
                NormState state = model.network()
                        .find(node.name())
                        .filter(other -> other.layer() instanceof Layer.StepNorm)
                        .map(other -> NormState.of(other, model.parameters()))
                        .orElse(null);
                int steps = norm.stateSteps(timeSteps);
                if (state == null
                        || state.steps() != steps
                        || state.channels() != node.out().channels()) {
                    return Optional.of("is of another architecture: it has "
                            + (state == null
                                    ? "no norm " + node.name()
                                    : "norm " + node.name() + " of " + state.steps() + " x " + state.channels())
                            + " where this experiment has norm " + node.name() + " of " + steps + " x "
                            + node.out().channels());
                }
            }
        }
        return Optional.empty();
    }

    /** All parameters of the network, by its node ids; new arrays. */
    public Parameters parameters() {
        SortedMap<ParameterId, float[]> parameters = new TreeMap<>();
        for (Network.Node node : network.nodes()) {
            for (Role role : node.parameters(1).keySet()) {
                float[] values = file.parameters().get(new ParameterId(there(node), role));
                parameters.put(new ParameterId(node.id(), role), values.clone());
            }
        }
        return Parameters.of(parameters);
    }

    /** SRAM words before quantisation of a layer of the network; empty if it has none. */
    Optional<SramTensor> sram(Network.Node node) {
        return Optional.ofNullable(file.sram().get(there(node)));
    }

    /** SHA-256 of the weights, as {@link ModelFile#sha256}. */
    public String sha256() {
        return file.sha256();
    }

    /** For the manifest. */
    public TrainingRecord.Source recorded() {
        return new TrainingRecord.Source(path.toAbsolutePath().normalize().toString(), sha256());
    }

    private static Path weightsFile(Path path) {
        return Files.isDirectory(path) ? ModelStore.latentFile(path) : path;
    }

    private int there(Network.Node node) {
        return file.network().find(node.name()).orElseThrow().id();
    }
}
