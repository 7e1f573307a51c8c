/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.sim.nd4j;

import io.synaptile.sim.compute.HiddenOutputs;
import io.synaptile.sim.compute.InputBatch;
import io.synaptile.sim.compute.LayerActivity;
import io.synaptile.sim.compute.NetworkPlan;
import io.synaptile.sim.compute.Probe;
import io.synaptile.sim.compute.Scores;
import io.synaptile.sim.compute.SynapsePlan;
import io.synaptile.sim.compute.TrainableNetwork;
import io.synaptile.sim.network.Layer;
import io.synaptile.sim.network.Network;
import io.synaptile.sim.network.NeuronSpec;
import io.synaptile.sim.network.NormState;
import io.synaptile.sim.network.ParameterId;
import io.synaptile.sim.network.Parameters;
import io.synaptile.sim.network.Role;
import io.synaptile.sim.network.Shape;
import io.synaptile.sim.random.NoiseStream;
import io.synaptile.sim.random.Purpose;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Dense training: a layer computes all steps and samples at once, its neurons one step after the other. */
final class Nd4jTrainable implements TrainableNetwork {
    private final Network network;
    private final Set<Integer> onArrays;
    private final int timeSteps;
    private final Arena uploaded = new Arena();
    private final Map<Integer, INDArray> weights = new HashMap<>();
    /** Layers that arrays are read for. */
    private final Map<Integer, OnArrays> arrays = new HashMap<>();

    private final Map<Integer, INDArray> weightGradients = new HashMap<>();
    private final Map<Integer, NormState> norms = new HashMap<>();
    private final Map<Integer, float[]> biases = new HashMap<>();
    private final Map<Integer, float[]> gammaGradients = new HashMap<>();
    /** Of biases and of the offsets of norms. */
    private final Map<Integer, float[]> offsetGradients = new HashMap<>();
    /** Leaks, thresholds, scales and running maxima. */
    private final Parameters constants;

    private final Parameters constantGradients;
    private final long[][] spikeCounts;

    private Arena arena = new Arena();
    private int samples;
    private HiddenOutputs looked;
    private INDArray image;
    private INDArray[] values;
    private INDArray[] gradients;
    private NeuronOps.Tape[] neuronTapes;
    private DynamicNeuronOps[] dynamicNeurons;
    private DynamicNeuronOps.Tape[] dynamicTapes;
    private NormOps.Tape[] normTapes;
    private INDArray[] masks;
    /** Of max pools: where their values come from. */
    private int[][] places;

    Nd4jTrainable(Network network, Set<Integer> onArrays, int timeSteps) {
        this.network = network;
        this.onArrays = Set.copyOf(onArrays);
        this.timeSteps = timeSteps;
        this.spikeCounts = new long[network.nodes().size()][0];
        constants = Parameters.initial(network, timeSteps).only(id -> switch (id.role()) {
            case LEAK, THRESHOLD, SCALE, RUNNING_MAX -> true;
            case WEIGHT, BIAS, GAMMA, BETA, MEAN, VARIANCE -> false;
        });
        constantGradients = constants.trainable().zeros();
        for (Network.Node node : network.nodes()) {
            switch (node.layer()) {
                case Layer.Synapse _ -> {
                    weights.put(node.id(), uploaded.zeros(Nd4jExecutable.shape(node)));
                    weightGradients.put(node.id(), uploaded.zeros(Nd4jExecutable.shape(node)));
                }
                case Layer.StepNorm norm -> {
                    NormState state =
                            NormState.identity(norm, timeSteps, node.out().channels());
                    norms.put(node.id(), state);
                    gammaGradients.put(node.id(), new float[state.gamma().length]);
                    offsetGradients.put(node.id(), new float[state.beta().length]);
                }
                case Layer.Neuron _ -> spikeCounts[node.id()] = new long[timeSteps];
                case Layer.Bias _ -> {
                    biases.put(node.id(), new float[node.out().channels()]);
                    offsetGradients.put(node.id(), new float[node.out().channels()]);
                }
                case Layer.Passing _, Layer.Activation _, Layer.Integrator _, Layer.ReadOut _ -> {}
            }
        }
    }

