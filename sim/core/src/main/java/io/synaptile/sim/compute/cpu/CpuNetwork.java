/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.sim.compute.cpu;

import io.synaptile.sim.compute.BatchActivity;
import io.synaptile.sim.compute.BatchResult;
import io.synaptile.sim.compute.ExecutableNetwork;
import io.synaptile.sim.compute.HiddenOutputs;
import io.synaptile.sim.compute.InputBatch;
import io.synaptile.sim.compute.NetworkPlan;
import io.synaptile.sim.compute.OutputResolution;
import io.synaptile.sim.compute.Probe;
import io.synaptile.sim.compute.SynapsePlan;
import io.synaptile.sim.compute.TrainableNetwork;
import io.synaptile.sim.network.Layer;
import io.synaptile.sim.network.Network;
import io.synaptile.sim.network.NeuronSpec;
import io.synaptile.sim.network.NormState;
import io.synaptile.sim.network.ParameterId;
import io.synaptile.sim.network.Representation;
import io.synaptile.sim.network.Role;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** A network on the CPU: one stage per layer, run in order, each over all samples and time steps. */
final class CpuNetwork implements ExecutableNetwork, TrainableNetwork {
    /** Samples that go through the layers together in inference: enough to reuse weights, few enough to stay in cache. */
    private static final int GROUP = 32;

    private final Network network;
    private final Arena arena;
    private final Workers workers;
    private final InputStage input;
    private final Stage[] stages;
    private final int capacity;
    private final int timeSteps;
    /** Weights and norms for inference, or null in training. */
    private final NetworkPlan plan;
    /** Ids of layers whose currents are read from arrays. */
    private final Set<Integer> onArrays;
    /** How outputs are compared in inference, or null in training. */
    private final OutputResolution resolution;
    /** Whether training computes currents and potentials again in the backward pass, where neurons alone read them. */
    private final boolean recomputes;
    /** What of a training needs no map for every step. */
    private final Streaming streaming;

    private final List<Network.Loop> loops;
    private Batch last;
    private HiddenOutputs looked;

    /** Opens a network for training, with the ids of layers that are read from arrays. */
    static CpuNetwork trainable(
            Network network,
            Set<Integer> onArrays,
            int timeSteps,
            int maxSamples,
            Kernels kernels,
            int threads,
            boolean recomputes) {
        return trainable(network, onArrays, timeSteps, maxSamples, kernels, threads, recomputes, Arena.ofShared());
    }

    /** Opens a network for training in memory of an arena, which the network closes. */
    static CpuNetwork trainable(
            Network network,
            Set<Integer> onArrays,
            int timeSteps,
            int maxSamples,
            Kernels kernels,
            int threads,
            boolean recomputes,
            Arena arena) {
        return new CpuNetwork(network, null, onArrays, timeSteps, maxSamples, kernels, threads, recomputes, arena);
    }

    /** Opens a network for inference. */
    static CpuNetwork executable(NetworkPlan plan, int timeSteps, int maxSamples, Kernels kernels, int threads) {
        CpuNetwork opened = new CpuNetwork(
                plan.network(),
                plan,
                plan.onArrays(),
                timeSteps,
                Math.min(GROUP, maxSamples),
                kernels,
                threads,
                false,
                Arena.ofShared());
        for (Map.Entry<Integer, SynapsePlan> entry : plan.synapses().entrySet()) {
            ((SynapseStage) opened.stages[entry.getKey()]).install(entry.getValue());
        }
        return opened;
    }

