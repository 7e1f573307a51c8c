/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.mapping.tile;

import io.synaptile.sim.network.Layer;
import io.synaptile.sim.network.Network;
import io.synaptile.sim.spikes.Encoder;

/** Sums of branches for which a chip has adders. */
public final class BranchSums {
    private BranchSums() {}

    /**
     * Whether a node adds branches of which one at least carries more than spikes, such as the sums of a layer. Spikes that are
     * added need no adder: each drives its row with a pulse of its own.
     */
    public static boolean areAdded(Network network, Network.Node node, Encoder encoder) {
        return node.layer() instanceof Layer.Join(Layer.Join.Function function)
                && function == Layer.Join.Function.ADD
                && InputKind.of(network, node, encoder) == InputKind.ANALOGUE;
    }
}