    @Override
    public void set(ParameterId id, float[] source) {
        switch (id.role()) {
            case WEIGHT -> of(id, weights, source.length).data().setData(source);
            case BIAS -> copy(id, source, biases.getOrDefault(id.node(), new float[0]));
            case GAMMA, BETA, MEAN, VARIANCE -> copy(id, source, norm(id));
            case LEAK, THRESHOLD, SCALE, RUNNING_MAX -> copy(id, source, constant(id, constants));
        }
    }

    @Override
    public void get(ParameterId id, float[] into) {
        copy(
                id,
                switch (id.role()) {
                    case WEIGHT -> Arena.values(of(id, weights, into.length));
                    case BIAS -> biases.getOrDefault(id.node(), new float[0]);
                    case GAMMA, BETA, MEAN, VARIANCE -> norm(id);
                    case LEAK, THRESHOLD, SCALE, RUNNING_MAX -> constant(id, constants);
                },
                into);
    }

    /**
     * The arrays of a layer.
     *
     * @param copies of the layer
     * @param cells owns what they hold
     */
    private record OnArrays(List<CrossbarTiles> copies, Arena cells) {}

    @Override
    public void read(int node, SynapsePlan.ArrayPlan plan) {
        if (!onArrays.contains(node)) {
            throw new IllegalArgumentException("node " + node + " was not opened to be read from arrays");
        }
        NetworkPlan.check(network.node(node), plan);
        OnArrays before = arrays.remove(node);
        if (before != null) {
            before.cells().close();
        }
        Arena cells = new Arena();
        arrays.put(node, new OnArrays(CrossbarTiles.copies(network.node(node), plan, cells), cells));
    }

    /** Currents of a layer whose arrays are read sample by sample, {@code [steps * samples, out, oh, ow]}. */
    private INDArray read(Network.Node node, OnArrays tiles, INDArray x, InputBatch batch) {
        float[] inputs = Arena.values(x);
        int in = node.in().size();
        int out = node.out().size();
        float[] currents = new float[timeSteps * samples * out];
        for (int n = 0; n < samples; n++) {
            float[] own = new float[timeSteps * in];
            for (int t = 0; t < timeSteps; t++) {
                System.arraycopy(inputs, (t * samples + n) * in, own, t * in, in);
            }
            try (Arena scratch = new Arena()) {
                LayerActivity uncounted = new LayerActivity(timeSteps);
                float[] read = Arena.values(
                        Nd4jExecutable.read(tiles.copies(), own, batch.sampleIds()[n], uncounted, scratch));
                for (int t = 0; t < timeSteps; t++) {
                    System.arraycopy(read, t * out, currents, (t * samples + n) * out, out);
                }
            }
        }
        Shape shape = node.out();
        return arena.of(currents, (long) timeSteps * samples, shape.channels(), shape.height(), shape.width());
    }

    private INDArray of(ParameterId id, Map<Integer, INDArray> arrays, int length) {
        INDArray array = arrays.get(id.node());
        if (array == null || array.length() != length) {
            throw unfit(id, length);
        }
        return array;
    }

    private float[] norm(ParameterId id) {
        NormState state = norms.get(id.node());
        if (state == null) {
            throw unfit(id, 0);
        }
        return state.array(id.role());
    }

    private float[] constant(ParameterId id, Parameters arrays) {
        return arrays.find(id).orElseThrow(() -> unfit(id, 0));
    }

    private void copy(ParameterId id, float[] from, float[] to) {
        if (from.length != to.length) {
            throw unfit(id, from.length);
        }
        System.arraycopy(from, 0, to, 0, to.length);
    }

