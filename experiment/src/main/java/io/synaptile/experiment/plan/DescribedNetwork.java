/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.experiment.plan;

import io.synaptile.experiment.file.ConfigException;
import io.synaptile.experiment.file.LayerEntry;
import io.synaptile.experiment.file.LayerList;
import io.synaptile.sim.io.dataset.DataForm;
import io.synaptile.sim.io.model.LayerGrammar;
import io.synaptile.sim.network.Layer;
import io.synaptile.sim.network.Network;
import io.synaptile.sim.network.NetworkBuilder;
import io.synaptile.sim.network.NeuronSpec;
import io.synaptile.sim.network.Scope;
import io.synaptile.sim.network.Shape;
import io.synaptile.text.message.Spelling;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** Builds the network of {@code network.layers}: names, connections and shapes. */
final class DescribedNetwork {
    private static final String NETWORK = "layers";
    private static final String INPUT = "input";
    /** What the name of a layer's biases ends in. */
    private static final String BIAS = "_bias";

    private static final String SYNAPTIC_LEAK = "synaptic_leak";
    private static final String RECURRENT = "recurrent";

    private final NetworkBuilder builder;
    private final NeuronSpec usual;
    private final float leak;
    private final Map<String, Integer> ids = new TreeMap<>();
    /** By node: the entry that it stands in. */
    private final List<LayerEntry> placed = new ArrayList<>();

    private final Map<String, Integer> counts = new TreeMap<>();
    /** By name: the inputs, where there are several. */
    private final Map<String, Layer.Part> parts = new TreeMap<>();

    /** Names that are written anywhere in the list, so that one that comes later is told from one that is not there. */
    private final Set<String> written = new HashSet<>();

    private DescribedNetwork(Shape input, NeuronSpec usual, float leak) {
        this.builder = new NetworkBuilder(NETWORK, input);
        this.usual = usual;
        this.leak = leak;
        ids.put(INPUT, Network.INPUT);
    }

    /**
     * Builds a network; a read-out is added where the list does not end in one.
     *
     * @param inputs that a sample has, where it has several
     * @param usual neuron where a layer does not say otherwise
     * @param leak that of layers called {@code lif}
     * @throws ConfigException at the line of the first layer that does not fit
     */
    static Network build(
            LayerList layers, Shape input, List<DataForm.Input> inputs, int classes, NeuronSpec usual, float leak) {
        DescribedNetwork network = new DescribedNetwork(input, usual, leak);
        int first = 0;
        for (DataForm.Input part : inputs) {
            network.parts.put(part.name(), new Layer.Part(first, part.shape()));
            first += part.shape().size();
        }
        List<LayerEntry> entries = layers.entries(classes);
        entries.forEach(entry -> entry.name().ifPresent(network.written::add));
        Layer last = null;
        for (LayerEntry entry : entries) {
            last = network.add(entry);
        }
        if (!(last instanceof Layer.ReadOut)) {
            network.builder.add("readout", new Layer.ReadOut());
        }
        Network built = network.builder.build();
        requireReaders(built, network.placed);
        if (built.classes() != classes) {
            throw entries.getLast()
                    .refused("the last layer gives " + built.classes() + " values, and the data has " + classes
                            + " classes; dense: classes gives one for each");
        }
        return built;
    }

    /** Every layer but the last is read. */
    private static void requireReaders(Network network, List<LayerEntry> placed) {
        Set<Integer> read = new HashSet<>();
        network.nodes().forEach(node -> read.addAll(node.inputs()));
        for (Network.Node node : network.nodes().subList(0, network.nodes().size() - 1)) {
            if (!read.contains(node.id())) {
                throw placed.get(node.id()).refused("layer " + node.name() + ": no other layer reads it");
            }
        }
    }

