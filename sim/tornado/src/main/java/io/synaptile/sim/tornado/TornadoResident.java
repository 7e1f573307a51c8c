/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.sim.tornado;

import io.synaptile.sim.compute.InputBatch;
import io.synaptile.sim.compute.ResidentTraining;
import io.synaptile.sim.compute.TrainingRecipe;
import io.synaptile.sim.network.Layer;
import io.synaptile.sim.network.Network;
import io.synaptile.sim.network.NormState;
import io.synaptile.sim.network.ParameterId;
import io.synaptile.sim.network.Role;
import io.synaptile.sim.tornado.kernel.R;
import io.synaptile.sim.tornado.kernel.S;
import io.synaptile.sim.tornado.kernel.UpdateKernels;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import uk.ac.manchester.tornado.api.common.TornadoDevice;
import uk.ac.manchester.tornado.api.types.arrays.DoubleArray;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;
import uk.ac.manchester.tornado.api.types.arrays.IntArray;

/**
 * Training whose state stays on the device. A step runs two graphs: one makes the effective weights, one goes from the images
 * through loss and gradients to the update. Two more carry the state there and back.
 */
final class TornadoResident implements ResidentTraining, AutoCloseable {
    private static final int PUT = 0;

    private final Network network;
    private final int timeSteps;
    private final int maxSamples;
    private final TornadoDevice device;
    private final boolean half;
    private final KernelTime kernelTime;
    private final TrainingRecipe recipe;

    /** What the device has or is to have, until a step changes it there. */
    private State known;

    private Program program;

    TornadoResident(
            Network network,
            int timeSteps,
            int maxSamples,
            TornadoDevice device,
            boolean half,
            KernelTime kernelTime,
            TrainingRecipe recipe) {
        this.network = network;
        this.timeSteps = timeSteps;
        this.maxSamples = maxSamples;
        this.device = device;
        this.half = half;
        this.kernelTime = kernelTime;
        this.recipe = recipe;
    }

    @Override
    public void put(State state) {
        check(state);
        known = copyOf(state);
        if (program != null) {
            program.put(known);
        }
    }

    @Override
    public void get(State into) {
        check(into);
        if (known == null) {
            throw new IllegalStateException("no state has been put on the device");
        }
        if (program != null) {
            program.get(known);
        }
        copy(known, into);
    }

    @Override
    public Step step(InputBatch input, int[] labels, float rate, int epoch, int batch) {
        Checks.input(network, input);
        if (known == null) {
            throw new IllegalStateException("no state has been put on the device");
        }
        if (input.timeSteps() != timeSteps || input.samples() > maxSamples || labels.length != input.samples()) {
            throw new IllegalArgumentException("a batch of " + input.samples() + " samples, " + labels.length
                    + " labels and " + input.timeSteps() + " time steps, the network was opened for at most "
                    + maxSamples
                    + " samples of " + timeSteps + " steps");
        }
        for (int label : labels) {
            if (label < 0 || label >= network.classes()) {
                throw new IllegalArgumentException("label " + label + " is outside 0-" + (network.classes() - 1));
            }
        }
        InputForm form = InputForm.of(input.encoder());
        if (program == null || program.form != form) {
            replace(form);
        }
        return program.step(input, labels, rate, epoch, batch);
    }

    private void replace(InputForm form) {
        if (program != null) {
            program.get(known);
            program.plan.close();
        }
        program = new Program(form);
        program.put(known);
    }

    private void check(State state) {
        state.parameters().require(network, timeSteps, _ -> true);
        state.velocity().require(network, timeSteps, id -> id.role().isTrainable());
    }

    private static State copyOf(State state) {
        return new State(state.parameters().copy(), state.velocity().copy());
    }

    private static void copy(State from, State into) {
        from.parameters().copyInto(into.parameters());
        from.velocity().copyInto(into.velocity());
    }

    @Override
    public void close() {
        if (program != null) {
            program.plan.close();
            program = null;
        }
    }

    /** An array that the optimiser moves as it is: scales and offsets of norms, biases. */
    private record Moved(ParameterId id, FloatArray values, FloatArray gradient, FloatArray velocity) {
        Moved(int node, Role role, FloatArray values, FloatArray gradient) {
            this(new ParameterId(node, role), values, gradient, Memory.floats(values.getSize()));
        }
    }

