/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.sim.io.model;

import io.synaptile.sim.compute.NormState;
import io.synaptile.sim.io.DataFileException;
import io.synaptile.sim.io.Sha256;
import io.synaptile.sim.io.safetensors.Safetensors;
import io.synaptile.sim.io.safetensors.Tensor;
import io.synaptile.sim.network.Layer;
import io.synaptile.sim.network.Network;
import io.synaptile.text.message.Quoted;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A trained network. In the file, node {@code conv1} has its weights in {@code conv1.weight} and norm {@code bn1} its state
 * in {@code bn1.gamma}, {@code bn1.running_mean} and {@code bn1.running_var}, each {@code [steps, channels]}.
 *
 * <p>The arrays are shared with whoever built or read this object and must not change while it is in use.
 *
 * @param weights by id of the synapse node, each in the node's weight shape, row-major
 * @param norms by id of the norm node
 * @param sram SRAM words beside the weights, by id of the synapse node, each as many as the node has weights; in the file
 *     {@code conv1.sram}, described in the metadata; empty for a model without
 * @param metadata free strings (time steps, encoder, data set, hashes, accuracies); keys must not begin with {@code synaptile.}
 */
public record ModelFile(
        Network network,
        SortedMap<Integer, float[]> weights,
        SortedMap<Integer, NormState> norms,
        SortedMap<Integer, SramTensor> sram,
        SortedMap<String, String> metadata) {
    static final String RESERVED = "synaptile.";
    private static final String FORMAT_KEY = RESERVED + "format";
    /** The first format, whose files carry no checksum. */
    private static final String UNVERIFIED_FORMAT = "1";

    private static final String FORMAT = "2";
    private static final String NETWORK_KEY = RESERVED + "network";
    private static final String GAMMA = "gamma";
    private static final String MEAN = "running_mean";
    private static final String VARIANCE = "running_var";

    public ModelFile {
        weights = Collections.unmodifiableSortedMap(new TreeMap<>(weights));
        norms = Collections.unmodifiableSortedMap(new TreeMap<>(norms));
        sram = Collections.unmodifiableSortedMap(new TreeMap<>(sram));
        metadata = Collections.unmodifiableSortedMap(new TreeMap<>(metadata));
        for (Network.Node node : network.nodes()) {
            float[] weight = weights.get(node.id());
            NormState norm = norms.get(node.id());
            if (node.isSynapse() != (weight != null) || node.isSynapse() && weight.length != node.weightCount()) {
                throw new IllegalArgumentException("layer " + node.name() + ": needs " + node.weightCount()
                        + " weights, got " + (weight == null ? 0 : weight.length));
            }
            boolean isNorm = node.layer() instanceof Layer.StepNorm;
            if (isNorm != (norm != null)
                    || isNorm && norm.channels() != node.in().channels()) {
                throw new IllegalArgumentException("layer " + node.name() + ": needs "
                        + (isNorm ? "a norm of " + node.in().channels() + " channels" : "no norm") + ", got "
                        + (norm == null ? "none" : norm.channels() + " channels"));
            }
            if (node.layer() instanceof Layer.StepNorm layer && layer.shared() && norm.steps() != 1) {
                throw new IllegalArgumentException("layer " + node.name()
                        + ": a norm that all steps share has state of " + norm.steps() + " steps");
            }
        }
        checkIds(network, weights);
        checkIds(network, norms);
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

    /** A model built from any maps. */
    public static ModelFile of(
            Network network,
            Map<Integer, float[]> weights,
            Map<Integer, NormState> norms,
            Map<String, String> metadata) {
        return new ModelFile(
                network, new TreeMap<>(weights), new TreeMap<>(norms), new TreeMap<>(), new TreeMap<>(metadata));
    }

    /** The same model with SRAM words beside the weights of some layers. */
    public ModelFile withSram(Map<Integer, SramTensor> words) {
        return new ModelFile(network, weights, norms, new TreeMap<>(words), metadata);
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
            Checkpoint.takeTraining(model, stored);
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
        SortedMap<Integer, float[]> weights = new TreeMap<>();
        SortedMap<Integer, NormState> norms = new TreeMap<>();
        for (Network.Node node : network.nodes()) {
            if (node.isSynapse()) {
                weights.put(node.id(), stored.take(weightName(node, ""), node.weightShape()));
            } else if (node.layer() instanceof Layer.StepNorm) {
                norms.put(node.id(), takeNorm(stored, node, ""));
            }
        }
        SortedMap<Integer, SramTensor> sram = SramTensor.take(path, network, stored);
        SortedMap<String, String> metadata = new TreeMap<>(stored.metadata());
        metadata.keySet().removeIf(key -> key.startsWith(RESERVED));
        return new ModelFile(network, weights, norms, sram, metadata);
    }

    /** Everything but what a checkpoint adds. */
    SortedMap<String, Tensor> tensors() {
        SortedMap<String, Tensor> tensors = tensors(network, weights, norms, "");
        SramTensor.put(network, sram, tensors);
        return tensors;
    }

    /** Parameters of a network under their names; {@code role} goes before the last part of each. */
    static SortedMap<String, Tensor> tensors(
            Network network, Map<Integer, float[]> weights, Map<Integer, NormState> norms, String role) {
        SortedMap<String, Tensor> tensors = new TreeMap<>();
        weights.forEach((id, values) -> {
            Network.Node node = network.node(id);
            tensors.put(weightName(node, role), Tensor.of(values, node.weightShape()));
        });
        norms.forEach((id, norm) -> {
            String name = network.node(id).name() + "." + role;
            tensors.put(name + GAMMA, Tensor.of(norm.gamma(), norm.steps(), norm.channels()));
            tensors.put(name + MEAN, Tensor.of(norm.mean(), norm.steps(), norm.channels()));
            tensors.put(name + VARIANCE, Tensor.of(norm.variance(), norm.steps(), norm.channels()));
        });
        return tensors;
    }

    static String weightName(Network.Node node, String role) {
        return node.name() + "." + role + "weight";
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

    static NormState takeNorm(StoredTensors stored, Network.Node node, String role) {
        int channels = node.in().channels();
        String name = node.name() + "." + role;
        Layer.StepNorm norm = (Layer.StepNorm) node.layer();
        int steps = norm.stateSteps(stored.rows(name + GAMMA, channels));
        return new NormState(
                steps,
                channels,
                stored.take(name + GAMMA, steps, channels),
                stored.take(name + MEAN, steps, channels),
                stored.takeNotNegative(name + VARIANCE, steps, channels));
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