    private Layer add(LayerEntry entry) {
        if (entry.kind().equals(LayerGrammar.PART)) {
            return addInput(entry);
        }
        NeuronSpec neuron = entry.leaks() ? usual.withLeak(leak) : usual;
        int[] inputs = inputs(entry);
        Shape in = inputs.length == 0 ? builder.lastShape() : builder.shapeOf(inputs[0]);
        Layer layer;
        try {
            layer = LayerGrammar.read(entry.kind(), entry, neuron, in).orElseThrow();
        } catch (IllegalArgumentException e) {
            throw entry.problem(e.getMessage());
        }
        boolean biased = entry.hasBias();
        Optional<Float> synapticLeak = Optional.empty();
        boolean recurrent = false;
        if (layer instanceof Layer.Neuron) {
            float given = entry.optional(SYNAPTIC_LEAK, -1f);
            synapticLeak = given == -1f ? Optional.empty() : Optional.of(given);
            recurrent = entry.flag(RECURRENT);
        }
        entry.requireNothingElse();
        String name = entry.name().orElseGet(() -> free(entry.stem()));
        if (name.equals(INPUT)) {
            throw entry.problem("a layer cannot be called input, which is what the network reads");
        }
        if (recurrent || synapticLeak.isPresent()) {
            placeDriven(entry, name, layer, inputs, synapticLeak, recurrent);
        } else {
            place(entry, name, layer, inputs);
        }
        if (biased) {
            place(entry, name + BIAS, new Layer.Bias());
            // Whatever reads the layer by its name reads its biased currents.
            ids.put(name, ids.get(name + BIAS));
        }
        return layer;
    }

    private Layer addInput(LayerEntry entry) {
        String name = entry.name().orElseThrow(() -> entry.problem("name is missing: which input, as in input: meta"));
        Layer.Part part = parts.get(name);
        if (part == null) {
            String known = parts.isEmpty()
                    ? "; data.arrays.inputs names several inputs"
                    : Spelling.nearest(name, parts.keySet())
                                    .map(near -> "; did you mean " + near + "?")
                                    .orElse("") + " (there are " + String.join(", ", parts.keySet()) + ")";
            throw entry.problem("the data have no input " + name + known);
        }
        entry.requireNothingElse();
        if (!entry.from().isEmpty()) {
            throw entry.problem("from: an input reads nothing else");
        }
        place(entry, name, part, Network.INPUT);
        return part;
    }

    private void place(LayerEntry entry, String name, Layer layer, int... inputs) {
        try {
            ids.put(name, inputs.length == 0 ? builder.add(name, layer) : builder.add(name, layer, inputs));
            placed.add(entry);
        } catch (IllegalArgumentException e) {
            throw entry.refused(e.getMessage());
        }
    }

    /** Neurons whose current is joined by that of their own spikes of the step before, or decays, or both. */
    private void placeDriven(
            LayerEntry entry,
            String name,
            Layer neurons,
            int[] inputs,
            Optional<Float> synapticLeak,
            boolean recurrent) {
        int driven = inputs.length == 0 ? builder.last() : inputs[0];
        int delay = -1;
        if (recurrent) {
            Shape shape = builder.shapeOf(driven);
            if (shape.positions() > 1) {
                throw entry.refused("layer " + name + ": recurrent neurons read a vector, not a map of " + shape
                        + "; flatten comes before them");
            }
            delay = builder.delay(name + "_before", shape);
            placed.add(entry);
            place(entry, name + "_recurrent", new Layer.Dense(shape.size()), delay);
            place(entry, name + "_sum", Layer.Join.sum(), driven, builder.last());
            driven = builder.last();
        }
        if (synapticLeak.isPresent()) {
            try {
                place(entry, name + "_current", new Layer.Integrator(synapticLeak.get(), 1f, Scope.FIXED), driven);
            } catch (IllegalArgumentException e) {
                throw entry.problem(SYNAPTIC_LEAK + ": " + e.getMessage());
            }
            driven = builder.last();
        }
        place(entry, name, neurons, driven);
        if (recurrent) {
            builder.connect(delay, builder.last());
        }
    }

    private String free(String stem) {
        String name;
        do {
            name = stem + counts.merge(stem, 1, Integer::sum);
        } while (ids.containsKey(name) || written.contains(name));
        return name;
    }

    private int[] inputs(LayerEntry entry) {
        List<String> names = entry.from();
        if (names.isEmpty() && entry.isJoin()) {
            throw entry.problem("from is missing: the layers that are joined, as in add: [conv1, lif2]");
        }
        int[] inputs = new int[names.size()];
        for (int i = 0; i < inputs.length; i++) {
            String name = names.get(i);
            Integer id = ids.getOrDefault(name + entry.suffix(), ids.get(name));
            if (id == null) {
                boolean later = written.contains(name) || written.contains(name + entry.suffix());
                throw entry.problem("reads " + name + ", "
                        + (later ? "which comes later" : "which is not a layer before it")
                        + "; it can read " + String.join(", ", ids.keySet()));
            }
            inputs[i] = id;
        }
        return inputs;
    }
}
