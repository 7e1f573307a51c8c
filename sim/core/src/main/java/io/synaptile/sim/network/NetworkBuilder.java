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
        requireName(name);
        requireCount(name, layer, inputs.length);
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
     * Appends a delay whose source comes later, and returns its id; {@link #connect} names the source.
     *
     * @throws IllegalArgumentException if the name is taken
     */
    public int delay(String name, Shape shape) {
        requireName(name);
        int id = nodes.size();
        nodes.add(new Network.Node(id, name, new Layer.Delay(shape), List.of(id), shape, shape));
        return id;
    }

    /**
     * Closes a loop.
     *
     * @param delay id that {@link #delay} has returned
     * @param source id of neurons after it
     * @throws IllegalArgumentException naming the delay if the source is no later layer of neurons of its shape, or a layer
     *     between them cannot be computed step by step
     */
    public void connect(int delay, int source) {
        Network.Node node = nodes.get(delay);
        boolean later = source > delay && source < nodes.size();
        if (!(node.layer() instanceof Layer.Delay) || !later) {
            throw new IllegalArgumentException("layer " + node.name() + ": reads unknown node " + source);
        }
        Network.Node neurons = nodes.get(source);
        if (!(neurons.layer() instanceof Layer.Neuron) || !neurons.out().equals(node.out())) {
            throw new IllegalArgumentException("layer " + node.name() + ": a delay of " + node.out()
                    + " reads neurons of that shape, " + neurons.name() + " gives " + neurons.out());
        }
        nodes.set(delay, new Network.Node(delay, node.name(), node.layer(), List.of(source), node.in(), node.out()));
        Set<Integer> dependent = new HashSet<>(Set.of(delay));
        for (Network.Node between : nodes.subList(delay + 1, source + 1)) {
            boolean steps = switch (between.layer()) {
                case Layer.Neuron(NeuronSpec spec) -> {
                    if (spec.estimator() instanceof Representation) {
                        throw new IllegalArgumentException("layer " + between.name()
                                + ": neurons that learn by their mean input over all steps stand in no loop");
                    }
                    yield true;
                }
                case Layer.Synapse _, Layer.Join _, Layer.Integrator _, Layer.Delay _ -> true;
                case Layer.AvgPool _,
                        Layer.MaxPool _,
                        Layer.Flatten _,
                        Layer.Part _,
                        Layer.Dropout _,
                        Layer.Activation _,
                        Layer.Concat _,
                        Layer.Affine _,
                        Layer.ReadOut _ -> false;
            };
            boolean depends = between.layer() instanceof Layer.Delay
                    || between.inputs().stream().anyMatch(dependent::contains);
            if (!steps || !depends) {
                throw new IllegalArgumentException("layer " + between.name() + ": stands in the loop of " + node.name()
                        + " and " + neurons.name()
                        + (steps
                                ? ", and does not depend on it"
                                : ", where only synapses," + " sums, integrators and neurons can stand"));
            }
            dependent.add(between.id());
        }
    }

    private void requireName(String name) {
        if (!names.add(name)) {
            throw new IllegalArgumentException("layer " + name + ": the name is already taken");
        }
        if (!nodes.isEmpty() && nodes.getLast().layer() instanceof Layer.ReadOut) {
            throw new IllegalArgumentException("layer " + name + ": comes after the read-out, which is the last layer");
        }
    }

    /**
     * Finishes the network.
     *
     * @throws IllegalArgumentException if the last layer is not a read-out, or a delay reads nothing
     */
    public Network build() {
        if (nodes.isEmpty() || !(nodes.getLast().layer() instanceof Layer.ReadOut)) {
            throw new IllegalArgumentException("network " + networkName + " must end in a read-out");
        }
        for (Network.Node node : nodes) {
            if (node.inputs().contains(node.id())) {
                throw new IllegalArgumentException("layer " + node.name() + ": a delay that reads nothing");
            }
        }
        return new Network(networkName, input, nodes);
    }

    /** Id of the layer added last, or {@link Network#INPUT}. */
    public int last() {
        return nodes.size() - 1;
    }

    private static void requireCount(String name, Layer layer, int count) {
        boolean any = layer instanceof Layer.Concat || layer.equals(Layer.Join.sum());
        int expected = any || layer instanceof Layer.Join ? 2 : 1;
        if (count < expected || !any && count > expected) {
            throw new IllegalArgumentException("layer " + name + ": needs " + expected
                    + (any ? " inputs or more, got " : " input(s), got ") + count);
        }
    }

    /** Shape of the output of the layer added last, or of the input. */
    public Shape lastShape() {
        return shapeOf(last());
    }

    /** Shape of the output of a layer, or of the input. */
    public Shape shapeOf(int id) {
        return id == Network.INPUT ? input : nodes.get(id).out();
    }

    private Shape outputShape(String name, Layer layer, Shape in, int[] inputs) {
        return switch (layer) {
            case Layer.Conv2d c -> {
                if (in.channels() % c.groups() != 0) {
                    throw new IllegalArgumentException("layer " + name + ": " + c.groups()
                            + " groups do not divide the channels of its input " + in);
                }
                yield new Shape(
                        c.outChannels(),
                        windows(
                                name,
                                in.height(),
                                c.padding().lines(),
                                reach(c.kernel().lines(), c.dilation().lines()),
                                c.stride().lines(),
                                in),
                        windows(
                                name,
                                in.width(),
                                c.padding().columns(),
                                reach(c.kernel().columns(), c.dilation().columns()),
                                c.stride().columns(),
                                in));
            }
            case Layer.AvgPool p ->
                new Shape(
                        in.channels(),
                        windows(name, in.height(), 0, p.height(), p.height(), in),
                        windows(name, in.width(), 0, p.width(), p.width(), in));
            case Layer.MaxPool p ->
                new Shape(
                        in.channels(),
                        windows(name, in.height(), p.padding(), p.size(), p.stride(), in),
                        windows(name, in.width(), p.padding(), p.size(), p.stride(), in));
            case Layer.Dense d -> Shape.features(d.outFeatures());
            case Layer.Flatten _ -> Shape.features(in.size());
            case Layer.Part(int first, Shape shape) -> {
                if (inputs[0] != Network.INPUT || in.positions() != 1) {
                    throw new IllegalArgumentException(
                            "layer " + name + ": reads a part of the network's input, which is a vector, not of " + in);
                }
                if ((long) first + shape.size() > in.size()) {
                    throw new IllegalArgumentException("layer " + name + ": a part of " + shape + " from value " + first
                            + " on is more than the " + in.size() + " values of the input");
                }
                yield shape;
            }
            case Layer.Join _ -> {
                for (int id : inputs) {
                    if (!shapeOf(id).equals(in)) {
                        throw new IllegalArgumentException("layer " + name + ": adds " + in + " to " + shapeOf(id));
                    }
                }
                yield in;
            }
            case Layer.Concat _ -> {
                int channels = 0;
                for (int id : inputs) {
                    Shape other = shapeOf(id);
                    if (other.height() != in.height() || other.width() != in.width()) {
                        throw new IllegalArgumentException(
                                "layer " + name + ": puts channels of " + other + " behind those of " + in);
                    }
                    channels = Math.addExact(channels, other.channels());
                }
                yield new Shape(channels, in.height(), in.width());
            }
            case Layer.ReadOut readOut -> {
                if (in.size() % readOut.voters() != 0) {
                    throw new IllegalArgumentException("layer " + name + ": " + in + " cannot be shared by classes of "
                            + readOut.voters() + " voters");
                }
                yield readOut.voters() == 1 ? in : Shape.features(in.size() / readOut.voters());
            }
            case Layer.Delay(Shape shape) -> {
                boolean spikes = inputs[0] != Network.INPUT
                        && nodes.get(inputs[0]).layer() instanceof Layer.Neuron
                        && shape.equals(in);
                if (!spikes) {
                    throw new IllegalArgumentException(
                            "layer " + name + ": a delay of " + shape + " reads neurons of that shape, not " + in);
                }
                yield in;
            }
            case Layer.Dropout _, Layer.Activation _, Layer.Affine _, Layer.Neuron _, Layer.Integrator _ -> in;
        };
    }

    /** Values from the first to the last tap of a kernel. */
    private static long reach(int taps, int dilation) {
        return (taps - 1L) * dilation + 1;
    }

    private static int windows(String name, int extent, int border, long window, int stride, Shape in) {
        long room = extent + 2L * border - window;
        if (room < 0) {
            throw new IllegalArgumentException("layer " + name + ": a window of " + window + " does not fit its input "
                    + in + (border == 0 ? "" : " and a border of " + border));
        }
        return Math.clamp(room / stride + 1, 1, Integer.MAX_VALUE);
    }
}
