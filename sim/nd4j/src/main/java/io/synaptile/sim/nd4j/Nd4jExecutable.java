/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.sim.nd4j;

import io.synaptile.sim.compute.BatchActivity;
import io.synaptile.sim.compute.BatchResult;
import io.synaptile.sim.compute.ExecutableNetwork;
import io.synaptile.sim.compute.InputBatch;
import io.synaptile.sim.compute.LayerActivity;
import io.synaptile.sim.compute.NetworkPlan;
import io.synaptile.sim.compute.OutputResolution;
import io.synaptile.sim.compute.Probe;
import io.synaptile.sim.compute.Scores;
import io.synaptile.sim.compute.SynapsePlan;
import io.synaptile.sim.network.Layer;
import io.synaptile.sim.network.Network;
import io.synaptile.sim.network.NeuronSpec;
import io.synaptile.sim.network.ParameterId;
import io.synaptile.sim.network.Role;
import io.synaptile.sim.network.Shape;
import io.synaptile.sim.spikes.Encoder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Dense inference. Every sample is computed on its own, so that the shapes of all operations, and with them the order of
 * additions inside the libraries, do not depend on the batch it arrives in; threads share the samples.
 */
final class Nd4jExecutable implements ExecutableNetwork {
    private final NetworkPlan plan;
    private final OutputResolution resolution;
    private final Network network;
    private final Arena uploaded = new Arena();
    private final Map<Integer, INDArray> weights = new HashMap<>();
    private final Map<Integer, List<CrossbarTiles>> tiles = new HashMap<>();
    private final Map<Integer, ActivityCounter> counters = new HashMap<>();
    private final ExecutorService workers;

    Nd4jExecutable(NetworkPlan plan, int threads) {
        this.plan = plan;
        this.resolution = OutputResolution.of(plan);
        this.network = plan.network();
        for (Network.Node node : network.synapses()) {
            switch (plan.synapses().get(node.id())) {
                case SynapsePlan.DensePlan(float[] dense) -> {
                    weights.put(node.id(), uploaded.of(dense, shape(node)));
                    counters.put(node.id(), new ActivityCounter(node, dense));
                }
                case SynapsePlan.ArrayPlan arrays -> install(node, arrays);
            }
        }
        this.workers = Executors.newFixedThreadPool(
                threads, Thread.ofPlatform().daemon().factory());
    }

    private void install(Network.Node node, SynapsePlan.ArrayPlan plan) {
        tiles.put(node.id(), CrossbarTiles.copies(node, plan, uploaded));
        float[] nonZero = RowOrder.of(node).nonZero(plan.first());
        counters.put(node.id(), new ActivityCounter(node, nonZero));
    }

    /** Currents of one sample from all copies of a layer; see {@link CrossbarTiles#read}. */
    static INDArray read(
            List<CrossbarTiles> copies, float[] inputs, long sampleId, LayerActivity activity, Arena arena) {
        INDArray sum = copies.getFirst().read(inputs, sampleId, activity, arena);
        for (CrossbarTiles copy : copies.subList(1, copies.size())) {
            sum.addi(copy.read(inputs, sampleId, activity, arena));
        }
        return sum;
    }

    static long[] shape(Network.Node node) {
        int[] shape = node.weightShape();
        long[] wide = new long[shape.length];
        for (int i = 0; i < wide.length; i++) {
            wide[i] = shape[i];
        }
        return wide;
    }

    /** What one sample gave. */
    private record Outcome(float[] current, LayerActivity[] activity, long nanos, List<Seen> seen) {}

    /** A quantity of a node over all steps, {@code [steps, C, H, W]}. */
    private record Seen(int node, Probe.Quantity quantity, float[] values) {
        void show(Probe probe, int sample, int steps) {
            int size = values.length / steps;
            for (int t = 0; t < steps; t++) {
                probe.see(
                        new Probe.View(node, quantity, sample, t),
                        Arrays.copyOfRange(values, t * size, (t + 1) * size));
            }
        }
    }

