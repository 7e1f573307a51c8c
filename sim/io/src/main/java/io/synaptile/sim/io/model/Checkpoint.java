/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.sim.io.model;

import io.synaptile.sim.compute.NormState;
import io.synaptile.sim.io.DataFileException;
import io.synaptile.sim.io.safetensors.Safetensors;
import io.synaptile.sim.io.safetensors.Tensor;
import io.synaptile.sim.network.Layer;
import io.synaptile.sim.network.Network;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A training run between two batches: the model, what the optimiser needs to go on, and the best model so far. A kill at any
 * moment leaves the previous checkpoint or this one, whole. In the file, what belongs to the tensor {@code conv1.weight} is
 * {@code conv1.momentum} and {@code conv1.best_weight}.
 *
 * @param model as it stands, which need not be the best so far
 * @param momentum of weights (by id of the synapse node) and of norm scales (by id of the norm node), same length as what
 *     it belongs to; nodes may be missing
 * @param best parameters of the best epoch, empty before the first epoch is finished
 * @param begun epoch that is not finished, empty between epochs
 * @param epochs the finished epochs in their order
 */
public record Checkpoint(
        ModelFile model,
        SortedMap<Integer, float[]> momentum,
        Optional<Best> best,
        Optional<Begun> begun,
        List<Epoch> epochs) {
    static final String TRAINING_KEY = ModelFile.RESERVED + "training";
    private static final String MOMENTUM = ".momentum";
    private static final String BEST = "best_";

    /**
     * Parameters of the epoch of highest validation accuracy.
     *
     * @param epoch from 0
     * @param weights by id of the synapse node, as in {@link ModelFile}
     * @param norms by id of the norm node
     */
    public record Best(int epoch, SortedMap<Integer, float[]> weights, SortedMap<Integer, NormState> norms) {
        public Best {
            weights = Collections.unmodifiableSortedMap(new TreeMap<>(weights));
            norms = Collections.unmodifiableSortedMap(new TreeMap<>(norms));
        }

        /** The best of an epoch, of any maps. */
        public static Best of(int epoch, Map<Integer, float[]> weights, Map<Integer, NormState> norms) {
            return new Best(epoch, new TreeMap<>(weights), new TreeMap<>(norms));
        }
    }

    /**
     * How far an unfinished epoch is.
     *
     * @param batches finished batches
     * @param loss sum over the samples of these batches
     * @param correct number of these samples that were classified correctly
     */
    public record Begun(int batches, double loss, int correct) {}

    /**
     * Results of a finished epoch.
     *
     * @param loss mean over the training samples
     * @param trainAccuracy fraction of the training samples
     * @param validationAccuracy fraction of the validation samples
     */
    public record Epoch(float learningRate, double loss, double trainAccuracy, double validationAccuracy) {}

    public Checkpoint {
        momentum = Collections.unmodifiableSortedMap(new TreeMap<>(momentum));
        epochs = List.copyOf(epochs);
        momentum.forEach((id, values) -> {
            int expected = parameterCount(model, id);
            if (values.length != expected) {
                throw new IllegalArgumentException(
                        "node " + id + ": momentum of " + values.length + " values for " + expected + " parameters");
            }
        });
        if (best.isPresent() == epochs.isEmpty()
                || best.isPresent() && (best.get().epoch() < 0 || best.get().epoch() >= epochs.size())) {
            throw new IllegalArgumentException("the best epoch must be one of the " + epochs.size() + " finished, got "
                    + best.map(Best::epoch).map(String::valueOf).orElse("none"));
        }
        if (begun.isPresent() && (begun.get().batches() < 1 || begun.get().correct() < 0)) {
            throw new IllegalArgumentException("an epoch is begun with its first batch, got " + begun.get());
        }
    }

    /**
     * Reads a checkpoint.
     *
     * @throws DataFileException if it is missing, damaged or a model without training state
     */
    public static Checkpoint read(Path path) {
        StoredTensors stored = new StoredTensors(path, Safetensors.read(path));
        ModelFile model = ModelFile.take(path, stored);
        String json = stored.metadata().get(TRAINING_KEY);
        if (json == null) {
            throw new DataFileException(path, "is not a checkpoint: its metadata lacks " + TRAINING_KEY);
        }
        try {
            TrainingJson training = TrainingJson.read(json);
            SortedMap<Integer, float[]> momentum = takeMomentum(model, stored);
            Optional<Best> best = training.bestEpoch().map(epoch -> takeBest(epoch, model.network(), stored));
            stored.expectNothingElse();
            return new Checkpoint(model, momentum, best, training.begun(), training.epochs());
        } catch (IllegalArgumentException e) {
            throw new DataFileException(path, TRAINING_KEY + ": " + e.getMessage());
        }
    }

    /**
     * Writes the checkpoint under a temporary name and renames it; equal checkpoints give equal bytes.
     *
     * @throws DataFileException if it cannot be written
     */
    public void write(Path path) {
        SortedMap<String, Tensor> tensors = model.tensors();
        momentum.forEach((id, values) -> {
            Network.Node node = model.network().node(id);
            tensors.put(node.name() + MOMENTUM, Tensor.of(values, parameterShape(model, node)));
        });
        best.ifPresent(kept -> tensors.putAll(ModelFile.tensors(model.network(), kept.weights(), kept.norms(), BEST)));
        SortedMap<String, String> metadata = model.fileMetadata();
        metadata.put(TRAINING_KEY, new TrainingJson(best.map(Best::epoch), begun, epochs).write());
        Safetensors.of(tensors, metadata).write(path);
    }

    /** Takes what a checkpoint holds beside its model. */
    static void takeTraining(ModelFile model, StoredTensors stored) {
        takeMomentum(model, stored);
        boolean hasBest =
                model.network().synapses().stream().anyMatch(node -> stored.has(ModelFile.weightName(node, BEST)));
        if (hasBest) {
            takeBest(0, model.network(), stored);
        }
    }

    /** Takes the momentum of every node that has one. */
    private static SortedMap<Integer, float[]> takeMomentum(ModelFile model, StoredTensors stored) {
        SortedMap<Integer, float[]> momentum = new TreeMap<>();
        for (Network.Node node : model.network().nodes()) {
            int[] shape = parameterShape(model, node);
            if (shape.length > 0 && stored.has(node.name() + MOMENTUM)) {
                momentum.put(node.id(), stored.take(node.name() + MOMENTUM, shape));
            }
        }
        return momentum;
    }

    private static Best takeBest(int epoch, Network network, StoredTensors stored) {
        SortedMap<Integer, float[]> weights = new TreeMap<>();
        SortedMap<Integer, NormState> norms = new TreeMap<>();
        for (Network.Node node : network.nodes()) {
            if (node.isSynapse()) {
                weights.put(node.id(), stored.take(ModelFile.weightName(node, BEST), node.weightShape()));
            } else if (node.layer() instanceof Layer.StepNorm) {
                norms.put(node.id(), ModelFile.takeNorm(stored, node, BEST));
            }
        }
        return new Best(epoch, weights, norms);
    }

    private static int[] parameterShape(ModelFile model, Network.Node node) {
        NormState norm = model.norms().get(node.id());
        return norm == null ? node.weightShape() : new int[] {norm.steps(), norm.channels()};
    }

    private static int parameterCount(ModelFile model, int id) {
        float[] weight = model.weights().get(id);
        NormState norm = model.norms().get(id);
        return weight != null ? weight.length : norm != null ? norm.gamma().length : 0;
    }
}
