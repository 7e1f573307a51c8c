/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.sim.tornado;

import io.synaptile.sim.network.Layer;
import io.synaptile.sim.network.Network;
import io.synaptile.sim.tornado.kernel.MapKernels;
import io.synaptile.sim.tornado.kernel.TemporalKernels;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;
import uk.ac.manchester.tornado.api.types.arrays.IntArray;

/** The tasks of a backward pass, from the scores to the weights; derivatives are in single precision. */
final class Backward {
    /** Derivative of the loss by the final scores, {@code [samples, classes]}. */
    final FloatArray scoreGradient;

    /** By node: derivatives of the loss by outputs that it looks at itself, {@code [steps, samples, H, W, C]}. */
    final Map<Integer, FloatArray> byOutput = new HashMap<>();

    private final Network network;
    private final Forward forward;
    private final Pass pass;
    /** By node: derivative by its output, every step; there from the first contribution until it has been passed on. */
    private final Map<Integer, FloatArray> gradients = new HashMap<>();

    private final FloatArray overSteps;
    private final FloatArray partial;

    /**
     * @param scoreGradient {@code [samples, classes]} for the largest batch
     * @param looked nodes whose outputs the loss looks at
     */
    Backward(Forward forward, Pass pass, FloatArray scoreGradient, Set<Integer> looked) {
        this.network = forward.network;
        this.forward = forward;
        this.pass = pass;
        this.scoreGradient = scoreGradient;
        int largestPartial = 1;
        int largestSum = 1;
        for (Synapse synapse : forward.synapses.values()) {
            synapse.gradient = Memory.floats(synapse.node.weightCount());
            largestPartial = Math.max(largestPartial, synapse.partialSize());
            if (synapse.input.constant()) {
                largestSum = Math.max(
                        largestSum, pass.memory.maps(true) * synapse.node.out().size());
            }
        }
        partial = Memory.floats(largestPartial);
        overSteps = Memory.floats(largestSum);
        for (Network.Node node : network.nodes().reversed()) {
            if (looked.contains(node.id())) {
                receive(node);
            }
            FloatArray dy = gradients.get(node.id());
            if (node.layer() instanceof Layer.ReadOut) {
                readOut(node);
            } else if (dy != null) {
                add(node, dy);
                gradients.remove(node.id());
                pass.memory.release(dy);
            }
        }
    }

    private void receive(Network.Node node) {
        FloatArray given = Memory.floats(
                Math.multiplyExact(pass.memory.maps(false), node.out().size()));
        byOutput.put(node.id(), given);
        IntArray sizes = Sizes.ofMap(node.out());
        pass.upload(sizes);
        int accumulate = accumulates(node.id());
        FloatArray dy = target(node.id());
        pass.graph.task(
                pass.graph.threads("pass", values(node.out().size())),
                MapKernels::pass,
                given,
                dy,
                sizes,
                pass.run,
                accumulate);
    }

    /** Takes what the loss derives by outputs, {@code [samples, steps, C, H, W]}; nothing for those that are not there. */
    void install(Map<Integer, float[]> derivatives, int samples, int steps) {
        byOutput.forEach((id, array) -> {
            float[] given = derivatives.get(id);
            array.init(0f);
            if (given != null) {
                int size = network.node(id).out().size();
                int positions = network.node(id).out().positions();
                for (int i = 0; i < given.length; i++) {
                    int map = i / size % steps * samples + i / size / steps;
                    int channel = i % size / positions;
                    array.set(map * size + i % positions * (size / positions) + channel, given[i]);
                }
            }
        });
    }

    private boolean isWanted(int source) {
        return source != Network.INPUT;
    }

    /** Whether a first contribution to a node's derivative has been made. */
    private int accumulates(int source) {
        return gradients.containsKey(source) ? 1 : 0;
    }

    /** Memory for the derivative by a node's output. */
    private FloatArray target(int source) {
        return gradients.computeIfAbsent(
                source,
                id -> pass.memory.takeFloats(Math.multiplyExact(
                        pass.memory.maps(false), network.node(id).out().size())));
    }