    /** Running statistics of one norm on the device. */
    private record Statistics(FloatArray mean, FloatArray variance) {}

    /** The graphs for one kind of input coding. */
    private final class Program {
        final InputForm form;
        final Plan plan;

        private final Forward forward;
        private final IntArray labels = new IntArray(maxSamples);
        private final IntArray draw = new IntArray(2);
        private final FloatArray rate = Memory.floats(1);
        private final FloatArray constants = FloatArray.fromElements(recipe.momentum(), recipe.weightDecay());
        private final DoubleArray loss = new DoubleArray(1);
        private final IntArray correct = new IntArray(1);
        private final Map<Integer, Stages> layers = new TreeMap<>();
        private final Map<Integer, FloatArray> velocities = new HashMap<>();
        private final List<Moved> moved = new ArrayList<>();
        private final Map<Integer, Statistics> norms = new TreeMap<>();
        private final List<Integer> stepGraphs = new ArrayList<>();
        private final int get;

        /** Whether the device has gone on from what {@link #known} says. */
        private boolean changed;

        Program(InputForm form) {
            Capacity.requireTrainable(network, timeSteps, device, half, maxSamples);
            this.form = form;
            IntArray run = new IntArray(R.SIZE);
            IntArray choice = Checks.choices(network);
            labels.init(0);
            Graph step = new Graph("step");
            Pass pass = new Pass(step, new Memory(maxSamples, timeSteps, half), run, choice);
            forward = new Forward(network, null, form, timeSteps, Probed.NOTHING, pass);
            step.inputs(forward.images, forward.ids, forward.rescale, run, labels, rate);
            step.constants(choice, constants);
            Graph prepare = new Graph("prepare");
            forward.synapses.forEach((node, synapse) -> {
                Stages stages = new Stages(node, recipe.of(node), synapse.canonical, draw, run);
                stages.prepare(prepare);
                layers.put(node, stages);
                velocities.put(node, Memory.floats(synapse.node.weightCount()));
            });
            forward.norms.forEach((node, norm) -> {
                int size = norm.gamma.getSize();
                moved.add(new Moved(node, Role.GAMMA, norm.gamma, norm.gammaGradient));
                if (norm.state.beta().length > 0) {
                    moved.add(new Moved(node, Role.BETA, norm.beta, norm.betaGradient));
                }
                norms.put(node, new Statistics(Memory.floats(size), Memory.floats(size)));
            });
            forward.biases.forEach((node, bias) -> moved.add(new Moved(node, Role.BIAS, bias.values, bias.gradient)));
            FloatArray scoreGradient = Memory.floats(maxSamples * network.classes());
            addLoss(pass, scoreGradient);
            new Backward(forward, pass, scoreGradient, Set.of());
            addUpdates(step);
            step.outputs(loss, correct);

            List<Graph> graphs = new ArrayList<>();
            Graph there = new Graph("put");
            touchAll(there);
            there.inputs(state());
            graphs.add(there);
            if (!prepare.tasks().isEmpty()) {
                stepGraphs.add(graphs.size());
                graphs.add(prepare);
            }
            stepGraphs.add(graphs.size());
            graphs.add(step);
            // Last, so that every part of a step carries the state on: the next step takes it from there.
            get = graphs.size();
            Graph back = new Graph("get");
            touchAll(back);
            back.outputs(state());
            graphs.add(back);
            plan = new Plan(device, kernelTime, graphs);
        }

        private void addLoss(Pass pass, FloatArray scoreGradient) {
            DoubleArray losses = new DoubleArray(maxSamples);
            IntArray hits = new IntArray(maxSamples);
            pass.graph.task(
                    pass.graph.threads("softmax", maxSamples),
                    UpdateKernels::softmax,
                    forward.scores,
                    labels,
                    scoreGradient,
                    losses,
                    hits,
                    forward.sizes.get(network.nodes().getLast().id()),
                    pass.run);
            pass.graph.task(
                    pass.graph.groups("total", 1, UpdateKernels.GROUP).with(UpdateKernels.LOCAL_BYTES),
                    UpdateKernels::total,
                    losses,
                    hits,
                    loss,
                    correct,
                    pass.run);
        }