    private CpuNetwork(
            Network network,
            NetworkPlan plan,
            Set<Integer> onArrays,
            int timeSteps,
            int capacity,
            Kernels kernels,
            int threads,
            boolean recomputes,
            Arena arena) {
        this.network = network;
        this.arena = arena;
        this.loops = network.loops();
        this.timeSteps = timeSteps;
        this.capacity = capacity;
        this.plan = plan;
        this.onArrays = Set.copyOf(onArrays);
        this.resolution = plan == null ? null : OutputResolution.of(plan);
        this.recomputes = recomputes;
        this.streaming = plan == null && onArrays.isEmpty() ? Streaming.of(network) : Streaming.NONE;
        this.workers = new Workers(threads);
        int maps = Math.multiplyExact(capacity, timeSteps);
        input = new InputStage(network, arena, kernels, workers, capacity, timeSteps);
        stages = new Stage[network.nodes().size()];
        for (Network.Node node : network.nodes()) {
            stages[node.id()] = stage(node, kernels, streaming.leaks().containsKey(node.id()) ? timeSteps : maps);
            if (stages[node.id()] instanceof AffineStage affine) {
                boolean onlyNeurons = Streaming.readers(network, node).stream()
                        .allMatch(reader -> reader.layer() instanceof Layer.Neuron);
                affine.materialise(onlyNeurons, arena, maps);
            }
        }
        for (Network.Node node : network.nodes()) {
            if (stages[node.id()] instanceof DelayStage delay) {
                delay.connect(stages[node.inputs().getFirst()]);
            }
            stages[node.id()].byStep = Streaming.readers(network, node).stream().anyMatch(this::inLoop);
        }
        if (plan == null) {
            prepareTraining(maps, kernels);
        }
    }

    private boolean inLoop(Network.Node node) {
        return loops.stream().anyMatch(loop -> loop.contains(node.id()));
    }

    private void prepareTraining(int maps, Kernels kernels) {
        SharedMemory memory = new SharedMemory(stages.length);
        streaming.leaks().forEach((id, leak) -> {
            stages[id].derivatives = Derivatives.WEIGHTED;
            stages[id].leak = leak;
            if (stages[id].output.isEvents() && !(stages[id] instanceof FlattenStage flatten && flatten.isAlias())) {
                stages[id].holdOneSample(workers.threads(), kernels.lanes());
            }
        });
        streaming.synapses().forEach(id -> stream((SynapseStage) stages[id]));
        for (Network.Node node : network.synapses()) {
            Network.Node neurons = neuronsAlone(node);
            if (recomputes && neurons != null && !streaming.synapses().contains(node.id())) {
                SynapseStage layer = (SynapseStage) stages[node.id()];
                Stage reader = stages[neurons.id()];
                Stage next = stages[Streaming.onlyReader(network, node).id()];
                ((MembraneStage) reader).recompute(layer);
                memory.request(
                        (long) maps * layer.output.mapSize(),
                        List.of(memory.forward(layer, reader), memory.backward(reader, next)),
                        layer::share);
            }
        }
        for (int i = stages.length - 1; i >= 0; i--) {
            stages[i].prepareTraining(arena, maps);
        }
        for (Stage owner : stages) {
            List<Stage> users = Arrays.stream(stages)
                    .filter(stage -> stage.gradientOwner == owner)
                    .toList();
            if (users.stream().anyMatch(stage -> stage.byStep)) {
                // Needed from the last step to the first, while other stages take turns.
                MemorySegment own = Aligned.floats(arena, (long) maps * owner.output.mapSize());
                users.forEach(user -> user.gradient = own);
            } else if (!users.isEmpty()) {
                List<Network.Node> readers = Streaming.readers(network, owner.node);
                Stage writer =
                        readers.isEmpty() ? owner : stages[readers.getLast().id()];
                memory.request(
                        (long) (owner.derivatives.byStep() ? maps : capacity) * owner.output.mapSize(),
                        List.of(memory.backward(writer, users.getFirst())),
                        segment -> users.forEach(user -> user.gradient = segment));
            }
        }
        memory.allocate(arena);
    }

    /** Has neither currents nor derivatives of a layer held for every step. */
    private void stream(SynapseStage layer) {
        Stage reader = stages[Streaming.onlyReader(network, layer.node).id()];
        NormStage norm = reader instanceof NormStage found ? found : null;
        layer.stream(norm, capacity, timeSteps);
        layer.derivatives = Derivatives.EQUAL;
        if (reader instanceof AffineStage) {
            reader.derivatives = Derivatives.EQUAL;
        }
        if (norm != null) {
            norm.stream(arena, capacity);
        }
    }

