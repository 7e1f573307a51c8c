/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.sim.compute;

import io.synaptile.sim.network.Layer;
import io.synaptile.sim.network.Network;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/**
 * Everything a backend needs to run a network: its graph, the weights of each synapse layer and the state of each norm,
 * keyed by node id.
 */
public record NetworkPlan(Network network, Map<Integer, SynapsePlan> synapses, Map<Integer, NormState> norms) {
    public NetworkPlan {
        synapses = Collections.unmodifiableMap(new TreeMap<>(synapses));
        norms = Collections.unmodifiableMap(new TreeMap<>(norms));
        for (Network.Node node : network.nodes()) {
            if (node.isSynapse()) {
                check(node, synapses.get(node.id()));
            } else if (node.layer() instanceof Layer.StepNorm layer) {
                check(node, layer, norms.get(node.id()));
            }
        }
    }

    private static void check(Network.Node node, Layer.StepNorm layer, NormState norm) {
        if (norm == null || norm.channels() != node.out().channels()) {
            throw new IllegalArgumentException(
                    "layer " + node.name() + ": no norm state of " + node.out().channels() + " channels");
        }
        if (layer.shared() && norm.steps() != 1) {
            throw new IllegalArgumentException(
                    "layer " + node.name() + ": a norm that all steps share has state of " + norm.steps() + " steps");
        }
    }

    private static void check(Network.Node node, SynapsePlan plan) {
        switch (plan) {
            case null -> throw new IllegalArgumentException("layer " + node.name() + ": no weights");
            case SynapsePlan.DensePlan(float[] weights) -> {
                if (weights.length != node.weightCount()) {
                    throw new IllegalArgumentException("layer " + node.name() + ": " + weights.length
                            + " weights, expected " + node.weightCount());
                }
            }
            case SynapsePlan.ArrayPlan arrays -> check(node, arrays.first().grid());
        }
    }

    private static void check(Network.Node node, ArrayGrid grid) {
        if (grid.rows() != node.fanIn() || grid.outputs() != node.weightShape()[0]) {
            throw new IllegalArgumentException("layer " + node.name() + ": a matrix on arrays of " + grid.rows() + " x "
                    + grid.outputs() + ", expected " + node.fanIn() + " x " + node.weightShape()[0]);
        }
    }

    /** Fewest steps any per-step norm was trained for; a network without one has no limit. */
    public int maxTimeSteps() {
        return network.nodes().stream()
                .filter(node -> node.layer() instanceof Layer.StepNorm norm && !norm.shared())
                .mapToInt(node -> norms.get(node.id()).steps())
                .min()
                .orElse(Integer.MAX_VALUE);
    }
}
