/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.experiment.plan;

import static org.assertj.core.api.Assertions.assertThat;

import io.synaptile.devices.CellModels;
import io.synaptile.devices.cost.WordWidths;
import io.synaptile.mapping.HardwareSpec;
import io.synaptile.mapping.LayerCells;
import io.synaptile.mapping.LayerPlaces;
import io.synaptile.mapping.Readout;
import io.synaptile.mapping.TileSize;
import io.synaptile.mapping.chip.ChipDesign;
import io.synaptile.mapping.chip.DeployedNetwork;
import io.synaptile.mapping.chip.TileProgrammer;
import io.synaptile.mapping.codec.CodecKind;
import io.synaptile.mapping.codec.LayerWeights;
import io.synaptile.mapping.codec.WeightGrid;
import io.synaptile.mapping.cost.ActivityProjector;
import io.synaptile.mapping.cost.ChipArea;
import io.synaptile.mapping.cost.NeuroBenchMetrics;
import io.synaptile.mapping.tile.BranchSums;
import io.synaptile.mapping.tile.InputKind;
import io.synaptile.sim.compute.Backends;
import io.synaptile.sim.compute.BatchActivity;
import io.synaptile.sim.compute.BatchResult;
import io.synaptile.sim.compute.ExecutableNetwork;
import io.synaptile.sim.compute.InputBatch;
import io.synaptile.sim.compute.LayerActivity;
import io.synaptile.sim.compute.NetworkPlan;
import io.synaptile.sim.compute.TrainableNetwork;
import io.synaptile.sim.io.model.ModelFile;
import io.synaptile.sim.network.Extent;
import io.synaptile.sim.network.Layer;
import io.synaptile.sim.network.Network;
import io.synaptile.sim.network.NetworkBuilder;
import io.synaptile.sim.network.NeuronSpec;
import io.synaptile.sim.network.Parameters;
import io.synaptile.sim.network.Scope;
import io.synaptile.sim.network.Shape;
import io.synaptile.sim.spikes.Encoder;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Everything that a kind of layer must be answered by, kind by kind: a new one is missing here until all of them do. */
class LayerKindsTest {
    private static final int STEPS = 3;
    private static final Encoder CODING = new Encoder.Poisson(1f);
    private static final Network NETWORK = network();
    private static final Map<Integer, float[]> WEIGHTS = weights();
    private static final Parameters PARAMETERS =
            Parameters.initial(NETWORK, STEPS).withWeights(WEIGHTS);

    /** One layer, or more, of every kind. */
    private static Network network() {
        NetworkBuilder builder = new NetworkBuilder("all", Shape.features(66));
        builder.add("image", new Layer.Part(2, new Shape(1, 8, 8)));
        builder.add("conv", new Layer.Conv2d(4, 3, 1, 1));
        builder.add("norm", Layer.StepNorm.standard());
        builder.add("relu", new Layer.Relu(3f));
        builder.add("rate", Layer.RateNorm.standard());
        builder.add("qcfs", new Layer.Qcfs(8, 1f));
        int first = builder.add("first", new Layer.Neuron(NeuronSpec.lif(0.9f, 0.1f)));
        builder.add(
                "conv2",
                new Layer.Conv2d(4, new Extent(3, 1), Extent.square(1), new Extent(2, 0), Extent.square(2), 4));
        int second = builder.add("second", new Layer.Neuron(NeuronSpec.lif(0.9f, 0.1f)));
        int sum = builder.add("sum", Layer.Join.sum(), first, second);
        builder.add("both", new Layer.Concat(), sum, second);
        builder.add("max", new Layer.MaxPool(2, 1));
        builder.add("pool", new Layer.AvgPool(2, 3));
        builder.add("flat", new Layer.Flatten());
        builder.add("drop", new Layer.Dropout(0.25f));
        int dense = builder.add("dense", new Layer.Dense(5));
        int before = builder.delay("before", Shape.features(5));
        int own = builder.add("own", new Layer.Dense(5), before);
        builder.add("driven", Layer.Join.sum(), dense, own);
        builder.add("current", new Layer.Integrator(0.5f, 1f, Scope.LAYER));
        builder.connect(before, builder.add("recurrent", new Layer.Neuron(NeuronSpec.lif(0.9f, 0.1f))));
        builder.add("classes", new Layer.Dense(5));
        builder.add("bias", new Layer.Bias());
        builder.add("out", new Layer.ReadOut());
        return builder.build();
    }

    private static Map<Integer, float[]> weights() {
        Map<Integer, float[]> weights = new TreeMap<>();
        for (Network.Node node : NETWORK.synapses()) {
            float[] own = new float[node.weightCount()];
            for (int i = 0; i < own.length; i++) {
                own[i] = (i * 7 % 15 - 5) / 15f;
            }
            weights.put(node.id(), own);
        }
        return weights;
    }