        private void addUpdates(Graph step) {
            layers.forEach((node, stages) -> {
                FloatArray gradient = forward.synapses.get(node).gradient;
                stages.pullBack(step, gradient);
                addDescent(step, stages.latent, gradient, velocities.get(node));
            });
            moved.forEach(array -> addDescent(step, array.values, array.gradient, array.velocity));
            norms.forEach((node, arrays) -> {
                Norm norm = forward.norms.get(node);
                FloatArray momentum = FloatArray.fromElements(((Layer.StepNorm) norm.node.layer()).momentum());
                IntArray s = count(step, arrays.mean);
                step.constants(momentum);
                step.task(
                        step.threads("follow", arrays.mean.getSize()),
                        UpdateKernels::follow,
                        norm.mean,
                        norm.unbiased,
                        arrays.mean,
                        arrays.variance,
                        momentum,
                        s);
            });
        }

        private void addDescent(Graph step, FloatArray parameters, FloatArray gradient, FloatArray velocity) {
            IntArray s = count(step, parameters);
            step.task(
                    step.threads("descend", parameters.getSize()),
                    UpdateKernels::descend,
                    parameters,
                    gradient,
                    velocity,
                    constants,
                    rate,
                    s);
        }

        private static IntArray count(Graph graph, FloatArray array) {
            IntArray s = new IntArray(S.SIZE);
            s.init(0);
            s.set(S.COUNT, array.getSize());
            graph.constants(s);
            return s;
        }

        /** Everything that {@link #known} holds, as arrays of the device. */
        private Object[] state() {
            List<Object> arrays = new ArrayList<>();
            layers.forEach((node, stages) -> {
                arrays.add(stages.latent);
                arrays.add(velocities.get(node));
            });
            moved.forEach(array -> arrays.addAll(List.of(array.values, array.velocity)));
            norms.values().forEach(norm -> arrays.addAll(List.of(norm.mean, norm.variance)));
            return arrays.toArray();
        }

        private void touchAll(Graph graph) {
            for (Object state : state()) {
                FloatArray array = (FloatArray) state;
                graph.task(graph.threads("touch", 1), UpdateKernels::touch, array, count(graph, array));
            }
        }

        /** Calls with every array of a state and its place on the device. */
        private void forEach(State of, BiConsumer<float[], FloatArray> action) {
            layers.forEach((node, stages) -> {
                ParameterId id = ParameterId.weight(node);
                action.accept(of.parameters().get(id), stages.latent);
                action.accept(of.velocity().get(id), velocities.get(node));
            });
            norms.forEach((node, arrays) -> {
                NormState norm = NormState.of(network.node(node), of.parameters());
                action.accept(norm.mean(), arrays.mean);
                action.accept(norm.variance(), arrays.variance);
            });
            moved.forEach(array -> {
                action.accept(of.parameters().get(array.id), array.values);
                action.accept(of.velocity().get(array.id), array.velocity);
            });
        }

        void put(State from) {
            forEach(from, Program::write);
            plan.execute(PUT);
            changed = false;
        }

        void get(State into) {
            if (!changed) {
                return;
            }
            plan.execute(get);
            forEach(into, Program::read);
            changed = false;
        }

        Step step(InputBatch input, int[] classes, float learningRate, int epoch, int batch) {
            forward.write(input, 0, input.samples());
            for (int n = 0; n < classes.length; n++) {
                labels.set(n, classes[n]);
            }
            draw.set(0, epoch);
            draw.set(1, batch);
            rate.set(0, learningRate);
            changed = true;
            stepGraphs.forEach(plan::execute);
            return new Step(loss.get(0), correct.get(0));
        }

        private static void write(float[] from, FloatArray to) {
            for (int i = 0; i < from.length; i++) {
                to.set(i, from[i]);
            }
        }

        private static void read(float[] to, FloatArray from) {
            for (int i = 0; i < to.length; i++) {
                to[i] = from.get(i);
            }
        }
    }
}
