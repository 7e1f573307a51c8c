/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.sim.tornado;

import io.synaptile.sim.network.Network;
import io.synaptile.sim.tornado.kernel.G;
import io.synaptile.sim.tornado.kernel.MapKernels;
import io.synaptile.sim.tornado.kernel.NormKernels;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;
import uk.ac.manchester.tornado.api.types.arrays.IntArray;

/** Biases on the device; neurons that read them add them themselves. */
final class Bias {
    final Network.Node node;
    final Signal input;
    final IntArray g;
    /** By channel. */
    final FloatArray values;

    final FloatArray gradient;
    private final FloatArray ones;

    Bias(Network.Node node, Signal input, Pass pass) {
        this.node = node;
        this.input = input;
        g = Sizes.of(node, input.shape());
        g.set(G.CONSTANT_INPUT, input.constant() ? 1 : 0);
        int channels = node.out().channels();
        values = Memory.floats(channels);
        gradient = Memory.floats(channels);
        ones = Memory.floats(channels);
        ones.init(1f);
        pass.upload(g, ones);
    }

    /** Sets the biases. */
    void install(float[] biases) {
        for (int i = 0; i < biases.length; i++) {
            values.set(i, biases[i]);
        }
    }

    Affine affine() {
        return new Affine(ones, values, 1);
    }

    /** Adds the maps, where anything but neurons reads them. */
    Signal apply(Pass pass) {
        return affine().apply(pass, "bias", node, input, g);
    }

    /** Adds the derivatives. */
    void backward(Pass pass, FloatArray dy, FloatArray dx, int accumulate) {
        Graph graph = pass.graph;
        int maps = pass.memory.maps(false);
        FloatArray sums = pass.memory.takeFloats(maps * node.out().channels());
        graph.task(
                graph.threads("mapSums", (long) maps * node.out().channels()),
                NormKernels::mapSums,
                dy,
                sums,
                g,
                pass.run);
        graph.task(
                graph.threads("batchSums", node.out().channels()), NormKernels::batchSums, sums, gradient, g, pass.run);
        if (dx != null) {
            graph.task(
                    graph.threads("pass", (long) maps * node.out().size()),
                    MapKernels::pass,
                    dy,
                    dx,
                    g,
                    pass.run,
                    accumulate);
        }
        pass.memory.release(sums);
    }
}
