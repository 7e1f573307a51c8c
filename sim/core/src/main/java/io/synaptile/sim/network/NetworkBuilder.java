/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.sim.network;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Builds a {@link Network}, infers the shapes and names the layer that does not fit. */
public final class NetworkBuilder {
    private final String networkName;
    private final Shape input;
    private final List<Network.Node> nodes = new ArrayList<>();
    private final Set<String> names = new HashSet<>();

    public NetworkBuilder(String networkName, Shape input) {
        this.networkName = networkName;
        this.input = input;
    }

    /** Appends a layer that reads the layer before it (or the input) and returns its id. */
    public int add(String name, Layer layer) {
        return add(name, layer, nodes.size() - 1);
    }

    /**
     * Appends a layer that reads the given nodes and returns its id.
     *
     * @param inputs node ids, or {@link Network#INPUT}
     * @throws IllegalArgumentException naming the layer if a name is taken, an input unknown or a shape impossible
     */
    public int add(String name, Layer layer, int... inputs) {
        if (!names.add(name)) {
            throw new IllegalArgumentException("layer " + name + ": the name is already taken");
        }
        if (!nodes.isEmpty() && nodes.getLast().layer() instanceof Layer.ReadOut) {
            throw new IllegalArgumentException("layer " + name + ": comes after the read-out, which is the last layer");
        }
        int expected = layer instanceof Layer.Add ? 2 : 1;
        if (inputs.length != expected) {
            throw new IllegalArgumentException(
                    "layer " + name + ": needs " + expected + " input(s), got " + inputs.length);
        }
        List<Integer> sources = new ArrayList<>();
        for (int id : inputs) {
            if (id < Network.INPUT || id >= nodes.size()) {
                throw new IllegalArgumentException("layer " + name + ": reads unknown node " + id);
            }
            sources.add(id);
        }
        Shape in = shapeOf(inputs[0]);
        int id = nodes.size();
        nodes.add(new Network.Node(id, name, layer, sources, in, outputShape(name, layer, in, inputs)));
        return id;
    }

    /**
     * Finishes the network.
     *
     * @throws IllegalArgumentException if the last layer is not a read-out
     */
    public Network build() {
        if (nodes.isEmpty() || !(nodes.getLast().layer() instanceof Layer.ReadOut)) {
            throw new IllegalArgumentException("network " + networkName + " must end in a read-out");
        }
        return new Network(networkName, input, nodes);
    }

    /** Shape of the output of the layer added last, or of the input. */
    Shape lastShape() {
        return shapeOf(nodes.size() - 1);
    }

    private Shape shapeOf(int id) {
        return id == Network.INPUT ? input : nodes.get(id).out();
    }

    private Shape outputShape(String name, Layer layer, Shape in, int[] inputs) {
        return switch (layer) {
            case Layer.Conv2d c ->
                new Shape(
                        c.outChannels(),
                        windows(name, in.height() + 2L * c.padding(), c.kernel(), c.stride(), in),
                        windows(name, in.width() + 2L * c.padding(), c.kernel(), c.stride(), in));
            case Layer.AvgPool p ->
                new Shape(
                        in.channels(),
                        windows(name, in.height(), p.size(), p.size(), in),
                        windows(name, in.width(), p.size(), p.size(), in));
            case Layer.Dense d -> Shape.features(d.outFeatures());
            case Layer.Flatten _ -> Shape.features(in.size());
            case Layer.Add _ -> {
                Shape other = shapeOf(inputs[1]);
                if (!other.equals(in)) {
                    throw new IllegalArgumentException("layer " + name + ": adds " + in + " to " + other);
                }
                yield in;
            }
            case Layer.Dropout _, Layer.Affine _, Layer.Neuron _, Layer.ReadOut _ -> in;
        };
    }

    private static int windows(String name, long extent, int window, int stride, Shape in) {
        if (extent < window) {
            throw new IllegalArgumentException(
                    "layer " + name + ": a window of " + window + " does not fit its input " + in);
        }
        return Math.clamp((extent - window) / stride + 1, 1, Integer.MAX_VALUE);
    }
}
