/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.sim.network;

/**
 * Weights of a convolution whose channels are in groups, {@code [out, in / groups, kh, kw]}, among those of the same
 * convolution without groups, {@code [out, in, kh, kw]}, which are 0 where an output does not see an input.
 */
public final class GroupedWeights {
    private GroupedWeights() {}

    /** The weights without groups; a layer that has none keeps its own array. */
    public static float[] spread(Network.Node node, float[] weights) {
        if (!node.isGrouped()) {
            return weights;
        }
        float[] spread = new float[node.ungrouped().weightCount()];
        for (int i = 0; i < weights.length; i++) {
            spread[place(node, i)] = weights[i];
        }
        return spread;
    }

    /** Takes the weights of the groups out of those without. */
    public static void collect(Network.Node node, float[] spread, float[] into) {
        for (int i = 0; i < into.length; i++) {
            into[i] = spread[place(node, i)];
        }
    }

    /** Index without groups of a weight of a layer with synapses. */
    private static int place(Network.Node node, int weight) {
        if (!(node.layer() instanceof Layer.Conv2d conv)) {
            return weight;
        }
        int area = conv.kernel().area();
        int output = weight / node.fanIn();
        int input = conv.firstInput(output, node.in().channels()) + weight % node.fanIn() / area;
        return (output * node.in().channels() + input) * area + weight % area;
    }
}
