/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.sim.tornado;

import io.synaptile.sim.compute.InputBatch;
import io.synaptile.sim.compute.NetworkPlan;
import io.synaptile.sim.compute.SynapsePlan;
import io.synaptile.sim.network.Layer;
import io.synaptile.sim.network.Network;
import io.synaptile.sim.network.NeuronSpec;
import io.synaptile.sim.network.NormState;
import io.synaptile.sim.network.ParameterId;
import io.synaptile.sim.network.Role;
import io.synaptile.sim.random.Purpose;
import io.synaptile.sim.spikes.Encoder;
import io.synaptile.sim.tornado.kernel.CountKernels;
import io.synaptile.sim.tornado.kernel.G;
import io.synaptile.sim.tornado.kernel.InputKernels;
import io.synaptile.sim.tornado.kernel.MapKernels;
import io.synaptile.sim.tornado.kernel.TemporalKernels;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;
import uk.ac.manchester.tornado.api.types.arrays.IntArray;

/**
 * The tasks of a forward pass: input coding, then one layer after the other, each over all samples and time steps, so that a
 * membrane potential stays in a register and weights are read once per batch.
 */
final class Forward {
    final Network network;
    /** Images of the batch, {@code [samples, C, H, W]}. */
    final FloatArray images;
    /** Low words of the sample ids. */
    final IntArray ids;

    final FloatArray rescale = Memory.floats(1);
    /** Mean current up to each step, {@code [steps, samples, classes]}. */
    final FloatArray scores;

    final Map<Integer, Synapse> synapses = new TreeMap<>();
    final Map<Integer, Tiles> tiles = new TreeMap<>();
    final Map<Integer, Norm> norms = new TreeMap<>();
    final Map<Integer, Bias> biases = new TreeMap<>();
    final Map<Integer, NeuronTasks> neurons = new TreeMap<>();
    final Map<Integer, Integrators> integrators = new TreeMap<>();
    /** But for rectifiers. */
    final Map<Integer, Activations> activations = new TreeMap<>();
    /** Weight of a step in the read-out relative to the next one. */
    final FloatArray decay = Memory.floats(1);
    /** Those of {@link #neurons} with more than plain dynamics. */
    final Map<Integer, DynamicNeurons> dynamicNeurons = new TreeMap<>();

    /** Spikes of each map by neuron node; in inference also the counts of synapses. */
    final Map<Integer, IntArray> spikes = new TreeMap<>();

    final Map<Integer, SynapseCounts> counts = new TreeMap<>();
    /** Sizes of the nodes that are none of the above. */
    final Map<Integer, IntArray> sizes = new TreeMap<>();

    private final Pass pass;
    private final NetworkPlan plan;
    private final boolean training;
    private final Signal input;
    private final Signal[] outputs;
    private final int[] owner;
    private final int[] lastReader;
    private final Probed probed;
    private final Map<Integer, EventList> lists = new HashMap<>();
    private final Map<Integer, FloatArray> numbers = new HashMap<>();
    private final Map<Integer, Map<Integer, IntArray>> inputSizes = new HashMap<>();

    /**
     * Adds the tasks.
     *
     * @param plan weights and norms for inference, or null in training
     * @param form of the input
     * @param timeSteps most steps of a batch
     * @param probed what is kept for a probe, in inference
     */
    Forward(Network network, NetworkPlan plan, InputForm form, int timeSteps, Probed probed, Pass pass) {
        this.probed = probed;
        this.network = network;
        this.plan = plan;
        this.training = plan == null;
        this.pass = pass;
        int nodes = network.nodes().size();
        outputs = new Signal[nodes];
        owner = new int[nodes];
        lastReader = new int[nodes];
        aliases();
        int samples = pass.memory.maps(true);
        int inputs = form.isFrames() ? pass.memory.maps(false) : samples;
        images = Memory.floats(Math.multiplyExact(inputs, network.input().size()));
        ids = new IntArray(samples);
        ids.init(0);
        scores = Memory.floats(Math.multiplyExact(pass.memory.maps(false), network.classes()));
        pass.upload(pass.limit);
        input = code(form);
        for (Network.Node node : network.nodes()) {
            outputs[node.id()] = add(node, timeSteps);
            if (!training) {
                releaseAfter(node.id());
            }
        }
    }

