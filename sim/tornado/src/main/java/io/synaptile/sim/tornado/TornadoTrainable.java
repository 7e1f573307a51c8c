/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.sim.tornado;

import io.synaptile.sim.compute.HiddenOutputs;
import io.synaptile.sim.compute.InputBatch;
import io.synaptile.sim.compute.Probe;
import io.synaptile.sim.compute.ResidentTraining;
import io.synaptile.sim.compute.TrainableNetwork;
import io.synaptile.sim.compute.TrainingRecipe;
import io.synaptile.sim.network.Network;
import io.synaptile.sim.network.NormState;
import io.synaptile.sim.network.ParameterId;
import io.synaptile.sim.network.Parameters;
import io.synaptile.sim.network.Role;
import io.synaptile.sim.tornado.kernel.R;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import uk.ac.manchester.tornado.api.common.TornadoDevice;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;
import uk.ac.manchester.tornado.api.types.arrays.IntArray;

/**
 * Training on a device: one task graph for the forward and one for the backward pass of a batch. What the backward pass needs
 * stays on the device in between.
 */
final class TornadoTrainable implements TrainableNetwork {
    private static final int FORWARD = 0;
    private static final int BACKWARD = 1;

    private final Network network;
    private final int timeSteps;
    private final int maxSamples;
    private final TornadoDevice device;
    private final boolean half;
    private final KernelTime kernelTime;
    private final Parameters parameters;
    /** Views of {@link #parameters}. */
    private final Map<Integer, NormState> norms;

    private final Map<Kind, Program> programs = new HashMap<>();

    private TornadoResident resident;
    private Program last;
    private HiddenOutputs looked;
    private int lastSamples;
    private int lastSteps;

    /** What a program is built for: the form of the input, and what of the hidden layers a loss looks at. */
    private record Kind(InputForm form, Probed probed) {}

    /** What has been built for a kind of passes. */
    private record Program(Forward forward, Backward backward, Plan plan) {}

    TornadoTrainable(
            Network network, int timeSteps, int maxSamples, TornadoDevice device, boolean half, KernelTime kernelTime) {
        this.network = network;
        this.timeSteps = timeSteps;
        this.maxSamples = maxSamples;
        this.device = device;
        this.half = half;
        this.kernelTime = kernelTime;
        this.parameters = Parameters.initial(network, timeSteps);
        this.norms = parameters.norms(network);
    }

    @Override
    public void set(ParameterId id, float[] values) {
        copy(id, values, own(id));
    }

    @Override
    public void get(ParameterId id, float[] into) {
        copy(id, own(id), into);
    }

    private float[] own(ParameterId id) {
        return parameters.find(id).orElseThrow(() -> absent(id));
    }

    private IllegalArgumentException absent(ParameterId id) {
        return new IllegalArgumentException("layer " + network.node(id.node()).name() + " has no "
                + id.role().id() + " that could be read or set");
    }

    private void copy(ParameterId id, float[] from, float[] to) {
        requireLength(id, from.length, to.length);
        System.arraycopy(from, 0, to, 0, to.length);
    }

    private void requireLength(ParameterId id, int found, int expected) {
        if (found != expected) {
            throw new IllegalArgumentException(
                    "layer " + network.node(id.node()).name() + ": " + found + " values of "
                            + id.role().id() + ", expected " + expected);
        }
    }

    @Override
    public float[] forward(InputBatch batch, Probe probe) {
        Checks.input(network, batch);
        if (batch.timeSteps() > timeSteps) {
            throw new IllegalArgumentException("a batch of " + batch.timeSteps()
                    + " time steps, the network was prepared for at most " + timeSteps);
        }
        if (batch.samples() > maxSamples) {
            throw new IllegalArgumentException(
                    "a batch of " + batch.samples() + " samples, the network was opened for " + maxSamples);
        }
        looked = HiddenOutputs.of(network, probe);
        Probed probed = new Probed(looked.nodes(), Set.of());
        last = programs.computeIfAbsent(new Kind(InputForm.of(batch.encoder()), probed), this::build);
        lastSamples = batch.samples();
        lastSteps = batch.timeSteps();
        Forward forward = last.forward();
        forward.write(batch, 0, batch.samples());
        parameters.weights().forEach((node, values) -> copy(values, forward.synapses.get(node).canonical));
        norms.forEach((node, state) -> {
            copy(state.gamma(), forward.norms.get(node).gamma);
            copy(state.beta(), forward.norms.get(node).beta);
        });
        forward.biases.forEach((node, bias) -> bias.install(parameters.get(new ParameterId(node, Role.BIAS))));
        forward.dynamicNeurons.values().forEach(layer -> layer.install(parameters));
        forward.integrators.values().forEach(layer -> layer.install(parameters));
        forward.activations.values().forEach(layer -> layer.install(parameters));
        last.plan().execute(FORWARD);
        forward.activations.values().forEach(layer -> layer.follow(parameters));
        norms.forEach((node, state) -> forward.norms.get(node).updateRunning(state, batch.timeSteps()));
        probed.show(probe, forward, 0, batch.samples(), batch.timeSteps(), half);
        int size = batch.samples() * network.classes();
        float[] scores = new float[size];
        for (int i = 0; i < size; i++) {
            scores[i] = forward.scores.get((batch.timeSteps() - 1) * size + i);
        }
        return scores;
    }

