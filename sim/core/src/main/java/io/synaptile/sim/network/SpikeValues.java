/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.sim.network;

import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * Which neurons may emit plain spikes, because the synapses that read them can multiply by their {@link Emission} in their
 * place, and by what each synapse layer then has to multiply.
 *
 * <p>A value wanders from the neurons to the synapses through layers for which {@code f(value * s) = value * f(s)}. Neurons keep
 * their value where it meets one for which this does not hold: an affine layer, an integrator, other neurons, a read-out, a
 * rectifier with a ceiling, a sum of spikes that are worth different things, a product of more than one value.
 */
public final class SpikeValues {
    /**
     * Value by which a channel is to be multiplied.
     *
     * @param fixed the value, where it is known, or a factor on a threshold
     * @param node neurons whose threshold it is a multiple of, or {@link Network#INPUT}
     * @param channel of that threshold, 0 where the layer has one
     */
    private record Value(float fixed, int node, int channel) {
        static final Value ONE = new Value(1f, Network.INPUT, 0);
        /** The activity itself is no plain spikes. */
        static final Value KEPT = new Value(Float.NaN, Network.INPUT, 0);

        boolean isPending() {
            return !equals(ONE) && !equals(KEPT);
        }
    }

    private final Network network;
    private final Set<Integer> kept = new HashSet<>();
    /** By node, its channels. */
    private final Map<Integer, Value[]> values = new HashMap<>();

    private SpikeValues(Network network) {
        this.network = network;
        int before;
        do {
            before = kept.size();
            values.clear();
            network.nodes().forEach(this::follow);
        } while (kept.size() > before);
    }

    /** Finds out where values can be taken over. */
    public static SpikeValues of(Network network) {
        return new SpikeValues(network);
    }

    /** Whether neurons may emit plain spikes. */
    public boolean isTakenOver(Network.Node neurons) {
        return !kept.contains(neurons.id());
    }

    /** Whether all that synapses read are spikes, pooled or summed, that are worth the same: unary pulses can stand for them. */
    public boolean areUniform(Network.Node synapses) {
        Value[] read = read(synapses, 0);
        return Arrays.stream(read).allMatch(value -> value.equals(read[0]) && !value.equals(Value.KEPT));
    }

    /** Whether synapses have nothing to multiply by, and read what they would read of neurons that emit 1. */
    public boolean arePlain(Network.Node synapses) {
        return Arrays.stream(read(synapses, 0)).allMatch(Value.ONE::equals);
    }

    /** By what synapses have to multiply each of their input channels; 1 where neurons keep their value. */
    public float[] factors(Network.Node synapses, Parameters parameters) {
        Value[] read = read(synapses, 0);
        float[] factors = new float[read.length];
        for (int c = 0; c < factors.length; c++) {
            Value value = read[c];
            factors[c] = value.equals(Value.KEPT)
                    ? 1f
                    : value.node() == Network.INPUT
                            ? value.fixed()
                            : value.fixed()
                                    * parameters.get(new ParameterId(value.node(), Role.THRESHOLD))[value.channel()];
        }
        return factors;
    }

    private Value[] read(Network.Node node, int which) {
        int source = node.inputs().get(which);
        return source == Network.INPUT ? ones(network.input().channels()) : of(network.node(source));
    }

    private Value[] of(Network.Node node) {
        return node.layer() instanceof Layer.Neuron(NeuronSpec spec) ? emitted(node, spec) : values.get(node.id());
    }

    private Value[] emitted(Network.Node node, NeuronSpec spec) {
        Emission emission = spec.dynamics().emission();
        Value[] channels = ones(node.out().channels());
        if (kept.contains(node.id())) {
            Arrays.fill(channels, Value.KEPT);
            return channels;
        }
        for (int c = 0; c < channels.length; c++) {
            channels[c] = emission instanceof Emission.Threshold(float factor)
                            && spec.dynamics().threshold() != Scope.FIXED
                    ? new Value(factor, node.id(), spec.dynamics().threshold() == Scope.CHANNEL ? c : 0)
                    : new Value(emission.value(spec.threshold()), Network.INPUT, 0);
        }
        return channels;
    }

    private void follow(Network.Node node) {
        List<Value[]> inputs = IntStream.range(0, node.inputs().size())
                .mapToObj(which -> read(node, which))
                .toList();
        Value[] first = inputs.getFirst();
        Value[] out = switch (node.layer()) {
            case Layer.Synapse _, Layer.Part _ -> ones(node.out().channels());
            case Layer.AvgPool _, Layer.MaxPool _, Layer.Dropout _, Layer.Delay _ -> first;
            case Layer.Flatten _ -> flat(first, node.in().positions());
            case Layer.Concat _ -> inputs.stream().flatMap(Arrays::stream).toArray(Value[]::new);
            case Layer.Relu(float ceiling) ->
                Float.isInfinite(ceiling) || pending(first).isEmpty() ? first : null;
            case Layer.Join(Layer.Join.Function function) -> joined(function, inputs);
            case Layer.RateNorm _, Layer.Qcfs _, Layer.Affine _, Layer.Neuron _, Layer.Integrator _, Layer.ReadOut _ ->
                inputs.stream().allMatch(read -> pending(read).isEmpty())
                        ? ones(node.out().channels())
                        : null;
        };
        if (out == null) {
            keepWhatReaches(node);
            out = ones(node.out().channels());
        }
        values.put(node.id(), out);
    }

    /** Null where no value can be put in front. */
    private static Value[] joined(Layer.Join.Function function, List<Value[]> inputs) {
        Value[] out = inputs.getFirst().clone();
        for (int c = 0; c < out.length; c++) {
            int channel = c;
            List<Value> read = inputs.stream().map(values -> values[channel]).toList();
            boolean pending = read.stream().anyMatch(Value::isPending);
            boolean same = read.stream().distinct().count() == 1;
            List<Value> others =
                    read.stream().filter(value -> !value.equals(Value.ONE)).toList();
            boolean holds = !pending
                    || switch (function) {
                        case ADD -> same;
                        case AND -> others.size() == 1;
                        case IAND -> read.getFirst().equals(Value.ONE);
                    };
            if (!holds) {
                return null;
            }
            out[c] = others.isEmpty() ? Value.ONE : others.getFirst();
        }
        return out;
    }

    /** Neurons before a node whose value would have to pass it. */
    private void keepWhatReaches(Network.Node node) {
        for (int source : node.inputs()) {
            if (source == Network.INPUT) {
                continue;
            }
            Network.Node before = network.node(source);
            if (before.layer() instanceof Layer.Neuron) {
                if (!pending(of(before)).isEmpty()) {
                    kept.add(source);
                }
            } else if (before.layer() instanceof Layer.Passing || before.layer() instanceof Layer.Relu) {
                keepWhatReaches(before);
            }
        }
    }

    private static List<Value> pending(Value[] values) {
        return Arrays.stream(values).filter(Value::isPending).toList();
    }

    private static Value[] flat(Value[] channels, int positions) {
        Value[] flat = new Value[channels.length * positions];
        Arrays.setAll(flat, i -> channels[i / positions]);
        return flat;
    }

    private static Value[] ones(int channels) {
        Value[] ones = new Value[channels];
        Arrays.fill(ones, Value.ONE);
        return ones;
    }
}