    private void readOut(Network.Node node) {
        int source = node.inputs().getFirst();
        if (isWanted(source)) {
            int accumulate = accumulates(source);
            FloatArray dx = target(source);
            Layer.ReadOut layer = (Layer.ReadOut) node.layer();
            if (!layer.equals(new Layer.ReadOut())) {
                Signal in = forward.output(source);
                pass.graph.task(
                        pass.graph.threads(
                                "scoresBack",
                                (long) pass.memory.maps(true) * node.in().size()),
                        TemporalKernels::scoresBack,
                        scoreGradient,
                        in.single(),
                        in.halves(),
                        dx,
                        forward.decay,
                        forward.sizes.get(node.id()),
                        pass.run,
                        Forward.rule(layer),
                        layer.voters(),
                        accumulate,
                        pass.sixteen);
                return;
            }
            pass.graph.task(
                    pass.graph.threads("readOutBack", (long) pass.memory.maps(true) * network.classes()),
                    MapKernels::readOutBack,
                    scoreGradient,
                    dx,
                    forward.sizes.get(node.id()),
                    pass.run,
                    accumulate);
        }
    }

    private void add(Network.Node node, FloatArray dy) {
        int source = node.inputs().getFirst();
        int accumulate = accumulates(source);
        Graph graph = pass.graph;
        switch (node.layer()) {
            case Layer.Synapse _ ->
                forward.synapses
                        .get(node.id())
                        .backward(pass, dy, overSteps, partial, isWanted(source) ? target(source) : null, accumulate);
            case Layer.StepNorm _ ->
                forward.norms.get(node.id()).backward(pass, dy, isWanted(source) ? target(source) : null, accumulate);
            case Layer.Bias _ ->
                forward.biases.get(node.id()).backward(pass, dy, isWanted(source) ? target(source) : null, accumulate);
            case Layer.Neuron _ -> {
                if (isWanted(source)) {
                    forward.neurons.get(node.id()).backward(pass, dy, target(source), accumulate);
                }
            }
            case Layer.AvgPool _ -> {
                if (isWanted(source)) {
                    FloatArray dx = target(source);
                    graph.task(
                            graph.threads("poolBack", values(node.in().size())),
                            MapKernels::poolBack,
                            dy,
                            dx,
                            forward.sizes.get(node.id()),
                            pass.run,
                            accumulate);
                }
            }
            case Layer.Part _ -> {}
            case Layer.Flatten _ -> {
                if (isWanted(source)) {
                    FloatArray dx = target(source);
                    graph.task(
                            graph.threads("flattenBack", values(node.in().size())),
                            MapKernels::flattenBack,
                            dy,
                            dx,
                            forward.sizes.get(node.id()),
                            pass.run,
                            accumulate);
                }
            }
            case Layer.Dropout _ -> {
                if (isWanted(source)) {
                    FloatArray dx = target(source);
                    graph.task(
                            graph.threads("dropoutBack", values(node.out().size())),
                            MapKernels::dropoutBack,
                            dy,
                            dx,
                            forward.ids,
                            forward.number(node.id()),
                            forward.sizes.get(node.id()),
                            pass.run,
                            accumulate);
                }
            }
            case Layer.Integrator _ -> {
                if (isWanted(source)) {
                    forward.integrators.get(node.id()).backward(pass, dy, target(source), accumulate);
                }
            }
            case Layer.Delay _ -> {
                if (isWanted(source)) {
                    FloatArray dx = target(source);
                    graph.task(
                            graph.threads("delayBack", values(node.out().size())),
                            TemporalKernels::delayBack,
                            dy,
                            dx,
                            forward.sizes.get(node.id()),
                            pass.run,
                            accumulate);
                }
            }
            case Layer.MaxPool _ -> {
                if (isWanted(source)) {
                    FloatArray dx = target(source);
                    Signal x = forward.output(source);
                    graph.task(
                            graph.threads("maxPoolBack", values(node.in().size())),
                            MapKernels::maxPoolBack,
                            x.single(),
                            x.halves(),
                            dy,
                            dx,
                            forward.sizes.get(node.id()),
                            pass.run,
                            accumulate,
                            pass.sixteen);
                }
            }
            case Layer.Relu _ -> {
                if (isWanted(source)) {
                    FloatArray dx = target(source);
                    Signal x = forward.output(source);
                    graph.task(
                            graph.threads("rectifyBack", values(node.out().size())),
                            MapKernels::rectifyBack,
                            x.single(),
                            x.halves(),
                            dy,
                            dx,
                            forward.number(node.id()),
                            forward.sizes.get(node.id()),
                            pass.run,
                            accumulate,
                            pass.sixteen);
                }
            }
            case Layer.Activation _ ->
                forward.activations
                        .get(node.id())
                        .backward(pass, dy, isWanted(source) ? target(source) : null, accumulate);
            case Layer.Concat _ -> concat(node, dy);
            case Layer.Join(Layer.Join.Function function) -> {
                for (int which = 0; which < node.inputs().size(); which++) {
                    if (function == Layer.Join.Function.ADD) {
                        pass(node, which, dy);
                    } else {
                        product(node, which, function, dy);
                    }
                }
            }
            case Layer.ReadOut _ -> throw new IllegalStateException("the read-out is the last layer");
        }
    }