    /** Finds nodes that pass their input on as it is, and who reads each signal last. */
    private void aliases() {
        for (Network.Node node : network.nodes()) {
            int id = node.id();
            int source = node.inputs().getFirst();
            boolean passes =
                    source != Network.INPUT && (isFused(node) || node.layer() instanceof Layer.Dropout && !training);
            owner[id] = passes ? owner[source] : id;
            for (int read : node.inputs()) {
                if (read != Network.INPUT) {
                    lastReader[owner[read]] = id;
                }
            }
        }
    }

    /** Whether only neurons read a norm or a bias, which then apply it themselves. */
    boolean isFused(Network.Node node) {
        return node.layer() instanceof Layer.Affine
                && readers(node.id()).stream().allMatch(reader -> reader.layer() instanceof Layer.Neuron);
    }

    private List<Network.Node> readers(int id) {
        return network.nodes().stream()
                .filter(node -> node.inputs().contains(id))
                .toList();
    }

    private void releaseAfter(int id) {
        for (int other = 0; other <= id; other++) {
            if (owner[other] == other && lastReader[other] == id && other != id && !isProbed(outputs[other])) {
                pass.memory.release(outputs[other]);
            }
        }
    }

    private boolean isProbed(Signal signal) {
        return probed.outputs().stream()
                .map(node -> outputs[node])
                .anyMatch(kept -> kept != null && kept.single() == signal.single() && kept.halves() == signal.halves());
    }

    Signal output(int node) {
        return node == Network.INPUT ? input : outputs[node];
    }

    private Signal code(InputForm form) {
        Graph graph = pass.graph;
        IntArray g = Sizes.ofMap(network.input());
        pass.upload(g);
        boolean constant = form == InputForm.IMAGE;
        Signal coded = pass.memory.signal(network.input(), constant, form.isEvents());
        long size = (long) pass.memory.maps(constant) * network.input().size();
        if (!form.isDrawn()) {
            graph.task(
                    graph.threads("copy", size),
                    InputKernels::copy,
                    images,
                    coded.single(),
                    coded.halves(),
                    g,
                    pass.run,
                    pass.sixteen);
        } else {
            graph.task(
                    graph.threads("poisson", size),
                    InputKernels::poisson,
                    images,
                    ids,
                    rescale,
                    coded.single(),
                    coded.halves(),
                    g,
                    pass.run,
                    Purpose.INPUT_CODING.code() << 24,
                    pass.sixteen);
        }
        return coded;
    }

