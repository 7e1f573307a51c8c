/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.sim.tornado;

import io.synaptile.sim.network.Layer;
import io.synaptile.sim.network.Network;
import io.synaptile.sim.network.Parameters;
import io.synaptile.sim.network.Role;
import io.synaptile.sim.tornado.kernel.G;
import io.synaptile.sim.tornado.kernel.TemporalKernels;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;
import uk.ac.manchester.tornado.api.types.arrays.IntArray;

/** A layer of leaky integrators on the device. */
final class Integrators {
    private final Network.Node node;
    private final Layer.Integrator layer;
    private final Signal input;
    private final IntArray g;
    /** Factor on the input, then the leak of every channel. */
    private final FloatArray constants;
    /** What each value of each sample adds to the derivative by its leak. */
    final FloatArray byLeak;

    private Signal output;

    Integrators(Network.Node node, Signal input, Pass pass, boolean training) {
        this.node = node;
        this.layer = (Layer.Integrator) node.layer();
        this.input = input;
        g = Sizes.of(node, input.shape());
        g.set(G.CONSTANT_INPUT, input.constant() ? 1 : 0);
        constants = Memory.floats(1 + node.out().channels());
        constants.set(0, layer.inputGain());
        byLeak = Memory.floats(training ? pass.memory.maps(true) * node.out().size() : 1);
        pass.upload(g);
        pass.refresh(constants);
    }

    /** Writes the layer's leaks. */
    void install(Parameters parameters) {
        float[] byChannel = parameters.byChannel(node, Role.LEAK, layer.learned(), layer.leak());
        for (int c = 0; c < byChannel.length; c++) {
            constants.set(1 + c, byChannel[c]);
        }
    }

    /** The derivative by the leaks, after a backward pass of so many samples. */
    void gradient(int samples, float[] into) {
        int channels = node.out().channels();
        double[] byChannel = new double[channels];
        for (int i = 0; i < samples * node.out().size(); i++) {
            byChannel[i % channels] += byLeak.get(i);
        }
        layer.learned().collect(byChannel, into);
    }

    Signal forward(Pass pass) {
        output = pass.memory.signal(node.out(), false, false);
        pass.graph.task(
                pass.graph.threads(
                        "integrate", (long) pass.memory.maps(true) * node.out().size()),
                TemporalKernels::integrate,
                input.single(),
                input.halves(),
                output.single(),
                output.halves(),
                constants,
                g,
                pass.run,
                pass.sixteen);
        return output;
    }

    void backward(Pass pass, FloatArray dy, FloatArray dx, int accumulate) {
        pass.graph.task(
                pass.graph.threads(
                        "integrateBack",
                        (long) pass.memory.maps(true) * node.out().size()),
                TemporalKernels::integrateBack,
                dy,
                output.single(),
                output.halves(),
                dx,
                byLeak,
                constants,
                g,
                pass.run,
                accumulate,
                pass.sixteen);
    }
}
