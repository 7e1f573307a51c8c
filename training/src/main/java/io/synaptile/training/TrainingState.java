/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.training;

import io.synaptile.sim.network.Network;
import io.synaptile.sim.network.ParameterId;
import io.synaptile.sim.network.Parameters;
import io.synaptile.sim.random.NoiseStream;
import io.synaptile.sim.random.Purpose;
import io.synaptile.training.optimise.InitialWeights;
import io.synaptile.training.optimise.Optimiser;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Everything training needs to continue to the same bits, after whole epochs or between two batches of one; random draws
 * need no state, since they are addressed by seed, epoch and batch. The arrays belong to whoever made the state.
 *
 * @param epochsDone finished epochs
 * @param begun the epoch that has been begun, empty between epochs
 * @param steps batches trained in all
 * @param parameters latent weights and all else that the network has, running statistics included
 * @param slots what the optimiser keeps for each trainable parameter, by the name of the slot
 * @param best parameters of the best epoch so far, empty before the first
 * @param history results of the finished epochs
 */
public record TrainingState(
        int epochsDone,
        Optional<BegunEpoch> begun,
        long steps,
        Parameters parameters,
        SortedMap<String, Parameters> slots,
        Optional<BestEpoch> best,
        List<EpochResult> history) {

    /**
     * How far an epoch is that is not finished.
     *
     * @param batchesDone finished batches, at least 1
     * @param loss sum over the samples of these batches
     * @param correct number of these samples that were classified correctly
     * @param gradientNorms sums over these batches of the norms of gradients, by name of layer and parameter; empty where they
     *     are not known
     */
    public record BegunEpoch(int batchesDone, double loss, int correct, SortedMap<String, Double> gradientNorms) {
        public BegunEpoch {
            gradientNorms = Collections.unmodifiableSortedMap(new TreeMap<>(gradientNorms));
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
    public record BestEpoch(int epoch, double validationAccuracy, Parameters parameters) {}

    public TrainingState {
        slots = Collections.unmodifiableSortedMap(new TreeMap<>(slots));
        history = List.copyOf(history);
        if (epochsDone < 0 || history.size() != epochsDone) {
            throw new IllegalArgumentException(
                    "training state of " + epochsDone + " epochs with the results of " + history.size());
        }
    }

    /** State before the first epoch: random weights, all else at the initial value of its role, slots at 0. */
    public static TrainingState initial(
            Network network, int timeSteps, InitialWeights init, Descent descent, long seed) {
        Parameters parameters = Parameters.initial(network, timeSteps);
        for (Network.Node node : network.synapses()) {
            init.fill(
                    parameters.get(ParameterId.weight(node.id())),
                    NoiseStream.of(seed, Purpose.WEIGHT_INIT, node.id(), 0, 0),
                    node.weightShape());
        }
        return from(parameters, descent);
    }

    /** State before the first epoch of a training that starts from these parameters, which it will change. */
    public static TrainingState from(Parameters parameters, Descent descent) {
        return new TrainingState(
                0, Optional.empty(), 0, parameters, descent.slots(parameters), Optional.empty(), List.of());
    }

    /**
     * The history of this training, going on with other parameters: those of a network that a next phase trains. No epoch is
     * the best of that network yet.
     *
     * @param others which the training will change
     * @param descent whose slots begin at 0
     */
    public TrainingState in(Parameters others, Descent descent) {
        return new TrainingState(
                epochsDone, Optional.empty(), steps, others, descent.slots(others), Optional.empty(), history);
    }

    /** Latent weights by id of the synapse node, {@code [out, in, kh, kw]} or {@code [out, in]}; the arrays themselves. */
    public SortedMap<Integer, float[]> weights() {
        return parameters.weights();
    }

    /** A deep copy. */
    public TrainingState copy() {
        SortedMap<String, Parameters> copies = new TreeMap<>();
        slots.forEach((name, slot) -> copies.put(name, slot.copy()));
        return new TrainingState(
                epochsDone,
                begun,
                steps,
                parameters.copy(),
                copies,
                best.map(b -> new BestEpoch(b.epoch, b.validationAccuracy, b.parameters.copy())),
                history);
    }

    /** The same arrays, inside the next epoch. */
    TrainingState inside(BegunEpoch epoch, long stepsDone) {
        return new TrainingState(epochsDone, Optional.of(epoch), stepsDone, parameters, slots, best, history);
    }

    /** The same arrays after one epoch more. */
    TrainingState after(long stepsDone, Optional<BestEpoch> newBest, List<EpochResult> newHistory) {
        return new TrainingState(epochsDone + 1, Optional.empty(), stepsDone, parameters, slots, newBest, newHistory);
    }

    /** The parameters of this moment as those of an epoch, copied. */
    BestEpoch asBest(int epoch, double validationAccuracy) {
        return new BestEpoch(epoch, validationAccuracy, parameters.copy());
    }

    /**
     * Refuses a state that does not belong to a network and an optimiser.
     *
     * @throws IllegalArgumentException naming the layer or the slot that differs
     */
    void check(Network network, int timeSteps, Optimiser optimiser) {
        if (!slots.keySet().equals(new TreeSet<>(optimiser.slots()))) {
            throw new IllegalArgumentException("training state with the slots " + slots.keySet()
                    + " of an optimiser, expected " + optimiser.slots() + "; it belongs to another optimiser");
        }
        try {
            parameters.require(network, timeSteps, _ -> true);
            slots.values()
                    .forEach(slot ->
                            slot.require(network, timeSteps, id -> id.role().isTrainable()));
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(
                    "training state, " + e.getMessage() + "; it belongs to another network or number of time steps");
        }
    }
}
