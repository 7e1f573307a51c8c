/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.sim.tornado;

import io.synaptile.sim.network.Layer;
import io.synaptile.sim.network.Network;
import io.synaptile.sim.network.NormState;
import io.synaptile.sim.tornado.kernel.G;
import io.synaptile.sim.tornado.kernel.NormKernels;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;
import uk.ac.manchester.tornado.api.types.arrays.IntArray;

/** A batch normalisation on the device; neurons that read it apply its affine map themselves. */
final class Norm {
    final Network.Node node;
    final Signal input;
    final NormState state;
    final IntArray g;
    final FloatArray gamma;
    /** A single entry if the norm has no offset. */
    final FloatArray beta;

    final FloatArray gain;
    final FloatArray offset;
    /** Mean and unbiased variance of the batch. */
    final FloatArray mean;

    final FloatArray unbiased;
    final FloatArray gammaGradient;
    final FloatArray betaGradient;
    private final FloatArray scale;
    private final FloatArray meanGradient;
    private final FloatArray meanProduct;
    private final FloatArray epsilon = Memory.floats(1);

    Norm(Network.Node node, Signal input, NormState state, Pass pass) {
        this.node = node;
        this.input = input;
        this.state = state;
        this.g = Sizes.of(node, input.shape());
        g.set(G.CONSTANT_INPUT, input.constant() ? 1 : 0);
        epsilon.set(0, ((Layer.StepNorm) node.layer()).epsilon());
        int size = state.gamma().length;
        gamma = Memory.floats(size);
        beta = Memory.floats(state.beta().length);
        gain = Memory.floats(size);
        offset = Memory.floats(size);
        mean = Memory.floats(size);
        scale = Memory.floats(size);
        unbiased = Memory.floats(size);
        gammaGradient = Memory.floats(size);
        betaGradient = Memory.floats(state.beta().length);
        meanGradient = Memory.floats(size);
        meanProduct = Memory.floats(size);
        pass.upload(g, epsilon);
    }

    /** Folds a state's scales and running statistics into the affine map, for inference. */
    void install(NormState values) {
        float added = epsilon.get(0);
        for (int i = 0; i < gain.getSize(); i++) {
            float factor = values.gamma()[i] * (float) (1 / Math.sqrt(values.variance()[i] + added));
            gain.set(i, factor);
            offset.set(i, values.offset(i) - factor * values.mean()[i]);
        }
    }

    /** The affine map that neurons apply. */
    Affine affine() {
        return new Affine(gain, offset, g.get(G.NORM_STEPS));
    }

    /** Adds the statistics of the batch. */
    void statistics(Pass pass) {
        Graph graph = pass.graph;
        int maps = pass.memory.maps(input.constant());
        FloatArray sums = pass.memory.takeFloats(maps * state.channels());
        FloatArray products = pass.memory.takeFloats(maps * state.channels());
        graph.task(
                graph.threads("mapStatistics", (long) maps * state.channels()),
                NormKernels::mapStatistics,
                input.single(),
                input.halves(),
                sums,
                products,
                g,
                pass.run,
                pass.sixteen);
        graph.task(
                graph.threads("batchStatistics", state.gamma().length),
                NormKernels::batchStatistics,
                sums,
                products,
                epsilon,
                gamma,
                beta,
                mean,
                scale,
                unbiased,
                gain,
                offset,
                g,
                pass.run);
        pass.memory.release(sums);
        pass.memory.release(products);
    }

    /** Adds the normalised maps, where anything but neurons reads them. */
    Signal apply(Pass pass) {
        return affine().apply(pass, "normalise", node, input, g);
    }

    /** Adds the derivatives. */
    void backward(Pass pass, FloatArray dy, FloatArray dx, int accumulate) {
        Graph graph = pass.graph;
        int maps = pass.memory.maps(false);
        FloatArray sums = pass.memory.takeFloats(maps * state.channels());
        FloatArray products = pass.memory.takeFloats(maps * state.channels());
        graph.task(
                graph.threads("mapProducts", (long) maps * state.channels()),
                NormKernels::mapProducts,
                input.single(),
                input.halves(),
                dy,
                mean,
                scale,
                sums,
                products,
                g,
                pass.run,
                pass.sixteen);
        graph.task(
                graph.threads("batchProducts", state.gamma().length),
                NormKernels::batchProducts,
                sums,
                products,
                gammaGradient,
                betaGradient,
                meanGradient,
                meanProduct,
                g,
                pass.run);
        if (dx != null) {
            graph.task(
                    graph.threads("normGradient", (long) maps * node.out().size()),
                    NormKernels::input,
                    input.single(),
                    input.halves(),
                    dy,
                    mean,
                    scale,
                    gain,
                    meanGradient,
                    meanProduct,
                    dx,
                    g,
                    pass.run,
                    accumulate,
                    pass.sixteen);
        }
        pass.memory.release(sums);
        pass.memory.release(products);
    }

    /** Moves the running statistics towards those of the batch, after they have come back from the device. */
    void updateRunning(NormState running, int steps) {
        float momentum = ((Layer.StepNorm) node.layer()).momentum();
        int used = Math.min(steps, running.steps()) * running.channels();
        for (int i = 0; i < used; i++) {
            running.mean()[i] = (1 - momentum) * running.mean()[i] + momentum * mean.get(i);
            running.variance()[i] = (1 - momentum) * running.variance()[i] + momentum * unbiased.get(i);
        }
    }
}