    /**
     * The neurons, plain or learning by their mean input, that alone read the currents of a synapse node, directly or through a norm or a bias; null if there
     * are others, or if the currents cannot be computed again because they are read from arrays.
     */
    private Network.Node neuronsAlone(Network.Node synapse) {
        if (onArrays.contains(synapse.id())) {
            return null;
        }
        Network.Node reader = Streaming.onlyReader(network, synapse);
        if (reader != null && reader.layer() instanceof Layer.Affine) {
            reader = Streaming.onlyReader(network, reader);
        }
        boolean plain = reader != null
                && reader.layer() instanceof Layer.Neuron(NeuronSpec spec)
                && (spec.isPlain() || spec.estimator() instanceof Representation)
                && !inLoop(reader)
                && !inLoop(synapse);
        return plain ? reader : null;
    }

    private Signal currents(Network.Node node, Kernels kernels, int maps) {
        return streaming.synapses().contains(node.id()) || recomputes && neuronsAlone(node) != null
                ? Signal.dense(node.out(), kernels.lanes())
                : Signal.dense(arena, node.out(), kernels.lanes(), maps, false);
    }

    private Stage stage(Network.Node node, Kernels kernels, int maps) {
        List<Stage> sources = new ArrayList<>();
        node.inputs().forEach(id -> sources.add(id == Network.INPUT ? input : stages[id]));
        // That of a delay may not be there yet.
        Stage source = sources.getFirst();
        return switch (node.layer()) {
            case Layer.Conv2d conv
            when conv.groups() > 1 ->
                new GroupedStage(node, source, currents(node, kernels, maps), arena, kernels, workers);
            case Layer.Synapse _ ->
                new SynapseStage(node, source, currents(node, kernels, maps), arena, kernels, workers);
            case Layer.StepNorm norm -> {
                NormState state = plan == null
                        ? NormState.identity(norm, timeSteps, node.out().channels())
                        : plan.norm(node.id());
                yield new NormStage(node, source, state, kernels, workers);
            }
            case Layer.Bias _ -> install(new BiasStage(node, source, kernels, workers));
            case Layer.Neuron(NeuronSpec spec)
            when spec.estimator() instanceof Representation ->
                install(new RepresentationStage(node, source, arena, kernels, workers, maps, timeSteps));
            case Layer.Neuron(NeuronSpec spec) ->
                spec.isPlain() && !inLoop(node)
                        ? new NeuronStage(node, source, arena, kernels, workers, maps, timeSteps)
                        : install(new DynamicNeuronStage(node, source, arena, kernels, workers, maps, timeSteps));
            case Layer.Integrator _ ->
                install(new IntegratorStage(node, source, arena, kernels, workers, maps, timeSteps));
            case Layer.Delay _ -> new DelayStage(node, kernels, workers, maps);
            case Layer.AvgPool _ -> new PoolStage(node, source, arena, kernels, workers, maps);
            case Layer.Part _ -> new PartStage(node, source, arena, kernels, workers, capacity, timeSteps);
            case Layer.Flatten _ -> new FlattenStage(node, source, onlyDenseReads(node), arena, kernels, workers, maps);
            case Layer.Dropout _ -> new DropoutStage(node, source, arena, kernels, workers, maps);
            case Layer.MaxPool _ -> new MaxPoolStage(node, source, arena, kernels, workers, maps);
            case Layer.Relu _ -> new ReluStage(node, source, arena, kernels, workers, maps);
            case Layer.RateNorm _ -> install(new RateNormStage(node, source, arena, kernels, workers, maps));
            case Layer.Qcfs _ -> install(new QcfsStage(node, source, arena, kernels, workers, maps));
            case Layer.Join _ -> new JoinStage(node, sources, arena, kernels, workers, maps);
            case Layer.Concat _ -> new ConcatStage(node, sources, arena, kernels, workers, maps);
            case Layer.ReadOut _ -> new ReadOutStage(node, source, arena, kernels, workers);
        };
    }