    private IllegalArgumentException unfit(ParameterId id, int length) {
        return new IllegalArgumentException("layer " + network.node(id.node()).name() + " has no "
                + id.role().id() + " of " + length + " values");
    }

    @Override
    public float[] forward(InputBatch input, Probe probe) {
        InputCoding.check(input, network.input());
        if (input.timeSteps() != timeSteps) {
            throw new IllegalArgumentException(
                    "time-steps of the batch is " + input.timeSteps() + ", the network was opened for " + timeSteps);
        }
        arena.close();
        samples = input.samples();
        int nodes = network.nodes().size();
        values = new INDArray[nodes];
        neuronTapes = new NeuronOps.Tape[nodes];
        dynamicNeurons = new DynamicNeuronOps[nodes];
        dynamicTapes = new DynamicNeuronOps.Tape[nodes];
        normTapes = new NormOps.Tape[nodes];
        masks = new INDArray[nodes];
        places = new int[nodes][];
        image = image(input);
        int at = 0;
        for (Network.Loop loop : network.loops()) {
            evaluate(at, loop.first(), input);
            for (Network.Node node : nodes(loop)) {
                if (node.layer() instanceof Layer.Delay(Shape shape)) {
                    values[node.inputs().getFirst()] =
                            arena.zeros((long) timeSteps * samples, shape.channels(), shape.height(), shape.width());
                }
            }
            // Each turn is right for one step more.
            for (int turn = 1; turn < timeSteps; turn++) {
                evaluate(loop.first(), loop.last() + 1, input);
            }
            at = loop.first();
        }
        evaluate(at, nodes, input);
        looked = HiddenOutputs.of(network, probe);
        show(looked.shownTo(probe));
        return scores();
    }

    private void show(Probe probe) {
        Map<Integer, float[]> outputs = new HashMap<>();
        for (int n = 0; n < samples; n++) {
            for (Network.Node node : network.nodes()) {
                if (!probe.wants(node.id(), Probe.Quantity.OUTPUT)) {
                    continue;
                }
                float[] all = outputs.computeIfAbsent(node.id(), id -> Arena.values(values[id]));
                int size = node.out().size();
                for (int t = 0; t < timeSteps; t++) {
                    int from = (t * samples + n) * size;
                    probe.see(
                            new Probe.View(node.id(), Probe.Quantity.OUTPUT, n, t),
                            Arrays.copyOfRange(all, from, from + size));
                }
            }
        }
    }

    private List<Network.Node> nodes(Network.Loop loop) {
        return network.nodes().subList(loop.first(), loop.last() + 1);
    }

    /** Nodes {@code [from, to)} at all steps. */
    private void evaluate(int from, int to, InputBatch input) {
        for (Network.Node node : network.nodes().subList(from, to)) {
            values[node.id()] = evaluate(node, input(node, 0), input);
        }
    }

    private INDArray image(InputBatch input) {
        int perStep = samples * input.pixels();
        float[] coded = new float[timeSteps * perStep];
        for (int n = 0; n < samples; n++) {
            InputCoding.encode(input, n, coded, n * input.pixels(), perStep);
        }
        Shape in = network.input();
        return arena.of(coded, (long) timeSteps * samples, in.channels(), in.height(), in.width());
    }

    private Network.Node readOut() {
        return network.nodes().getLast();
    }

    private float[] scores() {
        float[] current = Arena.values(values[readOut().id()]);
        float[] scores = new float[samples * network.classes()];
        int inputs = readOut().in().size();
        for (int n = 0; n < samples; n++) {
            Scores rule = new Scores((Layer.ReadOut) readOut().layer(), inputs);
            for (int t = 0; t < timeSteps; t++) {
                int from = (t * samples + n) * inputs;
                rule.add(Arrays.copyOfRange(current, from, from + inputs), scores, n * network.classes());
            }
        }
        return scores;
    }