    private static void copy(float[] from, FloatArray to) {
        for (int i = 0; i < from.length; i++) {
            to.set(i, from[i]);
        }
    }

    private Program build(Kind kind) {
        Capacity.requireTrainable(network, timeSteps, device, half, maxSamples);
        IntArray run = new IntArray(R.SIZE);
        IntArray choice = Checks.choices(network);
        Memory memory = new Memory(maxSamples, timeSteps, half);

        Graph first = new Graph("forward");
        Pass there = new Pass(first, memory, run, choice);
        Forward forward = new Forward(network, null, kind.form(), timeSteps, kind.probed(), there);
        first.inputs(forward.images, forward.ids, forward.rescale, run);
        forward.synapses.values().forEach(synapse -> first.inputs(synapse.canonical));
        forward.norms.values().forEach(norm -> {
            first.inputs(norm.gamma, norm.beta);
            first.outputs(norm.mean, norm.unbiased);
        });
        forward.biases.values().forEach(bias -> first.inputs(bias.values));
        forward.activations.values().forEach(layer -> first.outputs(layer.state));
        first.constants(choice);
        first.outputs(forward.scores);
        kind.probed().fetch(first, forward);
        forward.spikes.values().forEach(array -> first.outputs(array));

        Graph second = new Graph("backward");
        Pass back = new Pass(second, memory, run, choice);
        Backward backward = new Backward(
                forward,
                back,
                Memory.floats(maxSamples * network.classes()),
                kind.probed().outputs());
        second.inputs(backward.scoreGradient);
        backward.byOutput.values().forEach(array -> second.inputs(array));
        second.outputs(backward.downloads());
        return new Program(forward, backward, new Plan(device, kernelTime, List.of(first, second)));
    }

    @Override
    public void backward(float[] scoreGradient, Map<Integer, float[]> byOutput) {
        if (last == null || scoreGradient.length != lastSamples * network.classes()) {
            throw new IllegalArgumentException("backward needs a forward pass before it and one derivative per score");
        }
        looked.require(lastSamples * lastSteps, byOutput);
        last.backward().install(byOutput, lastSamples, lastSteps);
        copy(scoreGradient, last.backward().scoreGradient);
        last.plan().execute(BACKWARD);
        int maps = lastSamples * lastSteps;
        last.forward().activations.values().forEach(layer -> layer.finish(parameters, maps));
    }

    @Override
    public void gradient(ParameterId id, float[] into) {
        requireLength(id, own(id).length, into.length);
        switch (id.role()) {
            case WEIGHT -> copy(last.forward().synapses.get(id.node()).gradient, into);
            case BIAS -> copy(last.forward().biases.get(id.node()).gradient, into);
            case GAMMA -> copy(last.forward().norms.get(id.node()).gammaGradient, into);
            case BETA -> copy(last.forward().norms.get(id.node()).betaGradient, into);
            case LEAK, THRESHOLD, SCALE -> ownGradient(id, into);
            case MEAN, VARIANCE, RUNNING_MAX -> throw absent(id);
        }
    }

    private void ownGradient(ParameterId id, float[] into) {
        Integrators integrators = last.forward().integrators.get(id.node());
        Activations activations = last.forward().activations.get(id.node());
        if (integrators != null) {
            integrators.gradient(lastSamples, into);
        } else if (activations != null) {
            into[0] = activations.gradient[0];
        } else {
            last.forward().dynamicNeurons.get(id.node()).gradient(id.role(), lastSamples, into);
        }
    }

    private static void copy(FloatArray from, float[] to) {
        for (int i = 0; i < to.length; i++) {
            to[i] = from.get(i);
        }
    }

    @Override
    public long[][] spikeCounts() {
        long[][] counts = new long[network.nodes().size()][];
        Arrays.setAll(counts, _ -> new long[0]);
        last.forward().spikes.forEach((node, perMap) -> {
            counts[node] = new long[lastSteps];
            for (int map = 0; map < lastSteps * lastSamples; map++) {
                counts[node][map / lastSamples] += perMap.get(map);
            }
        });
        return counts;
    }

    @Override
    public Optional<ResidentTraining> resident(TrainingRecipe recipe) {
        closeResident();
        resident = new TornadoResident(network, timeSteps, maxSamples, device, half, kernelTime, recipe);
        return Optional.of(resident);
    }

    private void closeResident() {
        if (resident != null) {
            resident.close();
            resident = null;
        }
    }

    @Override
    public void close() {
        closeResident();
        programs.values().forEach(program -> program.plan().close());
        programs.clear();
        last = null;
    }
}
