/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.training;

import io.synaptile.sim.compute.NetworkPlan;
import io.synaptile.sim.network.Network;
import io.synaptile.sim.network.Parameters;
import io.synaptile.training.transform.LayerTransforms;
import java.util.List;
import java.util.TreeMap;
import java.util.function.ToDoubleFunction;

/**
 * A network with the parameters of its best epoch, or of its last.
 *
 * @param latent as the optimiser moved them
 * @param effective the same with weights after quantisation, without variation: what is evaluated and deployed
 * @param keptEpoch epoch of these parameters, from 0; -1 where none was trained
 * @param validationAccuracy fraction of the validation samples after that epoch
 * @param history results of all epochs
 */
public record TrainedModel(
        Network network,
        Parameters latent,
        Parameters effective,
        int keptEpoch,
        double validationAccuracy,
        List<EpochResult> history) {
    public TrainedModel {
        history = List.copyOf(history);
    }

    /** The parameters of an epoch, with the transforms that its weights were trained with. */
    static TrainedModel of(
            Network network, LayerTransforms transforms, List<EpochResult> history, TrainingState.BestEpoch kept) {
        return new TrainedModel(
                network,
                kept.parameters(),
                effective(transforms, kept.parameters()),
                kept.epoch(),
                kept.validationAccuracy(),
                history);
    }

    /**
     * A model that was trained elsewhere.
     *
     * @param accuracy finds the fraction of the validation samples
     */
    public static TrainedModel untrained(
            Network network, LayerTransforms transforms, Parameters latent, ToDoubleFunction<NetworkPlan> accuracy) {
        Parameters effective = effective(transforms, latent);
        double found = accuracy.applyAsDouble(NetworkPlan.ideal(network, effective));
        return new TrainedModel(network, latent, effective, -1, found, List.of());
    }

    /** Plan with ideal synapses: the software network. */
    public NetworkPlan plan() {
        return NetworkPlan.ideal(network, effective);
    }

    static Parameters effective(LayerTransforms transforms, Parameters latent) {
        TreeMap<Integer, float[]> effective = new TreeMap<>();
        latent.weights().forEach((node, weights) -> effective.put(node, transforms.ideal(node, weights)));
        return latent.withWeights(effective);
    }
}
