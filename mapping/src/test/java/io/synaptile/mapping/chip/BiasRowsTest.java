/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.mapping.chip;

import static io.synaptile.testing.Tolerance.againstReference;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.synaptile.devices.CellModel;
import io.synaptile.devices.cost.ActivityCount;
import io.synaptile.devices.cost.PhysicalActivity;
import io.synaptile.devices.cost.WordWidths;
import io.synaptile.mapping.Cases;
import io.synaptile.mapping.ChipSpec;
import io.synaptile.mapping.ExactCell;
import io.synaptile.mapping.Hardware;
import io.synaptile.mapping.HardwareSpec;
import io.synaptile.mapping.Readout;
import io.synaptile.mapping.SpreadCell;
import io.synaptile.mapping.codec.CodecKind;
import io.synaptile.mapping.codec.LayerWeights;
import io.synaptile.mapping.codec.WeightGrid;
import io.synaptile.mapping.cost.ActivityProjector;
import io.synaptile.mapping.cost.NeuroBenchMetrics;
import io.synaptile.sim.compute.Backends;
import io.synaptile.sim.compute.BatchActivity;
import io.synaptile.sim.compute.ExecutableNetwork;
import io.synaptile.sim.compute.InputBatch;
import io.synaptile.sim.compute.LayerActivity;
import io.synaptile.sim.compute.NetworkPlan;
import io.synaptile.sim.network.Emission;
import io.synaptile.sim.network.Layer;
import io.synaptile.sim.network.Network;
import io.synaptile.sim.network.NetworkBuilder;
import io.synaptile.sim.network.NeuronSpec;
import io.synaptile.sim.network.ParameterId;
import io.synaptile.sim.network.Parameters;
import io.synaptile.sim.network.Role;
import io.synaptile.sim.network.Shape;
import io.synaptile.sim.spikes.Encoder;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import java.util.random.RandomGenerator;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Biases held by rows of the tiles of their layer. */
class BiasRowsTest {
    private static final int BITS = 4;
    private static final CellModel EXACT = new ExactCell(2f, 40f, 16);

    static LongStream seeds() {
        return LongStream.range(0, 15);
    }

    /** A convolution and a dense layer of odd sizes, each with a bias. */
    private static Network biased(RandomGenerator random) {
        NetworkBuilder builder =
                new NetworkBuilder("biased", new Shape(1 + random.nextInt(3), 3 + random.nextInt(3), 4));
        int outputs = 1 + random.nextInt(7);
        builder.add("conv", new Layer.Conv2d(outputs, 3, 1 + random.nextInt(2), 1));
        builder.add("conv_bias", new Layer.Bias());
        builder.add("relu", new Layer.Relu(1f));
        builder.add("fc", new Layer.Dense(2 + random.nextInt(5)));
        builder.add("fc_bias", new Layer.Bias());
        builder.add("out", new Layer.ReadOut());
        return builder.build();
    }

    /** One dense layer of five inputs and three outputs with a bias. */
    private static Network dense() {
        NetworkBuilder builder = new NetworkBuilder("dense", Shape.features(5));
        builder.add("fc", new Layer.Dense(3));
        builder.add("fc_bias", new Layer.Bias());
        builder.add("out", new Layer.ReadOut());
        return builder.build();
    }

    private static HardwareSpec hardware(Network network, int rows, CodecKind codec, CellModel cell) {
        return Hardware.allOnTiles(network, rows, 16, codec, 4, cell, new Readout.Ideal())
                .withBiasRows();
    }

    private static Parameters bias(int node, float... values) {
        return Parameters.of(Map.of(new ParameterId(node, Role.BIAS), values));
    }

    private static float[] scores(ChipDesign design, ChipInstance chip, Parameters parameters, float[] image) {
        return DeployedOnBackendTest.scores(
                DeployedNetwork.withExactReadout(design, chip, parameters).plan(), image);
    }

