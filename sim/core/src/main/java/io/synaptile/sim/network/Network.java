/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.sim.network;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.function.Function;

/**
 * A spiking network: a directed acyclic graph of layers in topological order, with the shape of every layer's output.
 *
 * @param name architecture name for reports
 * @param input shape of one sample
 * @param nodes in topological order; node i has id i and reads only nodes of smaller id, or the input (-1), but for a delay,
 *     which may read later neurons
 */
public record Network(String name, Shape input, List<Node> nodes) {
    /** Id that stands for the network's input in {@link Node#inputs}. */
    public static final int INPUT = -1;

    /**
     * One layer in its place.
     *
     * @param inputs ids of the nodes it reads
     * @param in shape of its (first) input
     * @param out shape of its output
     */
    public record Node(int id, String name, Layer layer, List<Integer> inputs, Shape in, Shape out) {
        public Node {
            inputs = List.copyOf(inputs);
        }

        /** Whether this is a convolution whose channels are in more than one group. */
        public boolean isGrouped() {
            return layer instanceof Layer.Conv2d conv && conv.groups() > 1;
        }

        /**
         * This layer as it lies on arrays: where channels are in groups, they are there without, for all inputs share the rows and
         * all outputs the columns.
         */
        public Node ungrouped() {
            return layer instanceof Layer.Conv2d conv && isGrouped() ? with(conv.inGroups(1)) : this;
        }

        /** The same place with another layer, whose output has the same shape. */
        public Node with(Layer other) {
            return new Node(id, name, other, inputs, in, out);
        }

        /**
         * Shape of this layer's weights, {@code [out, in / groups, kh, kw]} or {@code [out, in]}; empty if it has none.
         */
        public int[] weightShape() {
            return switch (layer) {
                case Layer.Conv2d c ->
                    new int[] {
                        c.outChannels(),
                        in.channels() / c.groups(),
                        c.kernel().lines(),
                        c.kernel().columns()
                    };
                case Layer.Dense d -> new int[] {d.outFeatures(), in.size()};
                case Layer.Passing _,
                        Layer.Activation _,
                        Layer.Affine _,
                        Layer.Neuron _,
                        Layer.Integrator _,
                        Layer.ReadOut _ -> new int[0];
            };
        }

        /** Number of weights, 0 if it has none. */
        public int weightCount() {
            int[] shape = weightShape();
            return shape.length == 0 ? 0 : size(shape);
        }

        /**
         * Shapes of this layer's parameters and buffers by role, in the order of the roles.
         *
         * @param timeSteps rows of what it holds for every step
         */
        public SequencedMap<Role, int[]> parameters(int timeSteps) {
            SequencedMap<Role, int[]> shapes = new LinkedHashMap<>();
            switch (layer) {
                case Layer.Synapse _ -> shapes.put(Role.WEIGHT, weightShape());
                case Layer.Bias _ -> shapes.put(Role.BIAS, new int[] {out.channels()});
                case Layer.StepNorm norm -> {
                    int[] shape = {norm.stateSteps(timeSteps), out.channels()};
                    shapes.put(Role.GAMMA, shape);
                    if (norm.offset()) {
                        shapes.put(Role.BETA, shape);
                    }
                    shapes.put(Role.MEAN, shape);
                    shapes.put(Role.VARIANCE, shape);
                }
                case Layer.Neuron(NeuronSpec spec) -> {
                    put(shapes, Role.LEAK, spec.dynamics().leak());
                    put(shapes, Role.THRESHOLD, spec.dynamics().threshold());
                }
                case Layer.Integrator integrator -> put(shapes, Role.LEAK, integrator.learned());
                case Layer.RateNorm _ -> {
                    shapes.put(Role.RUNNING_MAX, new int[] {1});
                    shapes.put(Role.SCALE, new int[] {1});
                }
                case Layer.Qcfs _ -> shapes.put(Role.THRESHOLD, new int[] {1});
                case Layer.Passing _, Layer.Relu _, Layer.ReadOut _ -> {}
            }
            return shapes;
        }

        private void put(SequencedMap<Role, int[]> shapes, Role role, Scope scope) {
            if (scope != Scope.FIXED) {
                shapes.put(role, new int[] {scope.count(out.channels())});
            }
        }