    /** Gives a stage the plan's values of its parameters. */
    private Stage install(Stage stage) {
        if (plan != null) {
            stage.node.parameters(timeSteps).keySet().forEach(role -> {
                float[] values = plan.parameters().get(new ParameterId(stage.node.id(), role));
                System.arraycopy(values, 0, stage.parameter(role), 0, values.length);
            });
        }
        return stage;
    }

    /** Whether only ideal dense layers read a node; tiles count their rows in the order of the features. */
    private boolean onlyDenseReads(Network.Node node) {
        return Streaming.readers(network, node).stream().allMatch(reader -> switch (reader.layer()) {
            case Layer.Dense _ -> !onArrays.contains(reader.id());
            case Layer.Flatten _ -> onlyDenseReads(reader);
            case Layer.Conv2d _,
                    Layer.AvgPool _,
                    Layer.MaxPool _,
                    Layer.Part _,
                    Layer.Dropout _,
                    Layer.Activation _,
                    Layer.Affine _,
                    Layer.Neuron _,
                    Layer.Join _,
                    Layer.Concat _,
                    Layer.Integrator _,
                    Layer.Delay _,
                    Layer.ReadOut _ -> false;
        });
    }

    private void check(InputBatch batch) {
        if (batch.pixels() != network.input().size()) {
            throw new IllegalArgumentException("images of " + batch.pixels() + " pixels, the network reads "
                    + network.input() + " = " + network.input().size());
        }
        if (batch.timeSteps() > timeSteps) {
            throw new IllegalArgumentException("a batch of " + batch.timeSteps()
                    + " time steps, the network was prepared for at most " + timeSteps);
        }
    }

    private void pass(Batch batch) {
        input.select(batch.input().encoder());
        input.forward(batch);
        int id = 0;
        for (Network.Loop loop : loops) {
            for (; id < loop.first(); id++) {
                stages[id].forward(batch);
            }
            for (int t = 0; t < batch.steps(); t++) {
                for (id = loop.first(); id <= loop.last(); id++) {
                    stages[id].forward(batch.at(t));
                }
            }
        }
        for (; id < stages.length; id++) {
            stages[id].forward(batch);
        }
    }

    @Override
    public BatchResult run(InputBatch batch, Probe probe) {
        check(batch);
        ProbedMaps probed = new ProbedMaps(probe, network, stages);
        probed.keep(arena, Math.multiplyExact(capacity, timeSteps));
        int classes = network.classes();
        BatchActivity[] activity = new BatchActivity[stages.length];
        Arrays.setAll(activity, _ -> new BatchActivity(batch.timeSteps(), batch.samples()));
        float[] scores = new float[batch.timeSteps() * batch.samples() * classes];
        long[] nanos = new long[batch.samples()];
        for (int first = 0; first < batch.samples(); first += capacity) {
            int count = Math.min(capacity, batch.samples() - first);
            long start = System.nanoTime();
            Batch group = Batch.whole(batch, first, count, false, activity);
            pass(group);
            Arrays.fill(nanos, first, first + count, System.nanoTime() - start);
            probed.show(group);
            float[] part = ((ReadOutStage) stages[stages.length - 1]).scores;
            for (int t = 0; t < batch.timeSteps(); t++) {
                System.arraycopy(
                        part, t * count * classes, scores, (t * batch.samples() + first) * classes, count * classes);
            }
        }
        return new BatchResult(
                batch.timeSteps(), batch.samples(), classes, scores, resolution.at(batch), activity, nanos);
    }

    @Override
    public void set(ParameterId id, float[] values) {
        if (id.role() == Role.WEIGHT) {
            weights(id, values.length).setWeights(values);
        } else {
            copy(id, values, stages[id.node()].parameter(id.role()));
        }
    }

    @Override
    public void get(ParameterId id, float[] into) {
        if (id.role() == Role.WEIGHT) {
            weights(id, into.length).copyWeights(into);
        } else {
            copy(id, stages[id.node()].parameter(id.role()), into);
        }
    }

