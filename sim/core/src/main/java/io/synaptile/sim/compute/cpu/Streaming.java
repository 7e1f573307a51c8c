/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.sim.compute.cpu;

import io.synaptile.sim.network.Layer;
import io.synaptile.sim.network.Network;
import io.synaptile.sim.network.NeuronSpec;
import io.synaptile.sim.network.Representation;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The part of a training by {@link Representation} that needs no map for every step, however many steps there are. Neurons of this kind
 * ask for one map of derivatives per sample and give one. The currents that they integrate are computed again from the spikes whenever they are needed,
 * for one sample at a time.
 *
 * @param leaks by id of a node whose derivatives are wanted as their weighted sum over the steps: the leak that gives the weights
 * @param synapses ids of layers whose currents nobody holds
 */
record Streaming(Map<Integer, Float> leaks, Set<Integer> synapses) {
    /** Where every map is held. */
    static final Streaming NONE = new Streaming(Map.of(), Set.of());

    /** Of neurons whose readers can all give the sum, and of layers whose input asks for it. */
    static Streaming of(Network network) {
        Map<Integer, Float> leaks = new HashMap<>();
        Set<Integer> synapses = new HashSet<>();
        for (Network.Node node : network.nodes()) {
            Float leak = leak(node, leaks);
            if (leak != null) {
                leaks.put(node.id(), leak);
            }
            if (node.layer() instanceof Layer.Synapse && readByNeurons(network, node)) {
                synapses.add(node.id());
            }
        }
        boolean settled = false;
        while (!settled) {
            settled = !leaks.keySet().removeIf(id -> !givesSums(network, network.node(id), leaks, synapses))
                    & !synapses.removeIf(
                            id -> !isInput(network.node(id)) && !leaks.containsKey(source(network.node(id))));
        }
        return new Streaming(leaks, synapses);
    }

    private static int source(Network.Node node) {
        return node.inputs().getFirst();
    }

    private static boolean isInput(Network.Node node) {
        return source(node) == Network.INPUT;
    }

    /** Weights of the sum that this node could do with; null if it needs derivatives of every step. */
    private static Float leak(Network.Node node, Map<Integer, Float> before) {
        return switch (node.layer()) {
            case Layer.Neuron(NeuronSpec spec) when spec.estimator() instanceof Representation -> spec.leak();
            case Layer.AvgPool _, Layer.Flatten _, Layer.Dropout _ ->
                isInput(node) ? Float.valueOf(1f) : before.get(source(node));
            default -> null;
        };
    }

    private static boolean givesSums(
            Network network, Network.Node node, Map<Integer, Float> leaks, Set<Integer> synapses) {
        boolean neuron = node.layer() instanceof Layer.Neuron;
        return (neuron || isInput(node) || leaks.containsKey(source(node)))
                && readers(network, node).stream()
                        .allMatch(reader -> synapses.contains(reader.id())
                                || leaks.containsKey(reader.id()) && !(reader.layer() instanceof Layer.Neuron));
    }

    /** Whether neurons that learn by their mean input, behind a norm over all steps or a bias, are all that reads a layer in one group. */
    private static boolean readByNeurons(Network network, Network.Node node) {
        if (node.layer() instanceof Layer.Conv2d conv && conv.groups() > 1) {
            return false;
        }
        Network.Node reader = onlyReader(network, node);
        if (reader != null
                && (reader.layer() instanceof Layer.Bias
                        || reader.layer() instanceof Layer.StepNorm norm && norm.shared())) {
            reader = onlyReader(network, reader);
        }
        return reader != null
                && reader.layer() instanceof Layer.Neuron(NeuronSpec spec)
                && spec.estimator() instanceof Representation;
    }

    /** The node that alone reads another one; null if none or several do. */
    static Network.Node onlyReader(Network network, Network.Node node) {
        List<Network.Node> readers = readers(network, node);
        return readers.size() == 1 ? readers.getFirst() : null;
    }

    /** The nodes that read another one, in their order. */
    static List<Network.Node> readers(Network network, Network.Node node) {
        return network.nodes().stream()
                .filter(reader -> reader.inputs().contains(node.id()))
                .toList();
    }
}