    private List<INDArray> inputs(Network.Node node) {
        return IntStream.range(0, node.inputs().size())
                .mapToObj(which -> input(node, which))
                .toList();
    }

    /** Gradient by what the read-out reads, given that by the scores. */
    private INDArray byValues(float[] scoreGradient) {
        Layer.ReadOut layer = (Layer.ReadOut) readOut().layer();
        float[] current = Arena.values(values[readOut().id()]);
        float[] gradient = new float[current.length];
        int perStep = current.length / timeSteps;
        for (int i = 0; i < perStep; i++) {
            int highest = 0;
            for (int t = 1; t < timeSteps; t++) {
                highest = current[t * perStep + i] > current[highest * perStep + i] ? t : highest;
            }
            for (int t = 0; t < timeSteps; t++) {
                gradient[t * perStep + i] =
                        scoreGradient[i / layer.voters()] * Scores.derivative(layer, t, timeSteps, t == highest);
            }
        }
        return arena.of(gradient, values[readOut().id()].shape());
    }

    /** From {@code [samples, steps, size]} to the order and shape of values. */
    private INDArray byStep(float[] derivatives, INDArray like) {
        float[] ordered = new float[derivatives.length];
        int size = ordered.length / (timeSteps * samples);
        for (int map = 0; map < timeSteps * samples; map++) {
            int at = map % timeSteps * samples + map / timeSteps;
            System.arraycopy(derivatives, map * size, ordered, at * size, size);
        }
        return arena.of(ordered, like.shape());
    }

    private INDArray input(Network.Node node, int which) {
        int source = node.inputs().get(which);
        return source == Network.INPUT ? image : values[source];
    }

    private INDArray evaluate(Network.Node node, INDArray x, InputBatch batch) {
        int id = node.id();
        return switch (node.layer()) {
            case Layer.Synapse _ ->
                arrays.containsKey(id)
                        ? read(node, arrays.get(id), x, batch)
                        : DenseOps.synapse(node, x, weights.get(id), arena);
            case Layer.AvgPool pool -> DenseOps.pool(node, pool, x, arena);
            case Layer.MaxPool pool -> {
                PassingOps.Largest largest = PassingOps.maxPool(node, pool, x, arena);
                places[id] = largest.places();
                yield largest.values();
            }
            case Layer.Activation layer -> {
                ActivationOps activation = new ActivationOps(node, layer, constants);
                activation.follow(x);
                yield activation.evaluate(x, arena);
            }
            case Layer.StepNorm norm -> {
                normTapes[id] = NormOps.normalise(norm, norms.get(id), node.in(), x, timeSteps, arena);
                yield NormOps.scaled(norms.get(id), normTapes[id], x, arena);
            }
            case Layer.Bias _ -> BiasOps.add(biases.get(id), node.in(), x, arena);
            case Layer.Neuron(NeuronSpec spec) -> {
                spikeCounts[id] = new long[timeSteps];
                yield fire(node, spec, x);
            }
            case Layer.Dropout dropout -> {
                masks[id] = mask(node, dropout.rate(), batch);
                yield masked(x, masks[id]);
            }
            case Layer.Join(Layer.Join.Function function) -> PassingOps.join(function, inputs(node), arena);
            case Layer.Concat _ -> PassingOps.concat(inputs(node), arena);
            case Layer.Integrator layer -> StepOps.integrate(node, layer, constants, x, timeSteps, arena);
            case Layer.Delay _ -> StepOps.delayed(x, timeSteps, arena);
            case Layer.Part part -> PassingOps.part(x, part, arena);
            case Layer.Flatten _ -> x.reshape('c', x.size(0), node.out().channels(), 1, 1);
            case Layer.ReadOut _ -> x;
        };
    }