    /** Biases are whole steps of the grid, up to 2.5 full scales: cells hold them exactly, in up to three rows. */
    @ParameterizedTest
    @MethodSource("seeds")
    void onExactCellsTheChipIsTheSoftwareNetwork(long seed) {
        RandomGenerator random = Cases.random(seed);
        Network network = biased(random);
        Map<Integer, LayerWeights> weights = Hardware.weights(network, BITS, random);
        Map<ParameterId, float[]> biases = new TreeMap<>();
        for (int node : new int[] {1, 4}) {
            float[] values = new float[network.node(node).out().channels()];
            for (int i = 0; i < values.length; i++) {
                values[i] = (random.nextInt(41) - 20) / 8f;
            }
            biases.put(new ParameterId(node, Role.BIAS), values);
        }
        Parameters parameters = Parameters.of(biases);
        float[] image = new float[network.input().size()];
        for (int i = 0; i < image.length; i++) {
            image[i] = random.nextInt(3) - 1;
        }
        ChipDesign design = ChipDesign.of(
                network,
                hardware(network, 3 + random.nextInt(9), CodecKind.DIFFERENTIAL_PAIR, EXACT),
                weights,
                Map.of(),
                parameters);
        Map<Integer, float[]> plain = new TreeMap<>();
        weights.forEach((node, own) -> plain.put(node, own.values()));
        float[] software =
                DeployedOnBackendTest.scores(NetworkPlan.ideal(network, parameters.withWeights(plain)), image);
        float[] chip = scores(design, TileProgrammer.program(design, seed, 0), parameters, image);
        for (int i = 0; i < chip.length; i++) {
            assertThat(chip[i]).as("seed %d, output %d", seed, i).isCloseTo(software[i], againstReference(1e-4f));
        }
        for (Map.Entry<Integer, BiasRows> rows : design.biases().entrySet()) {
            float[] values = parameters.get(new ParameterId(rows.getValue().node(), Role.BIAS));
            float largest = 0f;
            for (float value : values) {
                largest = Math.max(largest, Math.abs(value));
            }
            assertThat(rows.getValue().count()).isEqualTo(Math.max(1, (int) Math.ceil(largest)));
            assertThat(design.tiles().layer(rows.getKey()).orElseThrow().rows())
                    .isEqualTo(network.node(rows.getKey()).fanIn()
                            + rows.getValue().count());
        }
    }

    /** Sums are multiplied by the value of spikes, 2, so that the row of a bias of 1 holds 1/2; a bias of 2.5 takes two rows of up to 1. */
    @Test
    void whereSpikesAreWorthMoreCellsHoldLessOfTheBias() {
        NetworkBuilder builder = new NetworkBuilder("worth", Shape.features(5));
        builder.add("first", new Layer.Dense(4));
        NeuronSpec plain = NeuronSpec.lif(0.5f, 1f);
        builder.add("lif", new Layer.Neuron(plain.with(plain.dynamics().withEmission(new Emission.Fixed(2f)))));
        int fc = builder.add("fc", new Layer.Dense(3));
        int bias = builder.add("fc_bias", new Layer.Bias());
        builder.add("out", new Layer.ReadOut());
        Network network = builder.build();
        Map<Integer, LayerWeights> weights = Hardware.weights(network, BITS, Cases.random(1));
        Parameters parameters = bias(bias, 1f, -2.5f, 0f);
        ChipDesign design = ChipDesign.of(
                network, hardware(network, 8, CodecKind.DIFFERENTIAL_PAIR, EXACT), weights, Map.of(), parameters);
        assertThat(design.biases().get(fc).values()).isDeepEqualTo(new float[][] {{0.5f, -1f, 0f}, {0f, -0.25f, 0f}});
        ChipInstance chip = TileProgrammer.onTarget(design);
        assertThat(scores(design, chip, parameters, new float[5]))
                .usingComparatorWithPrecision(1e-6f)
                .containsExactly(1f, -2.5f, 0f);
        assertThat(EffectiveWeights.biases(design, chip).get(new ParameterId(bias, Role.BIAS)))
                .usingComparatorWithPrecision(1e-6f)
                .containsExactly(1f, -2.5f, 0f);
    }

