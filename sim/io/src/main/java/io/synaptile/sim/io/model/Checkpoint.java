/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.sim.io.model;

import io.synaptile.sim.io.DataFileException;
import io.synaptile.sim.io.safetensors.Safetensors;
import io.synaptile.sim.io.safetensors.Tensor;
import io.synaptile.sim.network.Network;
import io.synaptile.sim.network.ParameterId;
import io.synaptile.sim.network.Parameters;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A training run between two batches: the model, what the optimiser needs to go on, and the best model so far. A kill at any
 * moment leaves the previous checkpoint or this one, whole. In the file, what belongs to the tensor {@code conv1.weight} is
 * {@code conv1.best_weight} and, for the optimiser's slot {@code velocity}, {@code conv1.velocity_weight}. Files that do not name
 * their slots were written when there was one, {@code conv1.momentum}.
 *
 * @param model as it stands, which need not be the best so far
 * @param slots what the optimiser keeps for parameters, by name, each array as long as the parameter; parameters may be missing
 * @param steps batches trained in all; 0 in files that do not say it
 * @param best parameters of the best epoch, empty before the first epoch is finished
 * @param begun epoch that is not finished, empty between epochs
 * @param epochs the finished epochs in their order
 */
public record Checkpoint(
        ModelFile model,
        SortedMap<String, Parameters> slots,
        long steps,
        Optional<Best> best,
        Optional<Begun> begun,
        List<Epoch> epochs) {
    static final String TRAINING_KEY = ModelFile.RESERVED + "training";
    private static final String MOMENTUM = ".momentum";
    private static final String VELOCITY = "velocity";
    private static final String BEST = "best_";

    /**
     * Parameters of the epoch of highest validation accuracy.
     *
     * @param epoch from 0
     */
    public record Best(int epoch, Parameters parameters) {}

    /**
     * How far an unfinished epoch is.
     *
     * @param batches finished batches
     * @param loss sum over the samples of these batches
     * @param correct number of these samples that were classified correctly
     * @param gradientNorms sums over these batches of the norms of gradients, by name of layer and parameter; empty in files
     *     that do not say them
     */
    public record Begun(int batches, double loss, int correct, SortedMap<String, Double> gradientNorms) {
        public Begun {
            gradientNorms = Collections.unmodifiableSortedMap(new TreeMap<>(gradientNorms));
        }

        /** A begun epoch of which no gradients are known. */
        public Begun(int batches, double loss, int correct) {
            this(batches, loss, correct, new TreeMap<>());
        }
    }

    /**
     * Results of a finished epoch.
     *
     * @param loss mean over the training samples
     * @param trainAccuracy fraction of the training samples
     * @param validationAccuracy fraction of the validation samples
     * @param layers what the epoch left of parameters and neurons; empty in files that do not say it
     */
    public record Epoch(
            float learningRate, double loss, double trainAccuracy, double validationAccuracy, List<Measure> layers) {
        public Epoch {
            layers = List.copyOf(layers);
        }

        /** An epoch of which no layers are known. */
        public Epoch(float learningRate, double loss, double trainAccuracy, double validationAccuracy) {
            this(learningRate, loss, trainAccuracy, validationAccuracy, List.of());
        }
    }

    /**
     * What an epoch left of one parameter, or how often neurons fired; NaN for what is not known.
     *
     * @param role name of the parameter, empty for neurons
     * @param gradientNorm mean over the batches
     * @param zeros fraction of its values
     * @param rate spikes per neuron and time step
     */
    public record Measure(String layer, String role, double norm, double gradientNorm, double zeros, double rate) {}

    public Checkpoint {
        slots = Collections.unmodifiableSortedMap(new TreeMap<>(slots));
        epochs = List.copyOf(epochs);
        slots.forEach((name, slot) -> slot.forEach((id, values) -> {
            int expected = model.parameters().find(id).orElse(new float[0]).length;
            if (values.length != expected) {
                throw new IllegalArgumentException("node " + id.node() + ": " + name + " of " + values.length
                        + " values for " + expected + " parameters");
            }
        }));
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
            SortedMap<String, Parameters> slots = takeSlots(training, model, stored);
            Optional<Best> best = training.bestEpoch().map(epoch -> takeBest(epoch, model.network(), stored));
            stored.expectNothingElse();
            return new Checkpoint(model, slots, training.steps(), best, training.begun(), training.epochs());
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
        slots.forEach((name, slot) -> tensors.putAll(ModelFile.tensors(model.network(), slot, prefix(name))));
        best.ifPresent(kept -> tensors.putAll(ModelFile.tensors(model.network(), kept.parameters(), BEST)));
        SortedMap<String, String> metadata = model.fileMetadata();
        metadata.put(
                TRAINING_KEY,
                new TrainingJson(List.copyOf(slots.keySet()), steps, best.map(Best::epoch), begun, epochs).write());
        Safetensors.of(tensors, metadata).write(path);
    }

    private static String prefix(String slot) {
        return slot + "_";
    }

    /** Takes what a checkpoint holds beside its model. */
    static void takeTraining(Path path, ModelFile model, StoredTensors stored) {
        try {
            TrainingJson training = TrainingJson.read(stored.metadata().get(TRAINING_KEY));
            takeSlots(training, model, stored);
            training.bestEpoch().ifPresent(epoch -> takeBest(epoch, model.network(), stored));
        } catch (IllegalArgumentException e) {
            throw new DataFileException(path, TRAINING_KEY + ": " + e.getMessage());
        }
    }

    /** Takes the slots of every parameter that has them. */
    private static SortedMap<String, Parameters> takeSlots(
            TrainingJson training, ModelFile model, StoredTensors stored) {
        SortedMap<String, Parameters> slots = new TreeMap<>();
        for (String slot : training.slots().orElse(List.of(VELOCITY))) {
            SortedMap<ParameterId, float[]> taken = new TreeMap<>();
            for (ParameterId id : model.parameters().trainable().values().keySet()) {
                Network.Node node = model.network().node(id.node());
                String name = training.slots().isPresent()
                        ? ModelFile.tensorName(node, prefix(slot), id.role())
                        : node.name() + MOMENTUM;
                if (stored.has(name)) {
                    int[] shape =
                            node.parameters(model.parameters().steps(node)).get(id.role());
                    taken.put(id, stored.take(name, shape));
                }
            }
            slots.put(slot, Parameters.of(taken));
        }
        return slots;
    }

    private static Best takeBest(int epoch, Network network, StoredTensors stored) {
        return new Best(epoch, ModelFile.take(stored, network, BEST));
    }
}
