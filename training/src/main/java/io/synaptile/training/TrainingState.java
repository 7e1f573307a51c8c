/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.training;

import io.synaptile.sim.compute.NormState;
import io.synaptile.sim.network.Layer;
import io.synaptile.sim.network.Network;
import io.synaptile.sim.random.NoiseStream;
import io.synaptile.sim.random.Purpose;
import io.synaptile.training.optimise.XavierUniform;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.UnaryOperator;

/**
 * Everything training needs to continue to the same bits, after whole epochs or between two batches of one; random draws
 * need no state, since they are addressed by seed, epoch and batch. Maps are keyed by node id; the arrays belong to whoever
 * made the state.
 *
 * @param epochsDone finished epochs
 * @param begun the epoch that has been begun, empty between epochs
 * @param latent weights the optimiser moves, {@code [out, in, kh, kw]} or {@code [out, in]}
 * @param velocity momentum of {@code latent}
 * @param norms scales and running statistics
 * @param gammaVelocity momentum of the norms' scales, {@code [steps, channels]}
 * @param best parameters of the best epoch so far, empty before the first
 * @param history results of the finished epochs
 */
public record TrainingState(
        int epochsDone,
        Optional<BegunEpoch> begun,
        Map<Integer, float[]> latent,
        Map<Integer, float[]> velocity,
        Map<Integer, NormState> norms,
        Map<Integer, float[]> gammaVelocity,
        Optional<BestEpoch> best,
        List<EpochResult> history) {

    /**
     * How far an epoch is that is not finished.
     *
     * @param batchesDone finished batches, at least 1
     * @param loss sum over the samples of these batches
     * @param correct number of these samples that were classified correctly
     */
    public record BegunEpoch(int batchesDone, double loss, int correct) {
        public BegunEpoch {
            if (batchesDone < 1 || correct < 0) {
                throw new IllegalArgumentException("training state inside an epoch: " + batchesDone
                        + " batches done and " + correct + " samples correct");
            }
        }
    }

    /**
     * Parameters after the epoch of highest validation accuracy, the earliest of equals.
     *
     * @param epoch from 0
     * @param validationAccuracy fraction of the validation samples
     */
    public record BestEpoch(
            int epoch, double validationAccuracy, Map<Integer, float[]> latent, Map<Integer, NormState> norms) {
        public BestEpoch {
            latent = sorted(latent);
            norms = sorted(norms);
        }
    }

    public TrainingState {
        latent = sorted(latent);
        velocity = sorted(velocity);
        norms = sorted(norms);
        gammaVelocity = sorted(gammaVelocity);
        history = List.copyOf(history);
        if (epochsDone < 0 || history.size() != epochsDone) {
            throw new IllegalArgumentException(
                    "training state of " + epochsDone + " epochs with the results of " + history.size());
        }
    }

    /** State before the first epoch: random weights, norms at scale 1, momentum 0. */
    public static TrainingState initial(Network network, int timeSteps, XavierUniform init, long seed) {
        TreeMap<Integer, float[]> latent = new TreeMap<>();
        TreeMap<Integer, float[]> velocity = new TreeMap<>();
        TreeMap<Integer, NormState> norms = new TreeMap<>();
        TreeMap<Integer, float[]> gammaVelocity = new TreeMap<>();
        for (Network.Node node : network.nodes()) {
            if (node.isSynapse()) {
                float[] weights = new float[node.weightCount()];
                init.fill(weights, NoiseStream.of(seed, Purpose.WEIGHT_INIT, node.id(), 0, 0), node.weightShape());
                latent.put(node.id(), weights);
                velocity.put(node.id(), new float[weights.length]);
            } else if (node.layer() instanceof Layer.StepNorm layer) {
                NormState norm = NormState.identity(
                        layer.stateSteps(timeSteps), node.out().channels());
                norms.put(node.id(), norm);
                gammaVelocity.put(node.id(), new float[norm.gamma().length]);
            }
        }
        return new TrainingState(
                0, Optional.empty(), latent, velocity, norms, gammaVelocity, Optional.empty(), List.of());
    }

    /** A deep copy. */
    public TrainingState copy() {
        return new TrainingState(
                epochsDone,
                begun,
                each(latent, float[]::clone),
                each(velocity, float[]::clone),
                each(norms, NormState::copy),
                each(gammaVelocity, float[]::clone),
                best.map(b -> new BestEpoch(
                        b.epoch, b.validationAccuracy, each(b.latent, float[]::clone), each(b.norms, NormState::copy))),
                history);
    }

    /** The same arrays, inside the next epoch. */
    TrainingState inside(BegunEpoch epoch) {
        return new TrainingState(epochsDone, Optional.of(epoch), latent, velocity, norms, gammaVelocity, best, history);
    }

    /** The parameters of this moment as those of an epoch, copied. */
    BestEpoch asBest(int epoch, double validationAccuracy) {
        return new BestEpoch(epoch, validationAccuracy, each(latent, float[]::clone), each(norms, NormState::copy));
    }

    /**
     * Refuses a state that does not belong to a network.
     *
     * @throws IllegalArgumentException naming the layer that differs
     */
    void check(Network network, int timeSteps) {
        for (Network.Node node : network.nodes()) {
            if (node.isSynapse()) {
                checkLength(node, "weights", latent.get(node.id()), node.weightCount());
                checkLength(node, "momentum values", velocity.get(node.id()), node.weightCount());
            } else if (node.layer() instanceof Layer.StepNorm layer) {
                NormState norm = norms.get(node.id());
                int size = layer.stateSteps(timeSteps) * node.out().channels();
                checkLength(node, "norm scales", norm == null ? null : norm.gamma(), size);
                checkLength(node, "norm momentum values", gammaVelocity.get(node.id()), size);
            }
        }
    }

    private static void checkLength(Network.Node node, String what, float[] values, int expected) {
        int found = values == null ? 0 : values.length;
        if (found != expected) {
            throw new IllegalArgumentException("training state, layer " + node.name() + ": " + found + " " + what
                    + ", expected " + expected + "; it belongs to another network or number of time steps");
        }
    }

    private static <V> Map<Integer, V> sorted(Map<Integer, V> map) {
        return Collections.unmodifiableMap(new TreeMap<>(map));
    }

    private static <V> Map<Integer, V> each(Map<Integer, V> map, UnaryOperator<V> copy) {
        TreeMap<Integer, V> copies = new TreeMap<>();
        map.forEach((node, value) -> copies.put(node, copy.apply(value)));
        return copies;
    }
}