    private void concat(Network.Node node, FloatArray dy) {
        int first = 0;
        for (int which = 0; which < node.inputs().size(); which++) {
            int source = node.inputs().get(which);
            Signal in = forward.output(source);
            if (isWanted(source)) {
                int accumulate = accumulates(source);
                FloatArray dx = target(source);
                pass.graph.task(
                        pass.graph.threads("channelsBack", values(in.shape().size())),
                        MapKernels::channelsBack,
                        dy,
                        dx,
                        forward.inputSizes(node, which),
                        pass.run,
                        first,
                        accumulate);
            }
            first += in.shape().channels();
        }
    }

    private void product(Network.Node node, int which, Layer.Join.Function function, FloatArray dy) {
        int source = node.inputs().get(which);
        if (isWanted(source)) {
            int accumulate = accumulates(source);
            FloatArray dx = target(source);
            Signal other = forward.output(node.inputs().get(1 - which));
            int factor = MapKernels.BY_VALUE;
            if (function == Layer.Join.Function.IAND) {
                factor = which == 0 ? MapKernels.BY_NEGATIVE : MapKernels.BY_REST;
            }
            pass.graph.task(
                    pass.graph.threads("combineBack", values(node.out().size())),
                    MapKernels::combineBack,
                    other.single(),
                    other.halves(),
                    dy,
                    dx,
                    forward.inputSizes(node, 1 - which),
                    pass.run,
                    factor,
                    accumulate,
                    pass.sixteen);
        }
    }

    private void pass(Network.Node node, int which, FloatArray dy) {
        int source = node.inputs().get(which);
        if (isWanted(source)) {
            int accumulate = accumulates(source);
            FloatArray dx = target(source);
            pass.graph.task(
                    pass.graph.threads("pass", values(node.out().size())),
                    MapKernels::pass,
                    dy,
                    dx,
                    forward.inputSizes(node, which),
                    pass.run,
                    accumulate);
        }
    }

    private long values(int size) {
        return (long) pass.memory.maps(false) * size;
    }

    /** Arrays that the host reads after the pass. */
    Object[] downloads() {
        List<Object> arrays = new ArrayList<>();
        forward.synapses.values().forEach(synapse -> arrays.add(synapse.gradient));
        forward.norms.values().forEach(norm -> {
            arrays.add(norm.gammaGradient);
            arrays.add(norm.betaGradient);
        });
        forward.biases.values().forEach(bias -> arrays.add(bias.gradient));
        forward.integrators.values().forEach(layer -> arrays.add(layer.byLeak));
        forward.activations.values().forEach(layer -> arrays.add(layer.sums));
        forward.dynamicNeurons.values().forEach(layer -> {
            arrays.add(layer.byLeak);
            arrays.add(layer.byThreshold);
        });
        return arrays.toArray();
    }
}