    /** A bias of 0.3 lies between steps of 1/8, and goes to the nearest; one that no digital adder sees varies with its cells. */
    @Test
    void aBiasIsQuantisedAndVariesAsWeightsDo() {
        Network network = dense();
        Map<Integer, LayerWeights> weights =
                Map.of(0, new LayerWeights(Cases.quantised(BITS, 15, Cases.random(1)), BITS));
        Parameters parameters = bias(1, 0.3f, -0.9f, 0f);
        float[] silent = new float[5];
        ChipDesign exact = ChipDesign.of(
                network, hardware(network, 8, CodecKind.DIFFERENTIAL_PAIR, EXACT), weights, Map.of(), parameters);
        assertThat(scores(exact, TileProgrammer.onTarget(exact), parameters, silent))
                .usingComparatorWithPrecision(1e-6f)
                .containsExactly(0.25f, -0.875f, 0f);
        ChipDesign varied = ChipDesign.of(
                network,
                hardware(network, 8, CodecKind.DIFFERENTIAL_PAIR, new SpreadCell(2f, 40f, 16, 0.1f)),
                weights,
                Map.of(),
                parameters);
        ChipInstance chip = TileProgrammer.program(varied, 5, 1);
        float[] seen = scores(varied, chip, parameters, silent);
        assertThat(Math.abs(seen[0] - 0.25f)).isGreaterThan(1e-4f);
        assertThat(EffectiveWeights.biases(varied, chip).get(new ParameterId(1, Role.BIAS)))
                .usingComparatorWithPrecision(1e-6f)
                .containsExactly(seen);
        assertThat(EffectiveWeights.of(varied, chip).get(0)).hasSize(15);
    }

    /**
     * Four steps; two of five inputs are 1 in each. With two rows of the bias, which has no more than two full scales, seven rows lie
     * on tiles of four: inputs 0 and 4 drive a row of each, the bias two of the second, so that 16 rows are driven, 8 tiles read and 4
     * positions active. A silent image drives the rows of the bias alone.
     */
    @Test
    void rowsOfABiasAreDrivenAndReadInEveryStepAndAddNothingDigitally() {
        Network network = dense();
        Map<Integer, LayerWeights> weights =
                Map.of(0, new LayerWeights(Cases.quantised(BITS, 15, Cases.random(1)), BITS));
        Parameters parameters = bias(1, 1.5f, -1f, 0.125f);
        ChipDesign design = ChipDesign.of(
                network, hardware(network, 4, CodecKind.DIFFERENTIAL_PAIR, EXACT), weights, Map.of(), parameters);
        assertThat(design.tiles().layer(0).orElseThrow().cellsUsed()).isEqualTo(7 * 3 * 2);
        Map<Integer, PhysicalActivity> driven = counts(design, parameters, new float[] {1, 0, 0, 0, 1});
        assertThat(driven.get(0).of(ActivityCount.ROW_ACTIVATIONS)).isEqualTo(16);
        assertThat(driven.get(0).of(ActivityCount.ARRAY_READS)).isEqualTo(8);
        assertThat(driven.get(0).of(ActivityCount.PARTIAL_SUM_ADDS)).isEqualTo((8 - 4) * 3);
        assertThat(driven.get(1).counts()).isEmpty();
        Map<Integer, PhysicalActivity> silent = counts(design, parameters, new float[5]);
        assertThat(silent.get(0).of(ActivityCount.ROW_ACTIVATIONS)).isEqualTo(8);
        assertThat(silent.get(0).of(ActivityCount.ARRAY_READS)).isEqualTo(4);
        // Each pair has 2 uS in both cells and, per step of 1/8, 38/8 uS more in one: 12 + 8 + 1 steps in two rows of
        // six cells.
        assertThat(silent.get(0).of(ActivityCount.DRIVEN_MICROSIEMENS))
                .isCloseTo(4 * (2 * 6 * 2 + (12 + 8 + 1) * 38 / 8.0), againstReference(1e-3));
        LayerActivity[] none = {new LayerActivity(1), new LayerActivity(1), null};
        assertThat(NeuroBenchMetrics.of(design, none, new long[] {1}).footprintBytes())
                .isEqualTo((15 + 2 * 3) * BITS / 8.0);
    }