    /** Every kind that there is, the sealed ones by their own kinds. */
    static Stream<Class<?>> kinds() {
        return leaves(Layer.class);
    }

    private static Stream<Class<?>> leaves(Class<?> kind) {
        return kind.isSealed()
                ? Arrays.stream(kind.getPermittedSubclasses()).flatMap(LayerKindsTest::leaves)
                : Stream.of(kind);
    }

    private static List<Network.Node> nodes(Class<?> kind) {
        List<Network.Node> nodes = NETWORK.nodes().stream()
                .filter(node -> kind.isInstance(node.layer()))
                .toList();
        assertThat(nodes).as("layers of kind %s", kind.getSimpleName()).isNotEmpty();
        return nodes;
    }

    private static InputBatch batch() {
        float[] image = new float[NETWORK.input().size()];
        Arrays.fill(image, 0.5f);
        return new InputBatch(image, 1, STEPS, CODING, 1, 0, new long[1]);
    }

    private static ChipDesign design() {
        HardwareSpec hardware = new HardwareSpec(
                new TileSize(16, 16),
                new LayerCells(CodecKind.DIFFERENTIAL_PAIR, 4, CellModels.load().create("ideal", Map.of())),
                new Readout.Ideal(),
                true,
                new LayerPlaces(
                        NETWORK.synapses().stream().map(Network.Node::name).collect(Collectors.toSet()), 0));
        Map<Integer, LayerWeights> written = new TreeMap<>();
        WEIGHTS.forEach((node, own) -> written.put(node, new LayerWeights(own, new WeightGrid.None())));
        return ChipDesign.of(NETWORK, hardware, written);
    }

    private static LayerActivity[] run(ChipDesign design) {
        NetworkPlan plan = DeployedNetwork.withExactReadout(design, TileProgrammer.onTarget(design), PARAMETERS)
                .plan();
        try (ExecutableNetwork network = Backends.open("cpu").prepare(plan, 1, 1)) {
            return Arrays.stream(network.run(batch()).activity())
                    .map(BatchActivity::total)
                    .toArray(LayerActivity[]::new);
        }
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void everyBackendRunsAndTrainsIt(Class<?> kind) {
        List<Network.Node> nodes = nodes(kind);
        NetworkPlan plan = DeployedNetwork.withExactReadout(design(), TileProgrammer.onTarget(design()), PARAMETERS)
                .plan();
        for (String id : Backends.ids()) {
            try (ExecutableNetwork network = Backends.open(id).prepare(plan, 1, 1);
                    TrainableNetwork trained = Backends.open(id).train(NETWORK, STEPS, 1, 1)) {
                BatchResult result = network.run(batch());
                assertThat(nodes)
                        .allSatisfy(node ->
                                assertThat(result.activity()[node.id()]).as(id).isNotNull());
                PARAMETERS.forEach(trained::set);
                assertThat(trained.forward(batch())).as(id).hasSize(NETWORK.classes());
            }
        }
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void aModelFileHoldsIt(Class<?> kind, @TempDir Path folder) {
        Path file = folder.resolve("all.safetensors");
        ModelFile.of(NETWORK, PARAMETERS, Map.of()).write(file);
        Network read = ModelFile.read(file).network();
        assertThat(nodes(kind))
                .allSatisfy(node -> assertThat(read.node(node.id())).isEqualTo(node));
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void whatReadsItHasAnInputKind(Class<?> kind) {
        List<Integer> sources = nodes(kind).stream().map(Network.Node::id).toList();
        assertThat(NETWORK.nodes())
                .filteredOn(node -> node.inputs().stream().anyMatch(sources::contains))
                .allSatisfy(
                        node -> assertThat(InputKind.of(NETWORK, node, CODING)).isNotNull());
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void everyMetricCountsItOrLeavesItOut(Class<?> kind) {
        ChipDesign design = design();
        LayerActivity[] activity = run(design);
        long[] running = {1, 1, 1};
        NeuroBenchMetrics metrics = NeuroBenchMetrics.of(design, activity, running);
        assertThat(metrics.footprintBytes()).isPositive();
        ActivityProjector projector = new ActivityProjector(design, CODING, new WordWidths(8, 16, 16, 8), 8);
        boolean hasParts = Layer.Synapse.class.isAssignableFrom(kind)
                || kind == Layer.Neuron.class
                || kind == Layer.Integrator.class;
        for (Network.Node node : nodes(kind)) {
            assertThat(projector.project(activity, running).containsKey(node.id()))
                    .isEqualTo(hasParts || kind == Layer.Bias.class || BranchSums.areAdded(NETWORK, node, CODING));
            assertThat(ChipArea.parts(design, 16).containsKey(node.id())).isEqualTo(hasParts);
        }
    }
}
