/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.mapping.cost;

import io.synaptile.devices.cost.Dataflow;
import io.synaptile.sim.network.Layer;
import io.synaptile.sim.network.Network;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** Which synapse layers of a network wait for which within a time step. */
final class LayerFlow {
    private LayerFlow() {}

    /** The synapse layers in network order; what recurrent neurons read is of the step before, and nothing waits for it. */
    static Dataflow of(Network network) {
        List<Integer> synapses =
                network.synapses().stream().map(Network.Node::id).toList();
        List<int[]> before = new ArrayList<>();
        for (int id : synapses) {
            Set<Integer> sources = new TreeSet<>();
            collect(network, network.node(id), sources);
            before.add(sources.stream().mapToInt(synapses::indexOf).toArray());
        }
        return Dataflow.of(before);
    }

    private static void collect(Network network, Network.Node node, Set<Integer> sources) {
        if (node.layer() instanceof Layer.Delay) {
            return;
        }
        for (int id : node.inputs()) {
            if (id != Network.INPUT && network.node(id).isSynapse()) {
                sources.add(id);
            } else if (id != Network.INPUT) {
                collect(network, network.node(id), sources);
            }
        }
    }
}
