/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.sim.io.model;

import io.synaptile.sim.io.DataFileException;
import io.synaptile.sim.io.Sha256;
import io.synaptile.sim.io.safetensors.Safetensors;
import io.synaptile.sim.io.safetensors.Tensor;
import io.synaptile.sim.network.Layer;
import io.synaptile.sim.network.Network;
import io.synaptile.sim.network.NormState;
import io.synaptile.sim.network.ParameterId;
import io.synaptile.sim.network.Parameters;
import io.synaptile.sim.network.Role;
import io.synaptile.text.message.Quoted;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Collections;
import java.util.Map;
import java.util.SequencedMap;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A trained network. In the file, a parameter has the names of its node and its role: {@code conv1.weight}; norm {@code bn1}
 * has {@code bn1.gamma}, {@code bn1.running_mean} and {@code bn1.running_var}, each {@code [steps, channels]}.
 *
 * <p>The arrays are shared with whoever built or read this object and must not change while it is in use.
 *
 * @param parameters weights, scales, running statistics: all that the network has, row-major
 * @param sram SRAM words beside the weights, by id of the synapse node, each as many as the node has weights; in the file
 *     {@code conv1.sram}, described in the metadata; empty for a model without
 * @param metadata free strings (time steps, encoder, data set, hashes, accuracies); keys must not begin with {@code synaptile.}
 */