    private Signal add(Network.Node node, int timeSteps) {
        int id = node.id();
        Signal in = output(node.inputs().getFirst());
        Graph graph = pass.graph;
        return switch (node.layer()) {
            case Layer.Synapse _ -> synapse(node, in);
            case Layer.StepNorm layer -> {
                NormState state = training
                        ? NormState.identity(layer, timeSteps, node.out().channels())
                        : plan.norm(id);
                Norm norm = new Norm(node, in, state, pass);
                norms.put(id, norm);
                if (training) {
                    norm.statistics(pass);
                } else {
                    norm.install(state);
                    pass.refresh(norm.gain, norm.offset);
                }
                yield isFused(node) ? in : norm.apply(pass);
            }
            case Layer.Bias _ -> {
                Bias bias = new Bias(node, in, pass);
                biases.put(id, bias);
                if (!training) {
                    bias.install(plan.parameters().get(new ParameterId(id, Role.BIAS)));
                    pass.refresh(bias.values);
                }
                yield isFused(node) ? in : bias.apply(pass);
            }
            case Layer.Neuron(NeuronSpec spec) -> {
                Affine affine = fusedInto(node);
                NeuronTasks layer = spec.isPlain() ? new Neurons(node, in, affine, pass) : dynamic(node, in, affine);
                neurons.put(id, layer);
                Signal fired =
                        layer.forward(pass, training || probed.potentials().contains(id));
                countSpikes(node, fired, layer.sizes());
                yield fired;
            }
            case Layer.AvgPool _ -> {
                Signal out = pass.memory.signal(node.out(), false, in.events());
                IntArray g = sizes(node, in);
                graph.task(
                        graph.threads("pool", perStep(node)),
                        MapKernels::pool,
                        in.single(),
                        in.halves(),
                        out.single(),
                        out.halves(),
                        g,
                        pass.run,
                        pass.sixteen);
                yield out;
            }
            case Layer.Part part -> {
                Signal out = pass.memory.signal(node.out(), false, in.events());
                graph.task(
                        graph.threads("part", perStep(node)),
                        MapKernels::part,
                        in.single(),
                        in.halves(),
                        out.single(),
                        out.halves(),
                        sizes(node, in),
                        pass.run,
                        part.first(),
                        pass.sixteen);
                yield out;
            }
            case Layer.Flatten _ -> {
                Signal out = pass.memory.signal(node.out(), false, in.events());
                IntArray g = sizes(node, in);
                graph.task(
                        graph.threads("flatten", perStep(node)),
                        MapKernels::flatten,
                        in.single(),
                        in.halves(),
                        out.single(),
                        out.halves(),
                        g,
                        pass.run,
                        pass.sixteen);
                yield out;
            }
            case Layer.MaxPool _ -> {
                Signal out = pass.memory.signal(node.out(), false, in.events());
                graph.task(
                        graph.threads("maxPool", perStep(node)),
                        MapKernels::maxPool,
                        in.single(),
                        in.halves(),
                        out.single(),
                        out.halves(),
                        sizes(node, in),
                        pass.run,
                        pass.sixteen);
                yield out;
            }
            case Layer.Relu(float ceiling) -> rectified(node, ceiling, in);
            case Layer.Activation activation -> {
                Activations layer = new Activations(node, activation, in, pass, training);
                if (!training) {
                    layer.install(plan.parameters());
                }
                activations.put(id, layer);
                yield layer.forward(pass);
            }
            case Layer.Concat _ -> concat(node);
            case Layer.Dropout(float rate) -> training ? dropout(node, rate, in) : in;
            case Layer.Join(Layer.Join.Function function) -> join(node, function);
            case Layer.Integrator _ -> {
                Integrators layer = new Integrators(node, in, pass, training);
                if (!training) {
                    layer.install(plan.parameters());
                }
                integrators.put(id, layer);
                yield layer.forward(pass);
            }
            case Layer.Delay _ -> {
                Signal out = pass.memory.signal(node.out(), false, true);
                graph.task(
                        graph.threads("delay", perStep(node)),
                        TemporalKernels::delay,
                        in.single(),
                        in.halves(),
                        out.single(),
                        out.halves(),
                        sizes(node, in),
                        pass.run,
                        pass.sixteen);
                yield out;
            }
            case Layer.ReadOut layer
            when !layer.equals(new Layer.ReadOut()) -> {
                decay.set(0, layer.decay());
                pass.upload(decay);
                graph.task(
                        graph.threads("scores", (long) pass.memory.maps(true) * network.classes()),
                        TemporalKernels::scores,
                        in.single(),
                        in.halves(),
                        scores,
                        decay,
                        sizes(node, in),
                        pass.run,
                        rule(layer),
                        layer.voters(),
                        pass.sixteen);
                yield in;
            }
            case Layer.ReadOut _ -> {
                IntArray g = sizes(node, in);
                graph.task(
                        graph.threads("readOut", (long) pass.memory.maps(true) * network.classes()),
                        MapKernels::readOut,
                        in.single(),
                        in.halves(),
                        scores,
                        g,
                        pass.run,
                        pass.sixteen);
                yield in;
            }
        };
    }

    static int rule(Layer.ReadOut layer) {
        return switch (layer.rule()) {
            case MEAN -> TemporalKernels.MEAN;
            case SUM -> TemporalKernels.SUM;
            case LAST -> TemporalKernels.LAST;
            case HIGHEST -> TemporalKernels.HIGHEST;
            case WEIGHTED -> TemporalKernels.WEIGHTED;
        };
    }

    private NeuronTasks dynamic(Network.Node node, Signal in, Affine affine) {
        DynamicNeurons layer = new DynamicNeurons(node, in, affine, pass, training);
        if (!training) {
            layer.install(plan.parameters());
        }
        dynamicNeurons.put(node.id(), layer);
        return layer;
    }

