/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.sim.network;

/**
 * Weights of a convolution whose channels are in groups, {@code [out, in / groups, kh, kw]}, among those of the same
 * convolution without groups, {@code [out, in, kh, kw]}, which are 0 where an output does not see an input.
 */
public final class GroupedWeights {
    private GroupedWeights() {}

    /**
     * Index in {@code [out, in / groups, taps]} of a weight whose row counts the inputs of all groups, channels last.
     *
     * @param row {@code tap * channels + channel}
     * @param channels of the input
     * @return -1 where the output does not see the input
     */
    public static int canonical(int row, int output, int channels, int outputs, int taps, int groups) {
        int seen = channels / groups;
        int channel = row % channels;
        return channel / seen == output / (outputs / groups)
                ? (output * seen + channel % seen) * taps + row / channels
                : -1;
    }

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
