/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.sim.io.model;

import io.synaptile.sim.compute.NormState;
import io.synaptile.sim.io.DataFileException;
import io.synaptile.sim.io.safetensors.Safetensors;
import io.synaptile.sim.io.safetensors.Tensor;
import io.synaptile.sim.network.Network;
import java.nio.file.Path;
import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A training run between two epochs: the model and what the optimiser needs to go on. A kill at any moment leaves the
 * previous checkpoint or this one, whole.
 *
 * @param model as it stands, which need not be the best so far
 * @param momentum of weights (by id of the synapse node) and of norm scales (by id of the norm node), same length as what
 *     it belongs to; nodes may be missing
 * @param epoch number of finished epochs, from 0
 * @param bestEpoch epoch with the best validation accuracy so far, 0 if there is none yet
 * @param bestValidationAccuracyPercent of that epoch
 */
public record Checkpoint(
        ModelFile model,
        SortedMap<Integer, float[]> momentum,
        int epoch,
        int bestEpoch,
        double bestValidationAccuracyPercent) {
    static final String EPOCH_KEY = ModelFile.RESERVED + "epoch";
    private static final String BEST_EPOCH_KEY = ModelFile.RESERVED + "best_epoch";
    private static final String BEST_ACCURACY_KEY = ModelFile.RESERVED + "best_validation_accuracy_percent";
    private static final String MOMENTUM = ".momentum";

    public Checkpoint {
        momentum = Collections.unmodifiableSortedMap(new TreeMap<>(momentum));
        momentum.forEach((id, values) -> {
            int expected = parameterCount(model, id);
            if (values.length != expected) {
                throw new IllegalArgumentException(
                        "node " + id + ": momentum of " + values.length + " values for " + expected + " parameters");
            }
        });
        if (epoch < 0 || bestEpoch < 0 || bestEpoch > epoch) {
            throw new IllegalArgumentException(
                    "epoch must be at least 0 and the best epoch at most that, got " + epoch + " and " + bestEpoch);
        }
        if (!(bestValidationAccuracyPercent >= 0 && bestValidationAccuracyPercent <= 100)) {
            throw new IllegalArgumentException(
                    "best validation accuracy must lie in 0-100 %, got " + bestValidationAccuracyPercent);
        }
    }

    /** A checkpoint built from any map. */
    public static Checkpoint of(
            ModelFile model, Map<Integer, float[]> momentum, int epoch, int bestEpoch, double bestAccuracyPercent) {
        return new Checkpoint(model, new TreeMap<>(momentum), epoch, bestEpoch, bestAccuracyPercent);
    }

    /**
     * Reads a checkpoint.
     *
     * @throws DataFileException if it is missing, damaged or a model without training state
     */
    public static Checkpoint read(Path path) {
        StoredTensors stored = new StoredTensors(path, Safetensors.read(path));
        ModelFile model = ModelFile.take(path, stored);
        String epoch = entry(path, stored, EPOCH_KEY);
        String bestEpoch = entry(path, stored, BEST_EPOCH_KEY);
        String accuracy = entry(path, stored, BEST_ACCURACY_KEY);
        SortedMap<Integer, float[]> momentum = takeMomentum(model, stored);
        stored.expectNothingElse();
        try {
            return new Checkpoint(
                    model,
                    momentum,
                    Integer.parseInt(epoch),
                    Integer.parseInt(bestEpoch),
                    Double.parseDouble(accuracy));
        } catch (IllegalArgumentException e) {
            throw new DataFileException(path, "training state: " + e.getMessage());
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
        SortedMap<String, String> metadata = model.fileMetadata();
        metadata.put(EPOCH_KEY, Integer.toString(epoch));
        metadata.put(BEST_EPOCH_KEY, Integer.toString(bestEpoch));
        metadata.put(BEST_ACCURACY_KEY, Double.toString(bestValidationAccuracyPercent));
        Safetensors.of(tensors, metadata).write(path);
    }

    /** Takes the momentum of every node that has one. */
    static SortedMap<Integer, float[]> takeMomentum(ModelFile model, StoredTensors stored) {
        SortedMap<Integer, float[]> momentum = new TreeMap<>();
        for (Network.Node node : model.network().nodes()) {
            int[] shape = parameterShape(model, node);
            if (shape.length > 0 && stored.has(node.name() + MOMENTUM)) {
                momentum.put(node.id(), stored.take(node.name() + MOMENTUM, shape));
            }
        }
        return momentum;
    }

    private static String entry(Path path, StoredTensors stored, String key) {
        String value = stored.metadata().get(key);
        if (value == null) {
            throw new DataFileException(path, "is not a checkpoint: its metadata lacks " + key);
        }
        return value;
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
