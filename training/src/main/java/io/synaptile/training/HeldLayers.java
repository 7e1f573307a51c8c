/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.training;

import io.synaptile.sim.compute.NetworkPlan;
import io.synaptile.sim.compute.SynapsePlan;
import io.synaptile.sim.compute.TrainableNetwork;
import io.synaptile.sim.network.Network;
import io.synaptile.sim.network.ParameterId;
import io.synaptile.sim.network.Parameters;
import io.synaptile.training.loop.ArrayLoop;
import io.synaptile.training.loop.LoopArrays;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** What the arrays of a training hold; nothing where it has none. */
final class HeldLayers {
    private final Optional<ArrayLoop> loop;
    private final Map<Integer, LoopArrays.Held> held = new TreeMap<>();
    /** What the network that is trained has of it. */
    private final Map<Integer, LoopArrays.Held> installed = new TreeMap<>();

    HeldLayers(Optional<ArrayLoop> loop) {
        this.loop = loop;
    }

    /** Writes all layers of the loop. */
    void write(Parameters network) {
        loop.ifPresent(own ->
                own.layers().forEach(layer -> held.put(layer, own.arrays().write(layer, network))));
    }

    /** Has passes read the arrays, and go back through what they hold; of layers that were not written since, nothing is done. */
    void install(TrainableNetwork trainable) {
        held.forEach((layer, own) -> {
            if (installed.put(layer, own) != own) {
                trainable.read(layer, own.plan());
                trainable.set(ParameterId.weight(layer), own.weights());
            }
        });
    }

    /** A network with the arrays in their places, and ideal weights elsewhere. */
    NetworkPlan plan(Network network, Parameters parameters) {
        NetworkPlan ideal = NetworkPlan.ideal(network, parameters);
        if (held.isEmpty()) {
            return ideal;
        }
        Map<Integer, SynapsePlan> synapses = new TreeMap<>(ideal.synapses());
        held.forEach((layer, own) -> synapses.put(layer, own.plan()));
        return new NetworkPlan(network, synapses, parameters);
    }
}
