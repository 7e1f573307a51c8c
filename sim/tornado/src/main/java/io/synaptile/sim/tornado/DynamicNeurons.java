/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.sim.tornado;

import io.synaptile.sim.network.Emission;
import io.synaptile.sim.network.Layer;
import io.synaptile.sim.network.Network;
import io.synaptile.sim.network.NeuronDynamics;
import io.synaptile.sim.network.NeuronSpec;
import io.synaptile.sim.network.Parameters;
import io.synaptile.sim.network.Representation;
import io.synaptile.sim.network.Role;
import io.synaptile.sim.network.Surrogate;
import io.synaptile.sim.tornado.kernel.DynamicNeuronKernels;
import io.synaptile.sim.tornado.kernel.G;
import io.synaptile.sim.tornado.kernel.RepresentationKernels;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;
import uk.ac.manchester.tornado.api.types.arrays.IntArray;

/**
 * A layer of neurons with more than plain dynamics on the device; their potentials are kept in single precision. Those that learn
 * by their mean input keep that instead, one number per neuron and sample.
 */
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
    /** Whether this is training by the mean input. */
    private final boolean byMean;
    /** Weighted mean inputs; a single entry where neurons do not learn by them. */
    private final FloatArray means;
    /** Weights of the steps of a mean in runs of every length, each behind the shorter ones. */
    private final FloatArray weights;
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
            spec.estimator() instanceof Surrogate surrogate ? Neurons.kind(surrogate) : 0f,
            spec.estimator() instanceof Surrogate surrogate ? Neurons.shape(surrogate) : 0f,
            dynamics.initial(),
            switch (dynamics.emission()) {
                case Emission.Fixed(float value) -> value;
                case Emission.Threshold _ -> DynamicNeuronKernels.EMITS_THRESHOLD;
            },
            dynamics.emission() instanceof Emission.Threshold(float factor) ? factor : 0f,
            dynamics.firingShare()
        };
        for (int i = 0; i < numbers.length; i++) {
            constants.set(i, numbers[i]);
        }
        byMean = training && spec.estimator() instanceof Representation;
        means = Memory.floats(byMean ? values : 1);
        weights = byMean ? weights(pass.memory.maps(false) / pass.memory.maps(true)) : Memory.floats(1);
        pass.upload(g, weights);
        pass.refresh(constants);
    }

    private FloatArray weights(int most) {
        FloatArray all = Memory.floats(most * (most + 1) / 2);
        for (int steps = 1, at = 0; steps <= most; at += steps++) {
            float[] run = Representation.weights(spec.leak(), steps);
            for (int t = 0; t < steps; t++) {
                all.set(at + t, run[t]);
            }
        }
        return all;
    }

    private FloatArray form(Representation representation) {
        return FloatArray.fromElements(
                representation.timeConstant() / representation.step(),
                representation.slope(),
                representation.thresholdSlope(1),
                spec.leak() == 1f ? 1f : 0f);
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
        boolean tape = kept && !byMean;
        int values =
                tape ? Math.multiplyExact(pass.memory.maps(false), node.out().size()) : 1;
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
                tape ? 1 : 0,
                pass.sixteen);
        if (byMean) {
            graph.task(
                    graph.threads(
                            "meanInput",
                            (long) pass.memory.maps(true) * node.out().size()),
                    RepresentationKernels::mean,
                    input.single(),
                    input.halves(),
                    gain,
                    offset,
                    means,
                    weights,
                    g,
                    pass.run,
                    affine == null ? 0 : 1,
                    pass.sixteen);
        }
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
        if (byMean) {
            FloatArray form = form((Representation) spec.estimator());
            pass.upload(form);
            graph.task(
                    graph.threads(
                            "meanInputBack",
                            (long) pass.memory.maps(true) * node.out().size()),
                    RepresentationKernels::back,
                    dy,
                    means,
                    weights,
                    form,
                    dx,
                    byThreshold,
                    constants,
                    g,
                    pass.run,
                    accumulate);
            return;
        }
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
