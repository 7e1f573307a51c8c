/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.experiment.plan;

import io.synaptile.experiment.file.BinaryBlock;
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
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A trained model that another training starts from, as far as it fits the network: weights before quantisation and norms.
 * Its layers are found by name.
 *
 * @param path run folder or model file
 * @param file the model; of a run folder the one before quantisation, or the converted one if that is the one that fits
 * @param network of the training that starts from it
 */
public record SourceModel(Path path, ModelFile file, Network network) {
    /**
     * Reads a model.
     *
     * @param key key of the experiment file that names it
     * @param name run folder, whose weights before quantisation are taken, or those of the converted network, or model file
     * @param timeSteps of the training
     * @throws io.synaptile.experiment.file.ConfigException if there is none or it is of another architecture, naming the
     *     first layer that differs
     */
    public static SourceModel read(ExperimentFile file, String key, String name, Network network, int timeSteps) {
        Path path = file.resolve(key, name);
        ModelFile model;
        Optional<String> different;
        try {
            model = ModelFile.read(weightsFile(path));
            different = difference(model, network, timeSteps);
            if (different.isPresent() && Files.isDirectory(path)) {
                // Of a conversion: the spiking network that came of it, where that is meant.
                ModelFile converted = ModelStore.read(path);
                if (difference(converted, network, timeSteps).isEmpty()) {
                    return new SourceModel(path, converted, network);
                }
            }
        } catch (DataFileException | IllegalArgumentException e) {
            throw file.problem(key, key + ": " + e.getMessage());
        }
        different.ifPresent(what -> {
            throw file.problem(key, key + " " + name + " " + what);
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
            Network.Node there = model.network().find(node.name()).orElseThrow();
            if (node.layer() instanceof Layer.Activation && there.layer() instanceof Layer.Neuron) {
                return Optional.of(
                        "is a spiking network: its layer " + node.name()
                                + " has neurons; this training takes an artificial one, such as latent.safetensors of a conversion's folder");
            }
            for (Map.Entry<Role, int[]> parameter : node.parameters(timeSteps).entrySet()) {
                int[] shape = there.parameters(timeSteps).get(parameter.getKey());
                if (shape == null
                        && node.layer() instanceof Layer.Activation here
                        && there.layer() instanceof Layer.Activation trained) {
                    return Optional.of("was trained with " + inWords(trained) + " and has no "
                            + parameter.getKey().id().replace('_', ' ') + " in layer " + node.name()
                            + ", which has to be trained: this experiment has " + inWords(here));
                }
                if (!Arrays.equals(shape, parameter.getValue())) {
                    return Optional.of("is of another architecture: its layer " + node.name() + " has "
                            + (shape == null ? "no " : "another shape of ")
                            + parameter.getKey().id());
                }
            }
        }
        return Optional.empty();
    }

    /**
     * What the model was trained with and is not used with here: levels of its activations, and binary weights.
     *
     * @param binary layers whose weights are binary here
     * @return in words
     */
    List<String> changes(BinaryBlock binary) {
        List<String> changes = new ArrayList<>();
        for (Network.Node node : network.nodes()) {
            Layer there = file.network().node(there(node)).layer();
            if (node.layer() instanceof Layer.Activation && !levels(there).equals(levels(node.layer()))) {
                changes.add("activations " + levels(there) + ", which are " + levels(node.layer()) + " here");
                break;
            }
        }
        String before = file.metadata().getOrDefault(ModelStore.BINARY, BinaryBlock.NONE);
        if (!before.equals(binary.word())) {
            changes.add("train.binary.layers " + before + ", which is " + binary.word() + " here");
        }
        return changes;
    }

    private static String inWords(Layer.Activation activation) {
        return switch (activation) {
            case Layer.Relu _ -> "rectifiers (relu, train.convert.kind percentile)";
            case Layer.Qcfs _ -> "activations of a few levels (train.convert.kind qcfs)";
            case Layer.RateNorm _ -> "rate norms (train.method rate-norm)";
        };
    }

    private static String levels(Layer activation) {
        return activation instanceof Layer.Qcfs qcfs ? "of " + qcfs.levels() + " levels" : "without levels";
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