public record ModelFile(
        Network network,
        Parameters parameters,
        SortedMap<Integer, SramTensor> sram,
        SortedMap<String, String> metadata) {
    static final String RESERVED = "synaptile.";
    private static final String FORMAT_KEY = RESERVED + "format";
    /** The first format, whose files carry no checksum. */
    private static final String UNVERIFIED_FORMAT = "1";

    private static final String FORMAT = "2";
    private static final String NETWORK_KEY = RESERVED + "network";

    public ModelFile {
        sram = Collections.unmodifiableSortedMap(new TreeMap<>(sram));
        metadata = Collections.unmodifiableSortedMap(new TreeMap<>(metadata));
        for (Network.Node node : network.nodes()) {
            if (node.layer() instanceof Layer.StepNorm layer
                    && layer.shared()
                    && NormState.of(node, parameters).steps() != 1) {
                throw new IllegalArgumentException("layer " + node.name()
                        + ": a norm that all steps share has state of "
                        + NormState.of(node, parameters).steps() + " steps");
            }
        }
        parameters.require(network);
        parameters.requireNothingElse(network);
        checkIds(network, sram);
        sram.forEach((id, words) -> {
            if (words.values().length != network.node(id).weightCount()) {
                throw new IllegalArgumentException("layer " + network.node(id).name() + ": needs "
                        + network.node(id).weightCount() + " SRAM words, got " + words.values().length);
            }
        });
        for (String key : metadata.keySet()) {
            if (key.startsWith(RESERVED)) {
                throw new IllegalArgumentException("metadata key " + key + ": " + RESERVED + " is reserved");
            }
        }
    }

    /** A model without SRAM words. */
    public static ModelFile of(Network network, Parameters parameters, Map<String, String> metadata) {
        return new ModelFile(network, parameters, new TreeMap<>(), new TreeMap<>(metadata));
    }

    /** Weights by id of the synapse node, each in the node's weight shape. */
    public SortedMap<Integer, float[]> weights() {
        return parameters.weights();
    }

    /** The same model with SRAM words beside the weights of some layers. */
    public ModelFile withSram(Map<Integer, SramTensor> words) {
        return new ModelFile(network, parameters, new TreeMap<>(words), metadata);
    }

    /**
     * Reads a model, or the model inside a checkpoint.
     *
     * @throws DataFileException naming the file and the tensor that is missing, superfluous, misshapen or not finite
     */
    public static ModelFile read(Path path) {
        StoredTensors stored = new StoredTensors(path, Safetensors.read(path));
        ModelFile model = take(path, stored);
        if (stored.metadata().containsKey(Checkpoint.TRAINING_KEY)) {
            Checkpoint.takeTraining(path, model, stored);
        }
        stored.expectNothingElse();
        return model;
    }

    /**
     * Writes the model; equal models give equal bytes.
     *
     * @throws DataFileException if it cannot be written
     */
    public void write(Path path) {
        Safetensors.of(tensors(), fileMetadata()).write(path);
    }

    /**
     * Whether a file carries a checksum, as all but those of the first versions do.
     *
     * @throws DataFileException if it is not a safetensors file, or damaged
     */
    public static boolean isVerified(Path path) {
        return Safetensors.read(path).verified();
    }

    /**
     * SHA-256 of what the network computes with: all tensors as {@link Safetensors#sha256}, and how SRAM words are joined to
     * weights. Equal models have equal hashes whatever else their files say.
     */
    public String sha256() {
        String tensors = Safetensors.sha256(tensors());
        return sram.isEmpty()
                ? tensors
                : Sha256.of((tensors + SramTensor.json(network, sram)).getBytes(StandardCharsets.UTF_8));
    }

    /** SHA-256 of the network as the file describes it: its layers, their settings, names and sources, without parameters. */
    public String networkSha256() {
        return Sha256.of(NetworkJson.write(network).getBytes(StandardCharsets.UTF_8));
    }

    /** Takes the tensors of the model out of {@code stored}. */
    static ModelFile take(Path path, StoredTensors stored) {
        String format = stored.metadata().get(FORMAT_KEY);
        String json = stored.metadata().get(NETWORK_KEY);
        if (format == null || json == null) {
            throw new DataFileException(
                    path,
                    "is not a Synaptile model: its metadata lacks " + (format == null ? FORMAT_KEY : NETWORK_KEY));
        }
        if (!format.equals(FORMAT) && !format.equals(UNVERIFIED_FORMAT)) {
            throw new DataFileException(
                    path,
                    FORMAT_KEY + " is " + Quoted.of(format) + ", this version reads " + UNVERIFIED_FORMAT + " and "
                            + FORMAT);
        }
        if (format.equals(FORMAT) && !stored.verified()) {
            throw new DataFileException(
                    path,
                    "has no checksum, which " + FORMAT_KEY + " " + FORMAT + " demands; a file of another program has "
                            + FORMAT_KEY + " " + UNVERIFIED_FORMAT);
        }
        Network network = network(path, json);
        Parameters parameters = take(stored, network, "");
        SortedMap<Integer, SramTensor> sram = SramTensor.take(path, network, stored);
        SortedMap<String, String> metadata = new TreeMap<>(stored.metadata());
        metadata.keySet().removeIf(key -> key.startsWith(RESERVED));
        return new ModelFile(network, parameters, sram, metadata);
    }

    /** Everything but what a checkpoint adds. */
    SortedMap<String, Tensor> tensors() {
        SortedMap<String, Tensor> tensors = tensors(network, parameters, "");
        SramTensor.put(network, sram, tensors);
        return tensors;
    }

    /** Parameters of a network under their names; {@code prefix} goes before the last part of each. */
    static SortedMap<String, Tensor> tensors(Network network, Parameters parameters, String prefix) {
        SortedMap<String, Tensor> tensors = new TreeMap<>();
        parameters.forEach((id, values) -> {
            Network.Node node = network.node(id.node());
            tensors.put(
                    tensorName(node, prefix, id.role()),
                    Tensor.of(values, node.parameters(parameters.steps(node)).get(id.role())));
        });
        return tensors;
    }

    /** {@code conv1.weight}, or {@code conv1.best_weight} with a prefix. */
    static String tensorName(Network.Node node, String prefix, Role role) {
        return node.name() + "." + prefix + role.id();
    }

    /** The free strings and the reserved ones. */
    SortedMap<String, String> fileMetadata() {
        SortedMap<String, String> all = new TreeMap<>(metadata);
        all.put(FORMAT_KEY, FORMAT);
        all.put(NETWORK_KEY, NetworkJson.write(network));
        if (!sram.isEmpty()) {
            all.put(SramTensor.KEY, SramTensor.json(network, sram));
        }
        return all;
    }

    /** Takes all parameters of a network, under a prefix. */
    static Parameters take(StoredTensors stored, Network network, String prefix) {
        SortedMap<ParameterId, float[]> taken = new TreeMap<>();
        for (Network.Node node : network.nodes()) {
            shapes(stored, node, prefix)
                    .forEach((role, shape) ->
                            taken.put(new ParameterId(node.id(), role), take(stored, node, prefix, role, shape)));
        }
        return Parameters.of(taken);
    }

    private static float[] take(StoredTensors stored, Network.Node node, String prefix, Role role, int[] shape) {
        return stored.take(tensorName(node, prefix, role), role, shape);
    }

    /** Shapes of a layer's parameters; a norm says by its scales for how many steps it has been trained. */
    private static SequencedMap<Role, int[]> shapes(StoredTensors stored, Network.Node node, String prefix) {
        return node.parameters(
                node.layer() instanceof Layer.StepNorm norm
                        ? norm.stateSteps(stored.rows(
                                tensorName(node, prefix, Role.GAMMA), node.out().channels()))
                        : 1);
    }

    private static Network network(Path path, String json) {
        try {
            return NetworkJson.read(json);
        } catch (IllegalArgumentException | ArithmeticException e) {
            throw new DataFileException(path, NETWORK_KEY + ": " + e.getMessage());
        }
    }

    private static void checkIds(Network network, SortedMap<Integer, ?> byNode) {
        for (int id : byNode.keySet()) {
            if (id < 0 || id >= network.nodes().size()) {
                throw new IllegalArgumentException("network " + network.name() + " has no node " + id
                        + ", allowed are 0-" + (network.nodes().size() - 1));
            }
        }
    }
}
