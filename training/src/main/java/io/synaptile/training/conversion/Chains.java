/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.training.conversion;

import io.synaptile.sim.network.Layer;
import io.synaptile.sim.network.Network;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Where factors on the channels of a layer can go in an artificial network: up into the weights and biases it comes from alone, or
 * down into the thresholds that alone see it.
 */
final class Chains {
    private final Network network;
    private final List<List<Integer>> readers = new ArrayList<>();

    /**
     * A synapse and the biases behind it whose sum is the value of a node; nothing else reads any of them.
     *
     * @param synapse id
     * @param offsets ids of biases and norms between, in no order
     */
    record Chain(int synapse, List<Integer> offsets) {}

    Chains(Network network) {
        this.network = network;
        network.nodes().forEach(_ -> readers.add(new ArrayList<>()));
        for (Network.Node node : network.nodes()) {
            for (int source : node.inputs()) {
                if (source != Network.INPUT) {
                    readers.get(source).add(node.id());
                }
            }
        }
    }

    /** Nodes that read a node. */
    List<Integer> readers(int node) {
        return readers.get(node);
    }

    /** The chain whose value a node hands on, if what it reads is one: a mean over windows commutes with factors. */
    Optional<Chain> of(int node) {
        List<Integer> offsets = new ArrayList<>();
        int at = node;
        while (at != Network.INPUT) {
            Network.Node here = network.node(at);
            switch (here.layer()) {
                case Layer.Synapse _ -> {
                    return Optional.of(new Chain(at, offsets));
                }
                case Layer.Affine _ -> offsets.add(at);
                case Layer.AvgPool _, Layer.Dropout _ -> {}
                case Layer.MaxPool _,
                        Layer.Flatten _,
                        Layer.Part _,
                        Layer.Activation _,
                        Layer.Join _,
                        Layer.Concat _,
                        Layer.Delay _,
                        Layer.Neuron _,
                        Layer.Integrator _,
                        Layer.ReadOut _ -> {
                    return Optional.empty();
                }
            }
            at = here.inputs().getFirst();
            if (at == Network.INPUT || readers.get(at).size() > 1) {
                return Optional.empty();
            }
        }
        return Optional.empty();
    }

    /** Whether the scale of a norm can go into the layers around it. */
    boolean isFoldable(int norm) {
        return of(norm).isPresent();
    }

    /** Whether every value of a channel of a node can be given in another unit: only activations and synapses see it in the end. */
    boolean isFree(int node) {
        return readers.get(node).stream().allMatch(reader -> switch (network.node(reader)
                .layer()) {
            case Layer.Synapse _, Layer.Activation _ -> true;
            case Layer.Affine _, Layer.AvgPool _, Layer.Dropout _, Layer.Flatten _, Layer.Concat _ -> isFree(reader);
            case Layer.Join _,
                    Layer.MaxPool _,
                    Layer.Part _,
                    Layer.Delay _,
                    Layer.Neuron _,
                    Layer.Integrator _,
                    Layer.ReadOut _ -> false;
        });
    }

    /** Activations whose spikes meet in a sum without a synapse between, and so need one scale; each with itself at least. */
    List<List<Integer>> groups() {
        int[] group = new int[network.nodes().size()];
        for (int id = 0; id < group.length; id++) {
            group[id] = id;
        }
        for (Network.Node node : network.nodes()) {
            if (node.layer() instanceof Layer.Join) {
                List<Integer> meeting = new ArrayList<>();
                node.inputs().forEach(source -> activations(source, meeting));
                for (int other : meeting) {
                    join(group, meeting.getFirst(), other);
                }
            }
        }
        List<List<Integer>> groups = new ArrayList<>();
        for (int id = 0; id < group.length; id++) {
            if (network.node(id).layer() instanceof Layer.Activation && group[id] == id) {
                List<Integer> members = new ArrayList<>();
                for (int other = id; other < group.length; other++) {
                    if (group[other] == id && network.node(other).layer() instanceof Layer.Activation) {
                        members.add(other);
                    }
                }
                groups.add(members);
            }
        }
        return groups;
    }

    /** Gives all members of two groups the smaller number of the two. */
    private static void join(int[] group, int one, int other) {
        int from = Math.max(group[one], group[other]);
        int to = Math.min(group[one], group[other]);
        for (int id = 0; id < group.length; id++) {
            if (group[id] == from) {
                group[id] = to;
            }
        }
    }

    /** Activations that a node hands on without a synapse between. */
    private void activations(int node, List<Integer> into) {
        if (node == Network.INPUT) {
            return;
        }
        Network.Node here = network.node(node);
        switch (here.layer()) {
            case Layer.Activation _ -> into.add(node);
            case Layer.AvgPool _, Layer.Dropout _, Layer.Flatten _, Layer.Join _, Layer.Concat _, Layer.MaxPool _ ->
                here.inputs().forEach(source -> activations(source, into));
            case Layer.Synapse _,
                    Layer.Affine _,
                    Layer.Part _,
                    Layer.Delay _,
                    Layer.Neuron _,
                    Layer.Integrator _,
                    Layer.ReadOut _ -> {}
        }
    }
}
