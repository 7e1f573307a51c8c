/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.sim.compute;

import io.synaptile.sim.network.Layer;
import io.synaptile.sim.network.Network;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * The hidden layers whose outputs a loss looks at in a training pass. Currents of synapses, norms and biases cannot be among
 * them, since backends let neurons apply these where they read them.
 *
 * @param nodes ids
 */
public record HiddenOutputs(Network network, Set<Integer> nodes) {
    /** Those of the layers that training shows whose outputs a probe wants. */
    public static HiddenOutputs of(Network network, Probe probe) {
        Set<Integer> nodes = new TreeSet<>();
        for (Network.Node node : network.nodes()) {
            if (has(node) && probe.wants(node.id(), Probe.Quantity.OUTPUT)) {
                nodes.add(node.id());
            }
        }
        return new HiddenOutputs(network, nodes);
    }

    /** Whether training shows the output of a node: one that is neither a synapse, a norm, a bias nor the read-out. */
    public static boolean has(Network.Node node) {
        return !(node.layer() instanceof Layer.Synapse
                || node.layer() instanceof Layer.Affine
                || node.layer() instanceof Layer.ReadOut);
    }

    /** Shows a probe these outputs and nothing else. */
    public Probe shownTo(Probe probe) {
        return new Probe() {
            @Override
            public boolean wants(int node, Quantity quantity) {
                return quantity == Quantity.OUTPUT && nodes.contains(node);
            }

            @Override
            public void see(View view, float[] values) {
                probe.see(view, values);
            }
        };
    }

    /**
     * Checks derivatives by outputs.
     *
     * @param maps samples times steps
     * @throws IllegalArgumentException naming the layer that was not looked at, or whose derivatives have another length
     */
    public void require(int maps, Map<Integer, float[]> byOutput) {
        byOutput.forEach((id, derivatives) -> {
            Network.Node node = network.node(id);
            if (!nodes.contains(id)) {
                throw new IllegalArgumentException("layer " + node.name()
                        + ": derivatives by an output that the probe of the forward pass did not see");
            }
            if (derivatives.length != maps * node.out().size()) {
                throw new IllegalArgumentException(
                        "layer " + node.name() + ": " + derivatives.length + " derivatives by its output, expected "
                                + maps * node.out().size());
            }
        });
    }
}