    private static Map<Integer, PhysicalActivity> counts(ChipDesign design, Parameters parameters, float[] image) {
        int steps = 4;
        NetworkPlan plan = DeployedNetwork.withExactReadout(design, TileProgrammer.onTarget(design), parameters)
                .plan();
        try (ExecutableNetwork network = Backends.open("cpu").prepare(plan, 1, 1)) {
            LayerActivity[] activity = Arrays.stream(
                            network.run(new InputBatch(image, 1, steps, new Encoder.Direct(), 1, 0, new long[1]))
                                    .activity())
                    .map(BatchActivity::total)
                    .toArray(LayerActivity[]::new);
            return new ActivityProjector(design, new Encoder.Poisson(1f), new WordWidths(8, 16, 16, 8), 8)
                    .project(activity, 1);
        }
    }

    @Test
    void whereARowHasNoPlaceOrNothingToHoldItIsRefused() {
        Network network = dense();
        Map<Integer, LayerWeights> weights = Map.of(0, new LayerWeights(new float[15], BITS));
        assertThatThrownBy(() -> ChipDesign.of(
                        Cases.dense(5, 3), hardware(Cases.dense(5, 3), 8, CodecKind.DIFFERENTIAL_PAIR, EXACT), weights))
                .hasMessage("the biases of layers on tiles row has nothing to act on: no layer in cells has a bias;"
                        + " offsets of norms are added digitally");
        assertThatThrownBy(() -> ChipDesign.of(
                        network,
                        hardware(network, 8, CodecKind.RRAM_PLUS_SHIFTED_SRAM, EXACT),
                        weights,
                        Map.of(),
                        bias(1, 0, 0, 0)))
                .hasMessageContaining("must be digital for codec rram-plus-shifted-sram of layer fc");
        Map<Integer, LayerWeights> odd = Map.of(0, new LayerWeights(new float[15], new WeightGrid.Dorefa(2)));
        assertThatThrownBy(() -> ChipDesign.of(
                        network,
                        hardware(network, 8, CodecKind.DUMMY_COLUMN, new ExactCell(2f, 40f, 4)),
                        odd,
                        Map.of(),
                        bias(1, 1.5f, 0, 0)))
                .hasMessageStartingWith("layer fc has biases beyond its full scale, and rows that some do not need");
        Network biased = biased(Cases.random(3));
        ChipSpec whole = ChipSpec.unlimited();
        HardwareSpec split = hardware(biased, 8, CodecKind.DIFFERENTIAL_PAIR, EXACT)
                .withChip(new ChipSpec(whole.room(), whole.mesh(), whole.packing(), whole.copies(), true));
        assertThatThrownBy(() -> ChipDesign.of(
                        biased,
                        split,
                        Hardware.weights(biased, BITS, Cases.random(3)),
                        Map.of(),
                        Parameters.initial(biased, 1)))
                .hasMessageEndingWith(
                        "must be digital for layer conv, whose matrix is split by the positions of its kernel");
        NetworkBuilder builder = new NetworkBuilder("twice", Shape.features(5));
        int fc = builder.add("fc", new Layer.Dense(3));
        int sum = builder.add("fc_bias", new Layer.Bias());
        builder.add("sum", Layer.Join.sum(), sum, fc);
        builder.add("out", new Layer.ReadOut());
        Network twice = builder.build();
        assertThatThrownBy(() -> ChipDesign.of(
                        twice,
                        hardware(twice, 8, CodecKind.DIFFERENTIAL_PAIR, EXACT),
                        weights,
                        Map.of(),
                        bias(1, 0, 0, 0)))
                .hasMessage("layer fc is read without its bias too, so the biases of layers on tiles must be digital");
    }
}
