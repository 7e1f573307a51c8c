/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.mapping.tile;

import io.synaptile.mapping.property.HardwareProperty;
import io.synaptile.sim.network.Layer;
import io.synaptile.sim.network.Network;
import io.synaptile.sim.network.SpikeValues;
import io.synaptile.sim.spikes.Encoder;
import io.synaptile.text.message.RefusedException;
import java.util.Collection;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.DoubleStream;

/** What the inputs of a layer look like to the rows of a tile. */
public enum InputKind {
    /** Spikes, their averages or sums; never negative. */
    SPIKES,
    /** Events of both signs, read in two phases. */
    SIGNED_EVENTS,
    /** Arbitrary values at every step, spikes that are not worth the same among them; rows driven by pulses cannot represent them. */
    ANALOGUE;

    /** Reads that one position takes: signed rows need one per sign. */
    public int phases() {
        return this == SPIKES ? 1 : 2;
    }

    /** What a node receives under an input coding. */
    public static InputKind of(Network network, Network.Node node, Encoder encoder) {
        if (node.isSynapse() && !SpikeValues.of(network).areUniform(node)) {
            return ANALOGUE;
        }
        InputKind kind = SPIKES;
        for (int source : node.inputs()) {
            InputKind next = ofSource(network, source, encoder);
            kind = next.ordinal() > kind.ordinal() ? next : kind;
        }
        return kind;
    }

    private static InputKind ofSource(Network network, int source, Encoder encoder) {
        if (source == Network.INPUT) {
            return switch (encoder) {
                case Encoder.Direct _, Encoder.DirectFrames _ -> ANALOGUE;
                case Encoder.Poisson _ -> SIGNED_EVENTS;
                case Encoder.PoissonFrames _, Encoder.SpikeFrames _ -> SPIKES;
            };
        }
        Network.Node node = network.node(source);
        return switch (node.layer()) {
            case Layer.Neuron _ -> SPIKES;
            case Layer.Relu _ -> of(network, node, encoder) == ANALOGUE ? ANALOGUE : SPIKES;
            case Layer.Join(Layer.Join.Function function)
            when function == Layer.Join.Function.IAND
                    && largest(network, node.inputs().getFirst(), encoder) > 1 ->
                // 1 - a is negative where a is a sum above 1.
                of(network, node, encoder) == ANALOGUE ? ANALOGUE : SIGNED_EVENTS;
            case Layer.Passing _ -> of(network, node, encoder);
            case Layer.Synapse _, Layer.RateNorm _, Layer.Qcfs _, Layer.Affine _, Layer.Integrator _, Layer.ReadOut _ ->
                ANALOGUE;
        };
    }

    /**
     * Unary pulses that the largest input of a node takes on a row: spikes and their averages one, sums of spikes as many as
     * the largest sum, and so the events that a frame counts.
     *
     * @throws IllegalArgumentException if its inputs are no events
     */
    public static int pulses(Network network, Network.Node node, Encoder encoder) {
        double largest = node.inputs().stream()
                .mapToDouble(source -> largest(network, source, encoder))
                .max()
                .orElse(1);
        if (!(largest <= Integer.MAX_VALUE)) {
            throw new IllegalArgumentException("layer " + node.name() + " does not receive events");
        }
        return Math.max(1, (int) Math.ceil(largest));
    }

    /** Largest magnitude of a node's output; infinite where nothing bounds it. */
    private static double largest(Network network, int source, Encoder encoder) {
        if (source == Network.INPUT) {
            return encoder.largestCount();
        }
        Network.Node node = network.node(source);
        DoubleStream inputs = node.inputs().stream().mapToDouble(input -> largest(network, input, encoder));
        return switch (node.layer()) {
            case Layer.Neuron _, Layer.RateNorm _, Layer.Delay _ -> 1;
            case Layer.Relu(float ceiling) -> Math.min(ceiling, inputs.max().orElseThrow());
            case Layer.Join(Layer.Join.Function function) ->
                switch (function) {
                    case ADD -> inputs.sum();
                    case AND -> inputs.reduce(1, (a, b) -> a * b);
                    case IAND ->
                        Math.max(1, largest(network, node.inputs().getFirst(), encoder) - 1)
                                * largest(network, node.inputs().getLast(), encoder);
                };
            case Layer.AvgPool _, Layer.MaxPool _, Layer.Flatten _, Layer.Part _, Layer.Dropout _, Layer.Concat _ ->
                inputs.max().orElseThrow();
            case Layer.Synapse _, Layer.Qcfs _, Layer.Affine _, Layer.Integrator _, Layer.ReadOut _ ->
                Double.POSITIVE_INFINITY;
        };
    }

    /** Names of the synapse layers whose inputs are events, in network order: those that can be on tiles. */
    public static List<String> tileable(Network network, Encoder encoder) {
        return network.synapses().stream()
                .filter(node -> of(network, node, encoder) != ANALOGUE)
                .map(Network.Node::name)
                .toList();
    }

    private static List<String> among(List<String> layers) {
        return layers.isEmpty() ? List.of("none") : layers;
    }

    /** Why the synapse layers that cannot be on tiles cannot, layer by layer. */
    public static String obstacles(Network network, Encoder encoder) {
        return network.synapses().stream()
                .filter(node -> of(network, node, encoder) == ANALOGUE)
                .map(node -> node.name()
                        + (!SpikeValues.of(network).areUniform(node)
                                ? " reads spikes that are not worth the same"
                                : node.inputs().contains(Network.INPUT)
                                        ? " reads the input as it is"
                                        : " reads values that no neurons turn into spikes"))
                .collect(Collectors.joining(", "));
    }

    /**
     * Refuses layers that cannot be on tiles.
     *
     * @throws IllegalArgumentException naming the first layer that is unknown, has no synapses or has analogue inputs
     */
    public static void requireTileable(Network network, Collection<String> layers, Encoder encoder) {
        for (String name : layers) {
            Network.Node node = requireSynapse(network, name);
            if (!SpikeValues.of(network).areUniform(node)) {
                throw RefusedException.of(
                        "layer " + name + " reads spikes that are not worth the same, which unary pulses on tile rows"
                                + " cannot carry; leave it out of ",
                        HardwareProperty.LAYERS,
                        " or give the neurons before it one emission");
            }
            if (of(network, node, encoder) == ANALOGUE) {
                throw RefusedException.of(
                        "layer " + name + " receives analogue values, which tile rows cannot be driven with; leave it"
                                + " out of ",
                        HardwareProperty.LAYERS,
                        " or set ",
                        HardwareProperty.INPUT_CODING,
                        " to poisson; layers that can be on tiles: "
                                + String.join(", ", among(tileable(network, encoder))));
            }
        }
    }

    /**
     * The synapse layer of that name.
     *
     * @throws IllegalArgumentException if there is none
     */
    public static Network.Node requireSynapse(Network network, String name) {
        List<Network.Node> synapses = network.synapses();
        return synapses.stream()
                .filter(node -> node.name().equals(name))
                .findFirst()
                .orElseThrow(() -> RefusedException.of(
                        HardwareProperty.LAYERS,
                        " must be layers with weights, '" + name + "' is not; these are: "
                                + String.join(
                                        ", ",
                                        synapses.stream()
                                                .map(Network.Node::name)
                                                .toList())));
    }
}
