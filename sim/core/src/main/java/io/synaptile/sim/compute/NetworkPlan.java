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
            } else if (node.layer() instanceof Layer.StepNorm) {
                NormState norm = norms.get(node.id());
                if (norm == null || norm.channels() != node.out().channels()) {
                    throw new IllegalArgumentException("layer " + node.name() + ": no norm state of "
                            + node.out().channels() + " channels");
                }
            }
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
            case SynapsePlan.TiledPlan tiled -> {
                if (tiled.rows() != node.fanIn() || tiled.outputs() != node.weightShape()[0]) {
                    throw new IllegalArgumentException("layer " + node.name() + ": a tiled matrix of " + tiled.rows()
                            + " x " + tiled.outputs() + ", expected " + node.fanIn() + " x " + node.weightShape()[0]);
                }
            }
        }
    }

    /** Fewest steps any norm was trained for; a network without norms has no limit. */
    public int maxTimeSteps() {
        return norms.values().stream().mapToInt(NormState::steps).min().orElse(Integer.MAX_VALUE);
    }
}
