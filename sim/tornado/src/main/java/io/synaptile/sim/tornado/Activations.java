/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.sim.tornado;

import io.synaptile.sim.network.Layer;
import io.synaptile.sim.network.Network;
import io.synaptile.sim.network.ParameterId;
import io.synaptile.sim.network.Parameters;
import io.synaptile.sim.network.Role;
import io.synaptile.sim.tornado.kernel.ActivationKernels;
import io.synaptile.sim.tornado.kernel.G;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;
import uk.ac.manchester.tornado.api.types.arrays.IntArray;

/** A layer of rates or of quantised values on the device. */
final class Activations {
    final Network.Node node;
    private final Layer.Activation layer;
    private final Signal input;
    private final boolean training;
    private final IntArray g;
    /** What the host says of the layer: of a rate norm as the kernels have it, else levels and threshold. */
    final FloatArray numbers;
    /** Threshold and running maximum of a rate norm, which training finds on the device. */
    final FloatArray state = Memory.floats(2);
    /** By map and channel: what the derivative by the trained number consists of. */
    final FloatArray sums;
    /** The derivative by the trained number. */
    final float[] gradient = new float[1];

    Activations(Network.Node node, Layer.Activation layer, Signal input, Pass pass, boolean training) {
        this.node = node;
        this.layer = layer;
        this.input = input;
        this.training = training;
        g = Sizes.of(node, input.shape());
        g.set(G.CONSTANT_INPUT, input.constant() ? 1 : 0);
        numbers = Memory.floats(ActivationKernels.NUMBERS);
        sums = Memory.floats(training ? pass.memory.maps(false) * node.out().channels() : 1);
        pass.upload(g);
        pass.refresh(numbers);
        if (!training) {
            pass.refresh(state);
        }
    }

    private float own(Parameters parameters, Role role) {
        return parameters.get(new ParameterId(node.id(), role))[0];
    }

    /** Writes the layer's parameters. */
    void install(Parameters parameters) {
        switch (layer) {
            case Layer.Relu _ -> {}
            case Layer.RateNorm norm -> {
                float maximum = own(parameters, Role.RUNNING_MAX);
                numbers.set(ActivationKernels.MOMENTUM, norm.locked() ? 0f : norm.momentum());
                numbers.set(ActivationKernels.EPSILON, norm.epsilon());
                numbers.set(ActivationKernels.PART, norm.part(own(parameters, Role.SCALE)));
                numbers.set(ActivationKernels.MAXIMUM, maximum);
                if (!training) {
                    state.set(0, norm.threshold(maximum, own(parameters, Role.SCALE)));
                    state.set(1, maximum);
                }
            }
            case Layer.Qcfs quantised -> {
                numbers.set(0, quantised.levels());
                numbers.set(1, own(parameters, Role.THRESHOLD));
            }
        }
    }

    /** Takes a running maximum as a forward pass in training has left it. */
    void follow(Parameters parameters) {
        if (layer instanceof Layer.RateNorm) {
            parameters.get(new ParameterId(node.id(), Role.RUNNING_MAX))[0] = state.get(1);
        }
    }

    Signal forward(Pass pass) {
        Graph graph = pass.graph;
        Signal out = pass.memory.signal(node.out(), false, input.events());
        if (layer instanceof Layer.RateNorm && training) {
            int maps = pass.memory.maps(input.constant());
            FloatArray largest = pass.memory.takeFloats(maps * node.out().channels());
            graph.task(
                    graph.threads("mapLargest", (long) maps * node.out().channels()),
                    ActivationKernels::mapLargest,
                    input.single(),
                    input.halves(),
                    largest,
                    g,
                    pass.run,
                    pass.sixteen);
            graph.task(
                    graph.groups("followLargest", 1, ActivationKernels.GROUP).with(ActivationKernels.LOCAL_BYTES),
                    ActivationKernels::follow,
                    largest,
                    numbers,
                    state,
                    g,
                    pass.run);
            pass.memory.release(largest);
        }
        if (layer instanceof Layer.RateNorm) {
            graph.task(
                    graph.threads("rate", values(pass)),
                    ActivationKernels::rate,
                    input.single(),
                    input.halves(),
                    out.single(),
                    out.halves(),
                    state,
                    g,
                    pass.run,
                    pass.sixteen);
        } else {
            graph.task(
                    graph.threads("quantise", values(pass)),
                    ActivationKernels::quantise,
                    input.single(),
                    input.halves(),
                    out.single(),
                    out.halves(),
                    numbers,
                    g,
                    pass.run,
                    pass.sixteen);
        }
        return out;
    }

    private long values(Pass pass) {
        return (long) pass.memory.maps(false) * node.out().size();
    }

    /** @param dx null where nobody wants it */
    void backward(Pass pass, FloatArray dy, FloatArray dx, int accumulate) {
        Graph graph = pass.graph;
        boolean rates = layer instanceof Layer.RateNorm;
        FloatArray constants = rates ? state : numbers;
        graph.task(
                graph.threads(
                        "activationSums",
                        (long) pass.memory.maps(false) * node.out().channels()),
                rates ? ActivationKernels::rateSums : ActivationKernels::quantiseSums,
                input.single(),
                input.halves(),
                dy,
                constants,
                sums,
                g,
                pass.run,
                pass.sixteen);
        if (dx != null) {
            graph.task(
                    graph.threads("activationBack", values(pass)),
                    rates ? ActivationKernels::rateBack : ActivationKernels::quantiseBack,
                    input.single(),
                    input.halves(),
                    dy,
                    dx,
                    constants,
                    g,
                    pass.run,
                    accumulate,
                    pass.sixteen);
        }
    }

    /** Works out the derivative by the trained number, after a backward pass of so many maps with these parameters. */
    void finish(Parameters parameters, int maps) {
        double sum = 0;
        for (int i = 0; i < maps * node.out().channels(); i++) {
            sum += sums.get(i);
        }
        gradient[0] = layer instanceof Layer.RateNorm norm
                ? norm.byScale(own(parameters, Role.RUNNING_MAX), own(parameters, Role.SCALE), sum)
                : (float) (sum / own(parameters, Role.THRESHOLD));
    }
}
