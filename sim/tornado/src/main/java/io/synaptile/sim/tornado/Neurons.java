/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.sim.tornado;

import io.synaptile.sim.network.Layer;
import io.synaptile.sim.network.Network;
import io.synaptile.sim.network.NeuronSpec;
import io.synaptile.sim.network.Surrogate;
import io.synaptile.sim.tornado.kernel.G;
import io.synaptile.sim.tornado.kernel.Half;
import io.synaptile.sim.tornado.kernel.NeuronKernels;
import io.synaptile.sim.tornado.kernel.Surrogates;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;
import uk.ac.manchester.tornado.api.types.arrays.IntArray;

/** A layer of neurons on the device. */
final class Neurons implements NeuronTasks {
    private final Network.Node node;
    private final IntArray g;
    private final Signal input;
    private final Affine affine;
    private final FloatArray parameters;
    /** Potentials before reset; without memory where they are not kept. */
    private Signal potential;

    /** @param affine what the neurons apply to {@code input} first, or null */
    Neurons(Network.Node node, Signal input, Affine affine, Pass pass) {
        this.node = node;
        this.input = input;
        this.affine = affine;
        g = Sizes.of(node, input.shape());
        g.set(G.CONSTANT_INPUT, input.constant() ? 1 : 0);
        g.set(G.NORM_STEPS, affine == null ? 0 : affine.steps());
        NeuronSpec spec = ((Layer.Neuron) node.layer()).spec();
        parameters = FloatArray.fromElements(
                spec.leak(),
                spec.threshold(),
                spec.reset() == NeuronSpec.Reset.HARD ? 1f : 0f,
                shape(spec.surrogate()),
                spec.inputGain(),
                spec.resetPotential(),
                spec.firing() == NeuronSpec.Firing.FROM ? 1f : 0f,
                kind(spec.surrogate()),
                spec.initialPotential(),
                spec.emission(),
                spec.dynamics().firingShare());
        pass.upload(g, parameters);
    }

    static float kind(Surrogate surrogate) {
        return switch (surrogate) {
            case Surrogate.Triangle _ -> Surrogates.TRIANGLE;
            case Surrogate.Rectangle _ -> Surrogates.RECTANGLE;
            case Surrogate.ArcTangent _ -> Surrogates.ARC_TANGENT;
            case Surrogate.FastSigmoid _ -> Surrogates.FAST_SIGMOID;
            case Surrogate.Sigmoid _ -> Surrogates.SIGMOID;
        };
    }

    /** The one number that sets a surrogate of its kind apart. */
    static float shape(Surrogate surrogate) {
        return switch (surrogate) {
            case Surrogate.Triangle(float height) -> height;
            case Surrogate.Rectangle(float width) -> width;
            case Surrogate.ArcTangent(float alpha) -> alpha;
            case Surrogate.FastSigmoid(float slope) -> slope;
            case Surrogate.Sigmoid(float alpha) -> alpha;
        };
    }

    @Override
    public IntArray sizes() {
        return g;
    }

    @Override
    public Signal forward(Pass pass, boolean kept) {
        Graph graph = pass.graph;
        Signal spikes = pass.memory.signal(node.out(), false, true);
        FloatArray gain = affine == null ? Memory.floats(1) : affine.gain();
        FloatArray offset = affine == null ? Memory.floats(1) : affine.offset();
        if (affine == null) {
            pass.upload(gain, offset);
        }
        potential = kept ? pass.memory.signal(node.out(), false, false) : pass.memory.nothing(node.out());
        graph.task(
                graph.threads("fire", (long) pass.memory.maps(true) * node.out().size()),
                NeuronKernels::fire,
                input.single(),
                input.halves(),
                gain,
                offset,
                spikes.single(),
                spikes.halves(),
                potential.single(),
                potential.halves(),
                parameters,
                g,
                pass.run,
                affine == null ? 0 : 1,
                kept ? 1 : 0,
                pass.sixteen);
        return spikes;
    }

    @Override
    public Object[] potentials() {
        return new Object[] {potential.single(), potential.halves()};
    }

    @Override
    public float potential(int index, boolean half) {
        return Half.load(potential.single(), potential.halves(), half ? 1 : 0, index);
    }

    @Override
    public void backward(Pass pass, FloatArray dy, FloatArray dx, int accumulate) {
        Graph graph = pass.graph;
        graph.task(
                graph.threads(
                        "fireBack", (long) pass.memory.maps(true) * node.out().size()),
                NeuronKernels::back,
                dy,
                potential.single(),
                potential.halves(),
                dx,
                parameters,
                g,
                pass.run,
                accumulate,
                pass.sixteen);
    }
}
