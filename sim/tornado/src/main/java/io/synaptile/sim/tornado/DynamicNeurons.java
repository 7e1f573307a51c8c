/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.sim.tornado;

import io.synaptile.sim.network.Emission;
import io.synaptile.sim.network.Layer;
import io.synaptile.sim.network.Network;
import io.synaptile.sim.network.NeuronDynamics;
import io.synaptile.sim.network.NeuronSpec;
import io.synaptile.sim.network.Parameters;
import io.synaptile.sim.network.Role;
import io.synaptile.sim.tornado.kernel.DynamicNeuronKernels;
import io.synaptile.sim.tornado.kernel.G;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;
import uk.ac.manchester.tornado.api.types.arrays.IntArray;

/** A layer of neurons with more than plain dynamics on the device; their potentials are kept in single precision. */
final class DynamicNeurons implements NeuronTasks {
    private final Network.Node node;
    private final NeuronSpec spec;
    private final NeuronDynamics dynamics;
    private final IntArray g;
    private final Signal input;
    private final Affine affine;
    /** Numbers of the layer, then leak and threshold of every channel; see {@link DynamicNeuronKernels}. */
    final FloatArray constants;
    /** Potentials before reset, and what they have to exceed; a single entry where they are not kept. */
    private FloatArray potentials;

    private FloatArray bars;
    /** What every neuron of every sample adds to the derivatives by leak and threshold. */
    final FloatArray byLeak;

    final FloatArray byThreshold;

    /** @param affine what the neurons apply to {@code input} first, or null */
    DynamicNeurons(Network.Node node, Signal input, Affine affine, Pass pass, boolean training) {
        this.node = node;
        this.input = input;
        this.affine = affine;
        this.spec = ((Layer.Neuron) node.layer()).spec();
        this.dynamics = spec.dynamics();
        g = Sizes.of(node, input.shape());
        g.set(G.CONSTANT_INPUT, input.constant() ? 1 : 0);
        g.set(G.NORM_STEPS, affine == null ? 0 : affine.steps());
        int values = training ? pass.memory.maps(true) * node.out().size() : 1;
        byLeak = Memory.floats(values);
        byThreshold = Memory.floats(values);
        constants = Memory.floats(DynamicNeuronKernels.NUMBERS + 2 * node.out().channels());
        float[] numbers = {
            spec.inputGain(),
            spec.resetPotential(),
            spec.reset() == NeuronSpec.Reset.HARD ? 1f : 0f,
            spec.firing() == NeuronSpec.Firing.FROM ? 1f : 0f,
            dynamics.refractorySteps(),
            dynamics.adaptationDecay(),
            dynamics.adaptationStrength(),
            Neurons.kind(spec.surrogate()),
            Neurons.shape(spec.surrogate()),
            dynamics.initial(),
            switch (dynamics.emission()) {
                case Emission.Fixed(float value) -> value;
                case Emission.Threshold _ -> DynamicNeuronKernels.EMITS_THRESHOLD;
            }
        };
        for (int i = 0; i < numbers.length; i++) {
            constants.set(i, numbers[i]);
        }
        pass.upload(g);
        pass.refresh(constants);
    }

    /** Writes the layer's leaks and thresholds. */
    void install(Parameters parameters) {
        write(0, parameters.byChannel(node, Role.LEAK, dynamics.leak(), spec.leak()));
        write(1, parameters.byChannel(node, Role.THRESHOLD, dynamics.threshold(), spec.threshold()));
    }

    private void write(int row, float[] byChannel) {
        for (int c = 0; c < byChannel.length; c++) {
            constants.set(DynamicNeuronKernels.NUMBERS + row * byChannel.length + c, byChannel[c]);
        }
    }

    /** The derivative by a role's parameters, after a backward pass of so many samples. */
    void gradient(Role role, int samples, float[] into) {
        FloatArray parts = role == Role.LEAK ? byLeak : byThreshold;
        int channels = node.out().channels();
        double[] byChannel = new double[channels];
        for (int i = 0; i < samples * node.out().size(); i++) {
            byChannel[i % channels] += parts.get(i);
        }
        (role == Role.LEAK ? dynamics.leak() : dynamics.threshold()).collect(byChannel, into);
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
        int values =
                kept ? Math.multiplyExact(pass.memory.maps(false), node.out().size()) : 1;
        potentials = Memory.floats(values);
        bars = Memory.floats(values);
        graph.task(
                graph.threads(
                        "dynamicFire",
                        (long) pass.memory.maps(true) * node.out().size()),
                DynamicNeuronKernels::fire,
                input.single(),
                input.halves(),
                gain,
                offset,
                spikes.single(),
                spikes.halves(),
                potentials,
                bars,
                constants,
                g,
                pass.run,
                affine == null ? 0 : 1,
                kept ? 1 : 0,
                pass.sixteen);
        return spikes;
    }

    @Override
    public Object[] potentials() {
        return new Object[] {potentials};
    }

    @Override
    public float potential(int index, boolean half) {
        return potentials.get(index);
    }

    @Override
    public void backward(Pass pass, FloatArray dy, FloatArray dx, int accumulate) {
        Graph graph = pass.graph;
        graph.task(
                graph.threads(
                        "dynamicFireBack",
                        (long) pass.memory.maps(true) * node.out().size()),
                DynamicNeuronKernels::back,
                dy,
                potentials,
                bars,
                dx,
                byLeak,
                byThreshold,
                constants,
                g,
                pass.run,
                accumulate);
    }
}
