/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.sim.tornado;

import io.synaptile.sim.network.Network;
import io.synaptile.sim.tornado.kernel.EventKernels;
import io.synaptile.sim.tornado.kernel.G;
import io.synaptile.sim.tornado.kernel.Half;
import io.synaptile.sim.tornado.kernel.SynapseGradientKernels;
import io.synaptile.sim.tornado.kernel.SynapseKernels;
import io.synaptile.sim.tornado.kernel.WeightKernels;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;
import uk.ac.manchester.tornado.api.types.arrays.IntArray;
import uk.ac.manchester.tornado.api.types.arrays.ShortArray;

/** A convolution or dense layer on the device with ideal weights. */
final class Synapse {
    /** Most parts that the sum of a weight gradient is cut into, and most values in all of them. */
    private static final int MOST_PARTS = 32;

    private static final int LARGEST_PARTIAL = 1 << 24;

    final Network.Node node;
    final Signal input;
    final IntArray g;
    /** Weights as set by the caller, {@code [out, in, kh, kw]}. */
    final FloatArray canonical;

    /** Derivative by the weights, {@code [out, in, kh, kw]}; null outside training. */
    FloatArray gradient;

    private final FloatArray weights;
    private final ShortArray halfWeights;
    private final IntArray rowTaps;
    private final EventList list;
    private final int sixteen;

    /** @param list non-zero inputs, or null where the input is analogue: the dense kernels are used then */
    Synapse(Network.Node node, Signal input, EventList list, Pass pass) {
        this.node = node;
        this.input = input;
        this.list = list;
        this.sixteen = pass.sixteen;
        this.g = Sizes.of(node, input.shape());
        g.set(G.CONSTANT_INPUT, input.constant() ? 1 : 0);
        g.set(G.CONSTANT_OUTPUT, input.constant() ? 1 : 0);
        g.set(G.CHOICE, list == null ? 0 : pass.nextChoice());
        int count = node.weightCount();
        // Of the layer alone: gradients must not depend on the size of the largest batch.
        g.set(G.SPLITS, Math.clamp(LARGEST_PARTIAL / count, 1, MOST_PARTS));
        canonical = Memory.floats(count);
        weights = Memory.floats(sixteen == 1 ? 1 : count);
        halfWeights = new ShortArray(sixteen == 1 ? count : 1);
        rowTaps = Sizes.rowTaps(g);
        pass.upload(g, rowTaps);
    }

    /** Puts the weights in the order of the device. */
    void pack(Pass pass) {
        Graph graph = pass.graph;
        graph.task(
                graph.threads("pack", node.weightCount()),
                WeightKernels::pack,
                canonical,
                weights,
                halfWeights,
                g,
                pass.sixteen);
    }

    /** Puts weights in the order of the device here, for weights that stay as they are for many batches. */
    void install(float[] values) {
        for (int i = 0; i < values.length; i++) {
            Half.store(weights, halfWeights, sixteen, i, values[WeightKernels.canonical(i, g)]);
        }
    }

    /** The weights as kernels read them. */
    Object[] packed() {
        return new Object[] {weights, halfWeights};
    }

    /** Adds the forward pass; both kernels are there, and the one that is not chosen returns at once. */
    Signal forward(Pass pass) {
        Graph graph = pass.graph;
        Signal out = pass.memory.signal(node.out(), input.constant(), false);
        long positions = (long) pass.memory.maps(input.constant()) * node.out().positions();
        int channels = node.out().channels();
        if (list != null) {
            graph.task(
                    graph.groups("choose", 1, EventKernels.GROUP).with(EventKernels.LOCAL_BYTES),
                    EventKernels::choose,
                    list.count(),
                    pass.choice,
                    pass.limit,
                    g,
                    pass.run);
            graph.task(
                    graph.positions("events", positions, channels),
                    SynapseKernels::events,
                    input.single(),
                    input.halves(),
                    list.count(),
                    list.channel(),
                    weights,
                    halfWeights,
                    out.single(),
                    out.halves(),
                    g,
                    pass.run,
                    pass.choice,
                    pass.sixteen);
        }
        graph.task(
                graph.groups("dense", blocks(positions), blocks(channels), 1, SynapseKernels.GROUP)
                        .with(SynapseKernels.LOCAL_BYTES),
                SynapseKernels::dense,
                input.single(),
                input.halves(),
                weights,
                halfWeights,
                out.single(),
                out.halves(),
                g,
                rowTaps,
                pass.run,
                pass.choice,
                pass.sixteen);
        return out;
    }

    private static int blocks(long count) {
        return Math.toIntExact((count + SynapseKernels.BLOCK - 1) / SynapseKernels.BLOCK);
    }

    /** Length of the parts of the weight gradient. */
    int partialSize() {
        return Math.multiplyExact(g.get(G.SPLITS), node.weightCount());
    }

    /**
     * Adds the derivatives.
     *
     * @param dy derivative by the output, of every step
     * @param overSteps memory for its sum over the steps where the input is constant
     * @param partial at least {@link #partialSize}
     * @param dx receives the derivative by the input, or null where nobody wants it
     */
    void backward(Pass pass, FloatArray dy, FloatArray overSteps, FloatArray partial, FloatArray dx, int accumulate) {
        Graph graph = pass.graph;
        FloatArray derivative = input.constant() ? overSteps : dy;
        int channels = node.out().channels();
        if (input.constant()) {
            long size = (long) pass.memory.maps(true) * node.out().size();
            graph.task(graph.threads("steps", size), SynapseGradientKernels::overSteps, dy, overSteps, g, pass.run);
        }
        if (list != null) {
            graph.task(
                    graph.groups(
                            "weightsEvents",
                            g.get(G.KERNEL_HEIGHT) * g.get(G.KERNEL_WIDTH),
                            (channels + 63) / 64,
                            g.get(G.SPLITS),
                            64),
                    SynapseGradientKernels::weightsEvents,
                    input.single(),
                    input.halves(),
                    list.count(),
                    list.channel(),
                    derivative,
                    partial,
                    g,
                    pass.run,
                    pass.choice,
                    pass.sixteen);
        }
        graph.task(
                graph.groups(
                                "weightsDense",
                                blocks(g.get(G.ROWS)),
                                blocks(channels),
                                g.get(G.SPLITS),
                                SynapseKernels.GROUP)
                        .with(SynapseKernels.LOCAL_BYTES),
                SynapseGradientKernels::weightsDense,
                input.single(),
                input.halves(),
                derivative,
                partial,
                g,
                rowTaps,
                pass.run,
                pass.choice,
                pass.sixteen);
        graph.task(graph.threads("combine", node.weightCount()), SynapseGradientKernels::combine, partial, gradient, g);
        if (dx != null) {
            IntArray outputTaps = Sizes.outputTaps(g);
            pass.upload(outputTaps);
            long positions = (long) pass.memory.maps(false) * input.shape().positions();
            graph.task(
                    graph.groups("inputGradient", blocks(positions), blocks(g.get(G.CHANNELS)), 1, SynapseKernels.GROUP)
                            .with(SynapseKernels.LOCAL_BYTES),
                    SynapseGradientKernels::input,
                    dy,
                    weights,
                    halfWeights,
                    dx,
                    g,
                    outputTaps,
                    pass.run,
                    accumulate,
                    pass.sixteen);
        }
    }
}