        /** Value of a parameter of this layer before training; that of weights stands for random ones. */
        public float initial(Role role) {
            if (layer instanceof Layer.Neuron(NeuronSpec spec)) {
                return role == Role.LEAK ? spec.leak() : spec.threshold();
            } else if (layer instanceof Layer.Integrator integrator) {
                return integrator.leak();
            } else if (layer instanceof Layer.Qcfs quantised) {
                return quantised.initial();
            } else if (layer instanceof Layer.RateNorm norm && role == Role.SCALE) {
                return norm.initialScale();
            }
            return role.initial();
        }

        /** Whether this layer has synapses. */
        public boolean isSynapse() {
            return layer instanceof Layer.Synapse;
        }

        /**
         * This layer, which has synapses.
         *
         * @throws IllegalArgumentException if it has none
         */
        public Layer.Synapse synapse() {
            if (layer instanceof Layer.Synapse synapse) {
                return synapse;
            }
            throw new IllegalArgumentException("layer " + name + " has no synapses");
        }

        /** Inputs of one output value: kernel area times input channels, or input features. */
        public int fanIn() {
            int[] shape = weightShape();
            return weightCount() / shape[0];
        }
    }

    public Network {
        nodes = List.copyOf(nodes);
    }

    /**
     * Number of values of a shape.
     *
     * @throws ArithmeticException if an array cannot hold them
     */
    public static int size(int... shape) {
        int count = 1;
        for (int extent : shape) {
            count = Math.multiplyExact(count, extent);
        }
        return count;
    }

    public Node node(int id) {
        return nodes.get(id);
    }

    /**
     * Whether a node gives the same in every time step where the network's input is the same in every step. Dropout counts as
     * steady, for it draws one mask for all steps.
     *
     * @param id of the node, or {@link #INPUT}
     */
    public boolean isSteady(int id) {
        if (id == INPUT) {
            return true;
        }
        Node node = node(id);
        boolean keeps = switch (node.layer()) {
            case Layer.Synapse _, Layer.Passing _, Layer.Activation _, Layer.Bias _ -> true;
            case Layer.StepNorm norm -> norm.shared();
            case Layer.Neuron _, Layer.Integrator _, Layer.ReadOut _ -> false;
        };
        return keeps && node.inputs().stream().allMatch(this::isSteady);
    }

    /**
     * Nodes that can be computed only step by step, for one of them reads what another one has given the step before.
     *
     * @param first id of the first node, a delay
     * @param last id of the last one, the neurons that it reads
     */
    public record Loop(int first, int last) {
        /** Whether a node stands in it. */
        public boolean contains(int id) {
            return first <= id && id <= last;
        }
    }

    /** The loops, in order, none within another. */
    public List<Loop> loops() {
        List<Loop> loops = new ArrayList<>();
        for (Node node : nodes) {
            int source = node.inputs().getFirst();
            if (source < node.id()) {
                continue;
            }
            if (!loops.isEmpty() && loops.getLast().last() > node.id()) {
                Loop open = loops.removeLast();
                loops.add(new Loop(open.first(), Math.max(open.last(), source)));
            } else {
                loops.add(new Loop(node.id(), source));
            }
        }
        return loops;
    }

    /** The node with that name. */
    public Optional<Node> find(String nodeName) {
        return nodes.stream().filter(node -> node.name().equals(nodeName)).findFirst();
    }

    /** Nodes with synapses, in order. */
    public List<Node> synapses() {
        return nodes.stream().filter(Node::isSynapse).toList();
    }

    /** Number of classes, the size of the read-out. */
    public int classes() {
        return nodes.getLast().out().size();
    }

    /** Whether any layer is a convolution in groups. */
    public boolean hasGroups() {
        return nodes.stream().anyMatch(Node::isGrouped);
    }

    /** The same network without groups; its convolutions have more weights. */
    public Network ungrouped() {
        return new Network(name, input, nodes.stream().map(Node::ungrouped).toList());
    }

    /**
     * The same network with other layers in their places.
     *
     * @param replaced the layer of a node, or another whose output has the same shape
     */
    public Network replacing(Function<Node, Layer> replaced) {
        return new Network(
                name,
                input,
                nodes.stream().map(node -> node.with(replaced.apply(node))).toList());
    }

    /** Number of weights. */
    public long weightCount() {
        return nodes.stream().mapToLong(Node::weightCount).sum();
    }

    /** Whether any node is a convolution. */
    public boolean hasConvolution() {
        return nodes.stream().anyMatch(node -> node.layer() instanceof Layer.Conv2d);
    }
}
