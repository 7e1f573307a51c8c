/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.training;

import io.synaptile.sim.compute.NetworkPlan;
import io.synaptile.sim.compute.NormState;
import io.synaptile.sim.compute.SynapsePlan;
import io.synaptile.sim.network.Network;
import io.synaptile.training.transform.LayerTransforms;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * A network with the parameters of its best epoch, or of its last; maps are keyed by node id.
 *
 * @param latent weights the optimiser moved
 * @param effective the same after quantisation, without variation: what is evaluated and deployed
 * @param norms scales and running statistics
 * @param keptEpoch epoch of these parameters, from 0
 * @param validationAccuracy fraction of the validation samples after that epoch
 * @param history results of all epochs
 */
public record TrainedModel(
        Network network,
        Map<Integer, float[]> latent,
        Map<Integer, float[]> effective,
        Map<Integer, NormState> norms,
        int keptEpoch,
        double validationAccuracy,
        List<EpochResult> history) {
    public TrainedModel {
        latent = Collections.unmodifiableMap(new TreeMap<>(latent));
        effective = Collections.unmodifiableMap(new TreeMap<>(effective));
        norms = Collections.unmodifiableMap(new TreeMap<>(norms));
        history = List.copyOf(history);
    }

    /**
     * The best epoch of a training state.
     *
     * @param transforms those it was trained with
     * @throws IllegalArgumentException if no epoch has been finished
     */
    public static TrainedModel of(Network network, LayerTransforms transforms, TrainingState state) {
        TrainingState.BestEpoch best =
                state.best().orElseThrow(() -> new IllegalArgumentException("training state without a finished epoch"));
        return new TrainedModel(
                network,
                best.latent(),
                effective(transforms, best.latent()),
                best.norms(),
                best.epoch(),
                best.validationAccuracy(),
                state.history());
    }

    /**
     * The last finished epoch of a training state, whatever its accuracy.
     *
     * @param transforms those it was trained with
     * @throws IllegalArgumentException if no epoch has been finished
     */
    public static TrainedModel last(Network network, LayerTransforms transforms, TrainingState state) {
        if (state.history().isEmpty()) {
            throw new IllegalArgumentException("training state without a finished epoch");
        }
        EpochResult result = state.history().getLast();
        TrainingState.BestEpoch last = state.asBest(result.epoch(), result.validationAccuracy());
        return new TrainedModel(
                network,
                last.latent(),
                effective(transforms, last.latent()),
                last.norms(),
                last.epoch(),
                last.validationAccuracy(),
                state.history());
    }

    /** Plan with ideal synapses: the software network. */
    public NetworkPlan plan() {
        return plan(network, effective, norms);
    }

    static Map<Integer, float[]> effective(LayerTransforms transforms, Map<Integer, float[]> latent) {
        TreeMap<Integer, float[]> effective = new TreeMap<>();
        latent.forEach((node, weights) -> effective.put(node, transforms.ideal(node, weights)));
        return effective;
    }

    static NetworkPlan plan(Network network, Map<Integer, float[]> effective, Map<Integer, NormState> norms) {
        TreeMap<Integer, SynapsePlan> synapses = new TreeMap<>();
        effective.forEach((node, weights) -> synapses.put(node, new SynapsePlan.DensePlan(weights)));
        return new NetworkPlan(network, synapses, norms);
    }
}