    private long perStep(Network.Node node) {
        return (long) pass.memory.maps(false) * node.out().size();
    }

    private IntArray sizes(Network.Node node, Signal in) {
        return sizes.computeIfAbsent(node.id(), _ -> {
            IntArray g = Sizes.of(node, in.shape());
            g.set(G.CONSTANT_INPUT, in.constant() ? 1 : 0);
            pass.upload(g);
            return g;
        });
    }

    private Signal synapse(Network.Node node, Signal in) {
        int id = node.id();
        SynapsePlan weights = training ? null : plan.synapses().get(id);
        if (weights instanceof SynapsePlan.ArrayPlan arrays) {
            Tiles crossbar = new Tiles(node, arrays, in, list(node.inputs().getFirst(), in), pass);
            tiles.put(id, crossbar);
            Signal out = crossbar.forward(pass, ids);
            count(id, new SynapseCounts(arrays, in, crossbar.g, crossbar, pass));
            return out;
        }
        boolean listed = in.events() && in.shape().channels() <= EventList.MOST_CHANNELS;
        EventList list = listed ? list(node.inputs().getFirst(), in) : null;
        Synapse synapse = new Synapse(node, in, list, pass);
        synapses.put(id, synapse);
        if (weights instanceof SynapsePlan.DensePlan(float[] values)) {
            synapse.install(values);
            pass.refresh(synapse.packed());
            count(id, new SynapseCounts(weights, in, synapse.g, null, pass));
        } else {
            synapse.pack(pass);
        }
        return synapse.forward(pass);
    }

    private void count(int id, SynapseCounts counter) {
        counts.put(id, counter);
        counter.count(pass);
    }

    /** The list of a signal's events, made once however many layers read it. */
    private EventList list(int source, Signal in) {
        return lists.computeIfAbsent(
                source == Network.INPUT ? Network.INPUT : owner[source], _ -> EventList.of(in, pass));
    }

    private void countSpikes(Network.Node node, Signal fired, IntArray g) {
        IntArray perMap = new IntArray(pass.memory.maps(false));
        spikes.put(node.id(), perMap);
        pass.graph.task(
                pass.graph
                        .groups("spikes", pass.memory.maps(false), CountKernels.GROUP)
                        .with(CountKernels.SPIKES_LOCAL_BYTES),
                CountKernels::spikes,
                fired.single(),
                fired.halves(),
                perMap,
                g,
                pass.run,
                pass.sixteen);
    }

    private Signal rectified(Network.Node node, float ceiling, Signal in) {
        Signal out = pass.memory.signal(node.out(), false, in.events());
        FloatArray limit = number(node, ceiling);
        pass.graph.task(
                pass.graph.threads("rectify", perStep(node)),
                MapKernels::rectify,
                in.single(),
                in.halves(),
                out.single(),
                out.halves(),
                limit,
                sizes(node, in),
                pass.run,
                pass.sixteen);
        return out;
    }

    /** The first input, into which the others are joined one by one; two of them may be the same. */
    private Signal join(Network.Node node, Layer.Join.Function function) {
        Graph graph = pass.graph;
        boolean events =
                node.inputs().stream().allMatch(source -> output(source).events());
        Signal out = pass.memory.signal(node.out(), false, events);
        Signal first = output(node.inputs().getFirst());
        graph.task(
                graph.threads("copy", perStep(node)),
                MapKernels::copy,
                first.single(),
                first.halves(),
                out.single(),
                out.halves(),
                inputSizes(node, 0),
                pass.run,
                pass.sixteen);
        int kind = switch (function) {
            case ADD -> MapKernels.ADD;
            case AND -> MapKernels.AND;
            case IAND -> MapKernels.IAND;
        };
        for (int which = 1; which < node.inputs().size(); which++) {
            Signal other = output(node.inputs().get(which));
            graph.task(
                    graph.threads("combine", perStep(node)),
                    MapKernels::combine,
                    other.single(),
                    other.halves(),
                    out.single(),
                    out.halves(),
                    inputSizes(node, which),
                    pass.run,
                    kind,
                    pass.sixteen);
        }
        return out;
    }