    private INDArray fire(Network.Node node, NeuronSpec spec, INDArray x) {
        int id = node.id();
        if (spec.isPlain()) {
            neuronTapes[id] = NeuronOps.fire(spec, x, timeSteps, arena);
            NeuronOps.count(neuronTapes[id].spikes(), spikeCounts[id], arena);
            return neuronTapes[id].emitted(spec, arena);
        }
        dynamicNeurons[id] = new DynamicNeuronOps(node, spec, constants, samples, timeSteps, arena);
        dynamicTapes[id] = dynamicNeurons[id].fire(x);
        NeuronOps.count(dynamicTapes[id].spikes(), spikeCounts[id], arena);
        return dynamicNeurons[id].emitted(dynamicTapes[id]).reshape('c', x.shape());
    }

    /** Scale of every value, {@code [1, samples * size]}: 0 where dropped. */
    private INDArray mask(Network.Node node, float rate, InputBatch batch) {
        int size = node.in().size();
        float[] scale = new float[samples * size];
        for (int n = 0; n < samples; n++) {
            NoiseStream uniforms =
                    NoiseStream.of(batch.seed(), Purpose.DROPOUT, node.id(), batch.sampleIds()[n], batch.pass());
            for (int i = 0; i < size; i++) {
                scale[n * size + i] = uniforms.nextFloat() >= rate ? 1f / (1f - rate) : 0f;
            }
        }
        return arena.of(scale, 1, scale.length);
    }

    private INDArray masked(INDArray x, INDArray mask) {
        return arena.keep(x.reshape('c', timeSteps, mask.length()).mul(mask)).reshape('c', x.shape());
    }

    @Override
    public void backward(float[] scoreGradient, Map<Integer, float[]> byOutput) {
        if (values == null) {
            throw new IllegalStateException("backward needs a forward pass before it");
        }
        looked.require(timeSteps * samples, byOutput);
        gradients = new INDArray[values.length];
        byOutput.forEach((id, derivatives) -> gradients[id] = byStep(derivatives, values[id]));
        gradients[values.length - 1] = byValues(scoreGradient);
        int end = values.length;
        for (Network.Loop loop : network.loops().reversed()) {
            backward(loop.last() + 1, end);
            backward(loop);
            end = loop.first();
        }
        backward(0, end);
        arena.close();
        values = null;
    }

    /** Nodes {@code end - 1} down to {@code from}. */
    private void backward(int from, int end) {
        for (Network.Node node : network.nodes().subList(from, end).reversed()) {
            INDArray g = gradients[node.id()];
            if (g != null) {
                backward(node, g);
            } else if (node.isSynapse()) {
                weightGradients.get(node.id()).assign(0);
            }
        }
    }

    /** Each turn brings the derivatives one step further back. */
    private void backward(Network.Loop loop) {
        INDArray[] outside = gradients;
        Map<Integer, INDArray> byDelay = new HashMap<>();
        for (int turn = 0; turn < timeSteps; turn++) {
            gradients = outside.clone();
            for (Map.Entry<Integer, INDArray> delay : byDelay.entrySet()) {
                Network.Node node = network.node(delay.getKey());
                pass(node, 0, StepOps.delayedBackward(delay.getValue(), timeSteps, arena));
            }
            backward(loop.first(), loop.last() + 1);
            for (Network.Node node : nodes(loop)) {
                if (node.inputs().getFirst() > node.id() && gradients[node.id()] != null) {
                    byDelay.put(node.id(), gradients[node.id()]);
                }
            }
        }
    }

