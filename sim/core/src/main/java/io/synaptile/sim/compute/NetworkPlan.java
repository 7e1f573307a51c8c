/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.sim.compute;

import io.synaptile.sim.network.Layer;
import io.synaptile.sim.network.Network;
import io.synaptile.sim.network.NormState;
import io.synaptile.sim.network.Parameters;
import io.synaptile.sim.network.Role;
import java.util.Collections;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Everything a backend needs to run a network.
 *
 * @param synapses how each layer with synapses multiplies, by node id
 * @param parameters of all other kinds; weights among them are not looked at, since {@code synapses} holds them
 */
public record NetworkPlan(Network network, Map<Integer, SynapsePlan> synapses, Parameters parameters) {
    /** Roles that are looked for as they are; weights stand in the synapses, and norms are looked at as a whole. */
    private static final Set<Role> OWN = EnumSet.of(Role.BIAS, Role.LEAK, Role.THRESHOLD, Role.RUNNING_MAX, Role.SCALE);

    public NetworkPlan {
        synapses = Collections.unmodifiableMap(new TreeMap<>(synapses));
        for (Network.Node node : network.nodes()) {
            if (node.isSynapse()) {
                check(node, synapses.get(node.id()));
            } else if (node.layer() instanceof Layer.StepNorm layer) {
                check(node, layer, NormState.of(node, parameters));
            }
        }
        parameters.require(network, 1, id -> OWN.contains(id.role()));
    }

    private static void check(Network.Node node, Layer.StepNorm layer, NormState norm) {
        if (layer.shared() && norm.steps() != 1) {
            throw new IllegalArgumentException(
                    "layer " + node.name() + ": a norm that all steps share has state of " + norm.steps() + " steps");
        }
    }

    /**
     * Checks that weights are of a layer's size.
     *
     * @throws IllegalArgumentException if they are not, or there are none
     */
    public static void check(Network.Node node, SynapsePlan plan) {
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
        int rows = node.ungrouped().fanIn();
        if (grid.matrixRows() != rows || grid.outputs() != node.weightShape()[0]) {
            throw new IllegalArgumentException("layer " + node.name() + ": a matrix on arrays of " + grid.matrixRows()
                    + " x "
                    + grid.outputs() + ", expected " + rows + " x " + node.weightShape()[0]);
        }
    }

    /** A network with ideal synapses, all of whose parameters are there. */
    public static NetworkPlan ideal(Network network, Parameters parameters) {
        TreeMap<Integer, SynapsePlan> synapses = new TreeMap<>();
        parameters.weights().forEach((node, weights) -> synapses.put(node, new SynapsePlan.DensePlan(weights)));
        return new NetworkPlan(network, synapses, parameters);
    }

    /** Ids of the layers on arrays. */
    public Set<Integer> onArrays() {
        return synapses.entrySet().stream()
                .filter(entry -> entry.getValue().arrays().isPresent())
                .map(Map.Entry::getKey)
                .collect(Collectors.toSet());
    }

    /** State of the norm of a node. */
    public NormState norm(int node) {
        return NormState.of(network.node(node), parameters);
    }

    /** State of every norm by node id. */
    public Map<Integer, NormState> norms() {
        return parameters.norms(network);
    }

    /** Fewest steps any per-step norm was trained for; a network without one has no limit. */
    public int maxTimeSteps() {
        return network.nodes().stream()
                .filter(node -> node.layer() instanceof Layer.StepNorm norm && !norm.shared())
                .mapToInt(node -> norm(node.id()).steps())
                .min()
                .orElse(Integer.MAX_VALUE);
    }
}
