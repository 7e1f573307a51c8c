/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.mapping.tile;

import io.synaptile.sim.network.Layer;
import io.synaptile.sim.network.Network;
import java.util.Collection;
import java.util.NavigableSet;
import java.util.TreeSet;

/**
 * Where what a node receives comes from: neurons, which fire where the sums that they integrate are joined; synapse layers whose
 * sums arrive as they are; the input.
 */
final class EventSources {
    private final Network network;

    EventSources(Network network) {
        this.network = network;
    }

    /** Ids of the neurons and synapse layers that a node receives from, and {@link Network#INPUT}; what only passes on is none. */
    NavigableSet<Integer> of(Network.Node node) {
        NavigableSet<Integer> sources = new TreeSet<>();
        collect(node.inputs(), sources);
        return sources;
    }

    private void collect(Collection<Integer> inputs, NavigableSet<Integer> sources) {
        for (int id : inputs) {
            if (isSource(id)) {
                sources.add(id);
            } else {
                collect(network.node(id).inputs(), sources);
            }
        }
    }

    private boolean isSource(int id) {
        return id == Network.INPUT
                || network.node(id).isSynapse()
                || network.node(id).layer() instanceof Layer.Neuron;
    }

    /**
     * The synapse layer on whose place the sums that a node receives are joined: the last of those that it receives from, as
     * neurons behind a sum of branches are beside the branch that is computed last. {@link Network#INPUT} if there is none.
     */
    int home(int id) {
        if (id == Network.INPUT || network.node(id).isSynapse()) {
            return id;
        }
        NavigableSet<Integer> sources = of(network.node(id));
        return sources.descendingSet().stream()
                .filter(source ->
                        source != Network.INPUT && network.node(source).isSynapse())
                .findFirst()
                // Neurons behind neurons, but for those that close a loop.
                .orElseGet(() -> sources.headSet(id).isEmpty()
                        ? Network.INPUT
                        : home(sources.headSet(id).last()));
    }
}