    private SynapseStage weights(ParameterId id, int count) {
        if (!(stages[id.node()] instanceof SynapseStage stage)) {
            throw absent(id);
        }
        checkLength(id, count, network.node(id.node()).weightCount());
        return stage;
    }

    private IllegalArgumentException absent(ParameterId id) {
        return new IllegalArgumentException("layer " + network.node(id.node()).name() + " has no "
                + id.role().id() + " that could be read or set");
    }

    private void copy(ParameterId id, float[] from, float[] to) {
        if (from == null || to == null) {
            throw absent(id);
        }
        checkLength(id, from.length, to.length);
        System.arraycopy(from, 0, to, 0, to.length);
    }

    private void checkLength(ParameterId id, int found, int expected) {
        if (found != expected) {
            throw new IllegalArgumentException(
                    "layer " + network.node(id.node()).name() + ": " + found + " values of "
                            + id.role().id() + ", expected " + expected);
        }
    }

    @Override
    public void read(int node, SynapsePlan.ArrayPlan arrays) {
        if (!onArrays.contains(node)) {
            throw new IllegalArgumentException("node " + node + " was not opened to be read from arrays");
        }
        NetworkPlan.check(network.node(node), arrays);
        ((SynapseStage) stages[node]).read(arrays);
    }

    @Override
    public float[] forward(InputBatch batch, Probe probe) {
        check(batch);
        if (batch.samples() > capacity) {
            throw new IllegalArgumentException(
                    "a batch of " + batch.samples() + " samples, the network was opened for " + capacity);
        }
        last = Batch.whole(batch, 0, batch.samples(), true, null);
        pass(last);
        looked = HiddenOutputs.of(network, probe);
        new ProbedMaps(looked.shownTo(probe), network, stages).show(last);
        int size = batch.samples() * network.classes();
        float[] scores = ((ReadOutStage) stages[stages.length - 1]).scores;
        return Arrays.copyOfRange(scores, scores.length - size, scores.length);
    }

    @Override
    public void backward(float[] scoreGradient, Map<Integer, float[]> byOutput) {
        if (last == null || scoreGradient.length != last.samples() * network.classes()) {
            throw new IllegalArgumentException("backward needs a forward pass before it and one derivative per score");
        }
        looked.require(last.maps(), byOutput);
        for (Stage stage : stages) {
            stage.startBackward();
        }
        ((ReadOutStage) stages[stages.length - 1]).setScoreGradient(scoreGradient);
        int id = stages.length - 1;
        for (Network.Loop loop : loops.reversed()) {
            for (; id > loop.last(); id--) {
                backward(id, last, byOutput);
            }
            for (int t = last.steps() - 1; t >= 0; t--) {
                for (id = loop.last(); id >= loop.first(); id--) {
                    backward(id, last.at(t), byOutput);
                }
            }
        }
        for (; id >= 0; id--) {
            backward(id, last, byOutput);
        }
    }

    /** First adds what a loss derives by the stage's output itself to what its readers have passed on. */
    private void backward(int id, Batch piece, Map<Integer, float[]> byOutput) {
        float[] derivatives = byOutput.get(id);
        if (derivatives != null && stages[id].wantsGradient()) {
            Gradients.add(derivatives, piece, stages[id]);
        }
        stages[id].backward(piece);
    }

    @Override
    public void gradient(ParameterId id, float[] into) {
        if (id.role() == Role.WEIGHT) {
            weights(id, into.length).copyWeightGradient(into);
        } else {
            copy(id, stages[id.node()].parameterGradient(id.role()), into);
        }
    }

    @Override
    public long[][] spikeCounts() {
        long[][] counts = new long[stages.length][];
        for (int i = 0; i < stages.length; i++) {
            long[] spikes = stages[i].spikes();
            counts[i] = Arrays.copyOf(spikes, Math.min(spikes.length, last.steps()));
        }
        return counts;
    }

    @Override
    public void close() {
        workers.close();
        for (int id : onArrays) {
            ((SynapseStage) stages[id]).closeArrays();
        }
        if (arena.scope().isAlive()) {
            arena.close();
        }
    }
}