    private Signal concat(Network.Node node) {
        Graph graph = pass.graph;
        boolean events =
                node.inputs().stream().allMatch(source -> output(source).events());
        Signal out = pass.memory.signal(node.out(), false, events);
        int first = 0;
        for (int which = 0; which < node.inputs().size(); which++) {
            Signal in = output(node.inputs().get(which));
            graph.task(
                    graph.threads(
                            "channels",
                            (long) pass.memory.maps(false) * in.shape().size()),
                    MapKernels::channels,
                    in.single(),
                    in.halves(),
                    out.single(),
                    out.halves(),
                    inputSizes(node, which),
                    pass.run,
                    first,
                    pass.sixteen);
            first += in.shape().channels();
        }
        return out;
    }

    /** Sizes of a node with several inputs, as one of them meets it. */
    IntArray inputSizes(Network.Node node, int which) {
        return inputSizes.computeIfAbsent(node.id(), _ -> new TreeMap<>()).computeIfAbsent(which, _ -> {
            Signal in = output(node.inputs().get(which));
            IntArray g = Sizes.of(node, in.shape());
            g.set(G.CONSTANT_INPUT, in.constant() ? 1 : 0);
            pass.upload(g);
            return g;
        });
    }

    private Signal dropout(Network.Node node, float rate, Signal in) {
        Signal out = pass.memory.signal(node.out(), false, in.events());
        FloatArray parameter = number(node, rate);
        IntArray g = sizes(node, in);
        pass.graph.task(
                pass.graph.threads("dropout", perStep(node)),
                MapKernels::dropout,
                in.single(),
                in.halves(),
                out.single(),
                out.halves(),
                ids,
                parameter,
                g,
                pass.run,
                pass.sixteen);
        return out;
    }

    private FloatArray number(Network.Node node, float value) {
        FloatArray parameter = Memory.floats(1);
        parameter.set(0, value);
        numbers.put(node.id(), parameter);
        pass.upload(parameter);
        return parameter;
    }

    /** The number that a layer is set to, one entry: rate of dropout, ceiling of a rectifier. */
    FloatArray number(int node) {
        return numbers.get(node);
    }

    /** What neurons apply to their input themselves, or null. */
    private Affine fusedInto(Network.Node neurons) {
        int source = neurons.inputs().getFirst();
        if (source == Network.INPUT || !isFused(network.node(source))) {
            return null;
        }
        return affine(source);
    }

    /** What a norm or a bias does. */
    Affine affine(int node) {
        return biases.containsKey(node)
                ? biases.get(node).affine()
                : norms.get(node).affine();
    }

    /** Writes the numbers of another plan of the same structure, for inference. */
    void install(NetworkPlan other) {
        other.synapses().forEach((node, synapse) -> {
            switch (synapse) {
                case SynapsePlan.DensePlan(float[] values) -> synapses.get(node).install(values);
                case SynapsePlan.ArrayPlan arrays -> tiles.get(node).install(arrays);
            }
            counts.get(node).install(synapse);
        });
        other.norms().forEach((node, state) -> norms.get(node).install(state));
        biases.forEach((node, bias) -> bias.install(other.parameters().get(new ParameterId(node, Role.BIAS))));
        dynamicNeurons.values().forEach(layer -> layer.install(other.parameters()));
        integrators.values().forEach(layer -> layer.install(other.parameters()));
        activations.values().forEach(layer -> layer.install(other.parameters()));
    }

    /** Writes the images, or the frames that are seen, and the addresses of some samples of a batch. */
    void write(InputBatch batch, int first, int samples) {
        int steps = batch.encoder() instanceof Encoder.Frames ? batch.timeSteps() : 1;
        int values = steps * batch.pixels();
        for (int n = 0; n < samples; n++) {
            int from = batch.at(first + n, 0);
            for (int i = 0; i < values; i++) {
                images.set(n * values + i, batch.images()[from + i]);
            }
        }
        for (int n = 0; n < samples; n++) {
            ids.set(n, (int) batch.sampleIds()[first + n]);
        }
        rescale.set(0, batch.encoder() instanceof Encoder.Poisson(float factor) ? factor : 1f);
        Pass.describe(pass.run, batch, samples);
    }
}
