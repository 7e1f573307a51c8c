/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.sim.nd4j;

import io.synaptile.sim.compute.InputBatch;
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
import java.util.HashMap;
import java.util.Map;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Dense training: a layer computes all steps and samples at once, its neurons one step after the other. */
final class Nd4jTrainable implements TrainableNetwork {
    private final Network network;
    private final int timeSteps;
    private final Arena uploaded = new Arena();
    private final Map<Integer, INDArray> weights = new HashMap<>();
    private final Map<Integer, INDArray> weightGradients = new HashMap<>();
    private final Map<Integer, NormState> norms = new HashMap<>();
    private final Map<Integer, float[]> biases = new HashMap<>();
    private final Map<Integer, float[]> gammaGradients = new HashMap<>();
    /** Of biases and of the offsets of norms. */
    private final Map<Integer, float[]> offsetGradients = new HashMap<>();
    /** Leaks and thresholds. */
    private final Parameters constants;

    private final Parameters constantGradients;
    private final long[][] spikeCounts;

    private Arena arena = new Arena();
    private int samples;
    private INDArray image;
    private INDArray[] values;
    private INDArray[] gradients;
    private NeuronOps.Tape[] neuronTapes;
    private DynamicNeuronOps[] dynamicNeurons;
    private DynamicNeuronOps.Tape[] dynamicTapes;
    private NormOps.Tape[] normTapes;
    private INDArray[] masks;

    Nd4jTrainable(Network network, int timeSteps) {
        this.network = network;
        this.timeSteps = timeSteps;
        this.spikeCounts = new long[network.nodes().size()][0];
        constants = Parameters.initial(network, timeSteps)
                .only(id -> id.role() == Role.LEAK || id.role() == Role.THRESHOLD);
        constantGradients = constants.zeros();
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
                case Layer.Passing _, Layer.ReadOut _ -> {}
            }
        }
    }

    @Override
    public void set(ParameterId id, float[] source) {
        switch (id.role()) {
            case WEIGHT -> of(id, weights, source.length).data().setData(source);
            case BIAS -> copy(id, source, biases.getOrDefault(id.node(), new float[0]));
            case GAMMA, BETA, MEAN, VARIANCE -> copy(id, source, norm(id));
            case LEAK, THRESHOLD -> copy(id, source, constant(id, constants));
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
                    case LEAK, THRESHOLD -> constant(id, constants);
                },
                into);
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
    public float[] forward(InputBatch input) {
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
        image = image(input);
        for (Network.Node node : network.nodes()) {
            values[node.id()] = evaluate(node, input(node, 0), input);
        }
        return scores();
    }

    private INDArray image(InputBatch input) {
        float[] coded = new float[timeSteps * input.images().length];
        for (int n = 0; n < samples; n++) {
            InputCoding.encode(input, n, coded, n * input.pixels(), input.images().length);
        }
        Shape in = network.input();
        return arena.of(coded, (long) timeSteps * samples, in.channels(), in.height(), in.width());
    }

    private float[] scores() {
        float[] current = Arena.values(values[values.length - 1]);
        float[] scores = new float[samples * network.classes()];
        for (int i = 0; i < current.length; i++) {
            scores[i % scores.length] += current[i];
        }
        for (int i = 0; i < scores.length; i++) {
            scores[i] /= timeSteps;
        }
        return scores;
    }

    private INDArray input(Network.Node node, int which) {
        int source = node.inputs().get(which);
        return source == Network.INPUT ? image : values[source];
    }

    private INDArray evaluate(Network.Node node, INDArray x, InputBatch batch) {
        int id = node.id();
        return switch (node.layer()) {
            case Layer.Synapse _ -> DenseOps.synapse(node, x, weights.get(id), arena);
            case Layer.AvgPool(int size) -> DenseOps.pool(node, size, x, arena);
            case Layer.StepNorm norm -> {
                normTapes[id] = NormOps.normalise(norm, norms.get(id), node.in(), x, timeSteps, arena);
                yield NormOps.scaled(norms.get(id), normTapes[id], x, arena);
            }
            case Layer.Bias _ -> BiasOps.add(biases.get(id), node.in(), x, arena);
            case Layer.Neuron(NeuronSpec spec) -> {
                INDArray spikes = fire(node, spec, x);
                spikeCounts[id] = new long[timeSteps];
                NeuronOps.count(spikes, spikeCounts[id], arena);
                yield spikes;
            }
            case Layer.Dropout dropout -> {
                masks[id] = mask(node, dropout.rate(), batch);
                yield masked(x, masks[id]);
            }
            case Layer.Add _ -> arena.keep(x.add(input(node, 1)));
            case Layer.Flatten _ -> x.reshape('c', x.size(0), node.out().channels(), 1, 1);
            case Layer.ReadOut _ -> x;
        };
    }

    private INDArray fire(Network.Node node, NeuronSpec spec, INDArray x) {
        int id = node.id();
        if (spec.dynamics().isPlain()) {
            neuronTapes[id] = NeuronOps.fire(spec, x, timeSteps, arena);
            return neuronTapes[id].spikes();
        }
        dynamicNeurons[id] = new DynamicNeuronOps(node, spec, constants, samples, timeSteps, arena);
        dynamicTapes[id] = dynamicNeurons[id].fire(x);
        return dynamicTapes[id].spikes().reshape('c', x.shape());
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
    public void backward(float[] scoreGradient) {
        if (values == null) {
            throw new IllegalStateException("backward needs a forward pass before it");
        }
        gradients = new INDArray[values.length];
        float[] perStep = new float[timeSteps * scoreGradient.length];
        for (int i = 0; i < perStep.length; i++) {
            perStep[i] = scoreGradient[i % scoreGradient.length] / timeSteps;
        }
        gradients[values.length - 1] = arena.of(perStep, values[values.length - 1].shape());
        for (Network.Node node : network.nodes().reversed()) {
            INDArray g = gradients[node.id()];
            if (g != null) {
                backward(node, g);
            } else if (node.isSynapse()) {
                weightGradients.get(node.id()).assign(0);
            }
        }
        arena.close();
        values = null;
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
            case Layer.AvgPool(int size) -> pass(node, 0, DenseOps.poolBackward(node, size, input(node, 0), g, arena));
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
                        spec.dynamics().isPlain()
                                ? NeuronOps.backward(spec, neuronTapes[id], g, timeSteps, arena)
                                : dynamicNeurons[id].backward(
                                        dynamicTapes[id],
                                        g,
                                        gradientOf(id, Role.LEAK),
                                        gradientOf(id, Role.THRESHOLD)));
            case Layer.Dropout _ -> pass(node, 0, masked(g, masks[id]));
            case Layer.Flatten _ -> pass(node, 0, g.reshape('c', input(node, 0).shape()));
            case Layer.Add _ -> {
                pass(node, 0, g);
                pass(node, 1, g);
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
                    case LEAK, THRESHOLD -> constant(id, constantGradients);
                    case MEAN, VARIANCE -> throw unfit(id, into.length);
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
    }
}