    @Override
    public BatchResult run(InputBatch input, Probe probe) {
        InputCoding.check(input, network.input());
        int steps = input.timeSteps();
        if (steps > plan.maxTimeSteps()) {
            throw new IllegalArgumentException("time-steps is " + steps + ", but a norm of network " + network.name()
                    + " was trained for " + plan.maxTimeSteps());
        }
        List<Future<Outcome>> pending = new ArrayList<>();
        for (int n = 0; n < input.samples(); n++) {
            int sample = n;
            pending.add(workers.submit(() -> sample(input, sample, probe)));
        }
        int samples = input.samples();
        int classes = network.classes();
        float[] scores = new float[steps * samples * classes];
        long[] nanos = new long[samples];
        BatchActivity[] activity = new BatchActivity[network.nodes().size()];
        Arrays.setAll(activity, _ -> new BatchActivity(steps, samples));
        for (int n = 0; n < samples; n++) {
            Outcome outcome = result(pending.get(n));
            nanos[n] = outcome.nanos();
            for (Seen seen : outcome.seen()) {
                seen.show(probe, n, steps);
            }
            Network.Node last = network.nodes().getLast();
            Scores rule = new Scores((Layer.ReadOut) last.layer(), last.in().size());
            for (int t = 0; t < steps; t++) {
                int from = t * last.in().size();
                float[] values = Arrays.copyOfRange(
                        outcome.current(), from, from + last.in().size());
                rule.add(values, scores, (t * samples + n) * classes);
            }
            for (int id = 0; id < activity.length; id++) {
                activity[id].set(n, outcome.activity()[id]);
            }
        }
        return new BatchResult(steps, samples, classes, scores, resolution.at(input), activity, nanos);
    }