    private void backward(Network.Node node, INDArray g) {
        int id = node.id();
        switch (node.layer()) {
            case Layer.Synapse _ ->
                pass(
                        node,
                        0,
                        DenseOps.synapseBackward(
                                node, input(node, 0), weights.get(id), g, weightGradients.get(id), arena));
            case Layer.AvgPool pool -> pass(node, 0, DenseOps.poolBackward(node, pool, input(node, 0), g, arena));
            case Layer.MaxPool _ -> pass(node, 0, PassingOps.maxPoolBackward(input(node, 0), places[id], g, arena));
            case Layer.Activation layer ->
                pass(
                        node,
                        0,
                        new ActivationOps(node, layer, constants)
                                .backward(input(node, 0), g, constantGradients, arena));
            case Layer.StepNorm _ ->
                pass(
                        node,
                        0,
                        NormOps.backward(
                                norms.get(id),
                                node.in(),
                                normTapes[id],
                                g,
                                gammaGradients.get(id),
                                offsetGradients.get(id),
                                arena));
            case Layer.Bias _ -> {
                BiasOps.backward(node.in(), g, offsetGradients.get(id), arena);
                pass(node, 0, g);
            }
            case Layer.Neuron(NeuronSpec spec) ->
                pass(
                        node,
                        0,
                        spec.isPlain()
                                ? NeuronOps.backward(spec, neuronTapes[id], g, timeSteps, arena)
                                : dynamicNeurons[id].backward(
                                        dynamicTapes[id],
                                        g,
                                        gradientOf(id, Role.LEAK),
                                        gradientOf(id, Role.THRESHOLD)));
            case Layer.Dropout _ -> pass(node, 0, masked(g, masks[id]));
            case Layer.Part _ -> {}
            case Layer.Flatten _ -> pass(node, 0, g.reshape('c', input(node, 0).shape()));
            case Layer.Join(Layer.Join.Function function) -> {
                for (int which = 0; which < node.inputs().size(); which++) {
                    INDArray other = input(node, which == 0 ? 1 : 0);
                    pass(node, which, PassingOps.joinBackward(function, which, other, g, arena));
                }
            }
            case Layer.Concat _ -> {
                int first = 0;
                for (int which = 0; which < node.inputs().size(); which++) {
                    int count = (int) input(node, which).size(1);
                    pass(node, which, PassingOps.channels(g, first, count, arena));
                    first += count;
                }
            }
            case Layer.Integrator layer ->
                pass(
                        node,
                        0,
                        StepOps.integrateBackward(
                                node, layer, constants, values[id], g, gradientOf(id, Role.LEAK), timeSteps, arena));
            case Layer.Delay _ -> {
                if (node.inputs().getFirst() < id) {
                    pass(node, 0, StepOps.delayedBackward(g, timeSteps, arena));
                }
            }
            case Layer.ReadOut _ -> pass(node, 0, g);
        }
    }

    /** Where the derivative by leaks or thresholds goes; nowhere where they are fixed. */
    private float[] gradientOf(int node, Role role) {
        return constantGradients.find(new ParameterId(node, role)).orElse(new float[0]);
    }

    /** Adds to the gradient of a node's input. A new array, since branches may share the old one. */
    private void pass(Network.Node node, int which, INDArray g) {
        int source = node.inputs().get(which);
        if (source != Network.INPUT) {
            gradients[source] = gradients[source] == null ? g : arena.keep(gradients[source].add(g));
        }
    }

    @Override
    public void gradient(ParameterId id, float[] into) {
        copy(
                id,
                switch (id.role()) {
                    case WEIGHT -> Arena.values(of(id, weightGradients, into.length));
                    case GAMMA -> gammaGradients.getOrDefault(id.node(), new float[0]);
                    case BIAS, BETA -> offsetGradients.getOrDefault(id.node(), new float[0]);
                    case LEAK, THRESHOLD, SCALE -> constant(id, constantGradients);
                    case MEAN, VARIANCE, RUNNING_MAX -> throw unfit(id, into.length);
                },
                into);
    }

    @Override
    public long[][] spikeCounts() {
        long[][] copy = new long[spikeCounts.length][];
        for (int id = 0; id < copy.length; id++) {
            copy[id] = spikeCounts[id].clone();
        }
        return copy;
    }

    @Override
    public void close() {
        arena.close();
        uploaded.close();
        arrays.values().forEach(own -> own.cells().close());
    }
}