    private static Outcome result(Future<Outcome> pending) {
        try {
            return pending.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("inference was interrupted", e);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof IllegalArgumentException refusal) {
                throw refusal;
            }
            throw new IllegalStateException("inference failed: " + e.getCause(), e.getCause());
        }
    }

    private Outcome sample(InputBatch batch, int sample, Probe probe) {
        long start = System.nanoTime();
        int steps = batch.timeSteps();
        float[] coded = new float[steps * batch.pixels()];
        InputCoding.encode(batch, sample, coded, 0, batch.pixels());
        LayerActivity[] activity = new LayerActivity[network.nodes().size()];
        Arrays.setAll(activity, _ -> new LayerActivity(steps));
        try (Arena arena = new Arena()) {
            Shape in = network.input();
            INDArray image = arena.of(coded, steps, in.channels(), in.height(), in.width());
            INDArray[] values = new INDArray[network.nodes().size()];
            INDArray[] potentials = new INDArray[values.length];
            int at = 0;
            for (Network.Loop loop : network.loops()) {
                evaluate(at, loop.first(), batch, sample, image, values, potentials, activity, arena);
                for (int id = loop.first(); id <= loop.last(); id++) {
                    if (network.node(id).layer() instanceof Layer.Delay(Shape shape)) {
                        values[network.node(id).inputs().getFirst()] =
                                arena.zeros(steps, shape.channels(), shape.height(), shape.width());
                    }
                }
                // Each turn is right for one step more.
                for (int turn = 1; turn < steps; turn++) {
                    LayerActivity[] unheard = new LayerActivity[activity.length];
                    Arrays.setAll(unheard, _ -> new LayerActivity(steps));
                    evaluate(loop.first(), loop.last() + 1, batch, sample, image, values, potentials, unheard, arena);
                }
                at = loop.first();
            }
            evaluate(at, values.length, batch, sample, image, values, potentials, activity, arena);
            float[] current = Arena.values(values[values.length - 1]);
            return new Outcome(current, activity, System.nanoTime() - start, seen(probe, values, potentials));
        }
    }

    private static List<INDArray> all(Network.Node node, INDArray[] values, INDArray image) {
        return node.inputs().stream()
                .map(source -> source == Network.INPUT ? image : values[source])
                .toList();
    }

    /** Nodes {@code [from, to)} at all steps. */
    private void evaluate(
            int from,
            int to,
            InputBatch batch,
            int sample,
            INDArray image,
            INDArray[] values,
            INDArray[] potentials,
            LayerActivity[] activity,
            Arena arena) {
        for (Network.Node node : network.nodes().subList(from, to)) {
            int source = node.inputs().getFirst();
            INDArray x = source == Network.INPUT ? image : values[source];
            boolean steady = batch.encoder() instanceof Encoder.Direct && network.isSteady(node.id());
            values[node.id()] = node.layer() instanceof Layer.Neuron(NeuronSpec spec)
                    ? fire(node, spec, x, potentials, activity[node.id()], arena)
                    : evaluate(node, x, values, image, batch.sampleIds()[sample], steady, activity[node.id()], arena);
        }
    }

    private INDArray evaluate(
            Network.Node node,
            INDArray x,
            INDArray[] values,
            INDArray image,
            long sampleId,
            boolean steady,
            LayerActivity activity,
            Arena arena) {
        int steps = activity.timeSteps();
        return switch (node.layer()) {
            case Layer.Synapse _ -> {
                float[] inputs = Arena.values(x);
                counters.get(node.id()).count(inputs, activity);
                List<CrossbarTiles> onTiles = tiles.get(node.id());
                if (onTiles != null) {
                    yield read(onTiles, inputs, sampleId, activity, arena);
                }
                yield steady
                        ? DenseOps.steady(node, x, weights.get(node.id()), arena)
                        : DenseOps.synapse(node, x, weights.get(node.id()), arena);
            }
            case Layer.AvgPool pool -> DenseOps.pool(node, pool, x, arena);
            case Layer.MaxPool pool -> PassingOps.maxPool(node, pool, x, arena).values();
            case Layer.Activation layer -> new ActivationOps(node, layer, plan.parameters()).evaluate(x, arena);
            case Layer.StepNorm norm -> NormOps.evaluate(norm, plan.norms().get(node.id()), node.in(), x, steps, arena);
            case Layer.Bias _ ->
                BiasOps.add(plan.parameters().get(new ParameterId(node.id(), Role.BIAS)), node.in(), x, arena);
            case Layer.Neuron _ -> throw new IllegalArgumentException("neurons fire: " + node);
            case Layer.Join(Layer.Join.Function function) -> PassingOps.join(function, all(node, values, image), arena);
            case Layer.Concat _ -> PassingOps.concat(all(node, values, image), arena);
            case Layer.Integrator layer -> StepOps.integrate(node, layer, plan.parameters(), x, steps, arena);
            case Layer.Delay _ -> StepOps.delayed(x, steps, arena);
            case Layer.Part part -> PassingOps.part(x, part, arena);
            case Layer.Flatten _ -> x.reshape('c', steps, node.out().channels(), 1, 1);
            case Layer.Dropout _, Layer.ReadOut _ -> x;
        };
    }

    private INDArray fire(
            Network.Node node,
            NeuronSpec spec,
            INDArray x,
            INDArray[] potentials,
            LayerActivity activity,
            Arena arena) {
        INDArray spikes;
        INDArray emitted;
        if (spec.isPlain()) {
            NeuronOps.Tape tape = NeuronOps.fire(spec, x, activity.timeSteps(), arena);
            potentials[node.id()] = tape.potentials();
            spikes = tape.spikes();
            emitted = tape.emitted(spec, arena);
        } else {
            DynamicNeuronOps layer =
                    new DynamicNeuronOps(node, spec, plan.parameters(), 1, activity.timeSteps(), arena);
            DynamicNeuronOps.Tape tape = layer.fire(x);
            potentials[node.id()] = tape.potentials();
            spikes = tape.spikes();
            emitted = layer.emitted(tape).reshape('c', x.shape());
        }
        NeuronOps.count(spikes, activity.spikes, arena);
        return emitted;
    }

    private List<Seen> seen(Probe probe, INDArray[] values, INDArray[] potentials) {
        List<Seen> seen = new ArrayList<>();
        for (Network.Node node : network.nodes()) {
            int id = node.id();
            if (potentials[id] != null && probe.wants(id, Probe.Quantity.POTENTIAL)) {
                seen.add(new Seen(id, Probe.Quantity.POTENTIAL, Arena.values(potentials[id])));
            }
            if (!(node.layer() instanceof Layer.ReadOut) && probe.wants(id, Probe.Quantity.OUTPUT)) {
                seen.add(new Seen(id, Probe.Quantity.OUTPUT, Arena.values(values[id])));
            }
        }
        return seen;
    }

    @Override
    public void close() {
        workers.shutdown();
        uploaded.close();
    }
}
