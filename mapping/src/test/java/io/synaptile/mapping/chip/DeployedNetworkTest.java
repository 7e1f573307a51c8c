/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.mapping.chip;

import static io.synaptile.testing.Tolerance.againstClosedForm;
import static io.synaptile.testing.Tolerance.againstReference;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.synaptile.devices.CellModel;
import io.synaptile.devices.CellModels;
import io.synaptile.devices.ConductanceRange;
import io.synaptile.devices.sram.SramShiftCell;
import io.synaptile.mapping.Cases;
import io.synaptile.mapping.ExactCell;
import io.synaptile.mapping.Hardware;
import io.synaptile.mapping.HardwareSpec;
import io.synaptile.mapping.LayerCells;
import io.synaptile.mapping.LayerPlaces;
import io.synaptile.mapping.Readout;
import io.synaptile.mapping.SpreadCell;
import io.synaptile.mapping.TileExecutor;
import io.synaptile.mapping.TileSize;
import io.synaptile.mapping.codec.CodecKind;
import io.synaptile.mapping.codec.LayerWeights;
import io.synaptile.mapping.codec.WeightGrid;
import io.synaptile.mapping.tile.LayerTiles;
import io.synaptile.sim.compute.Conversion;
import io.synaptile.sim.compute.LayerActivity;
import io.synaptile.sim.compute.LayerArrays;
import io.synaptile.sim.compute.SynapsePlan;
import io.synaptile.sim.network.Network;
import io.synaptile.sim.network.Parameters;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class DeployedNetworkTest {
    private static final Readout IDEAL = new Readout.Ideal();

    /** Signed or pooled events. */
    private static float[] events(int size, boolean signed, RandomGenerator random) {
        float[] x = new float[size];
        for (int i = 0; i < size; i++) {
            x[i] = random.nextInt(3) > 0 ? 0f : signed ? 1 - 2 * random.nextInt(2) : 0.25f * (1 + random.nextInt(4));
        }
        return x;
    }

    private static void assertDeployedEqualsSoftware(
            Network network, HardwareSpec hardware, Map<Integer, LayerWeights> weights, double tolerance, long seed) {
        ChipDesign design = ChipDesign.of(network, hardware, weights);
        DeployedNetwork deployed =
                DeployedNetwork.of(design, TileProgrammer.program(design, seed, 0), Parameters.none(), Map.of());
        RandomGenerator random = Cases.random(seed + 1000);
        for (Network.Node node : network.synapses()) {
            LayerArrays plan = deployed.plan()
                    .synapses()
                    .get(node.id())
                    .arrays()
                    .orElseThrow()
                    .first();
            assertThat(plan.conversion()).isEqualTo(Conversion.EXACT);
            assertThat(plan.cells().hasReadNoise()).isFalse();
            float[] x = events(node.in().size(), random.nextBoolean(), random);
            double[] hard = TileExecutor.tiled(node, plan, x, new LayerActivity(1), 0);
            double[] soft = TileExecutor.dense(node, weights.get(node.id()).values(), x);
            for (int i = 0; i < soft.length; i++) {
                assertThat(hard[i])
                        .as("seed %d, layer %s, output %d", seed, node.name(), i)
                        .isEqualTo(soft[i], againstReference(tolerance));
            }
        }
    }

    @ParameterizedTest
    @MethodSource("io.synaptile.mapping.Cases#seeds")
    void withExactCellsQuantisedNetworksAreDeployedExactly(long seed) {
        RandomGenerator random = Cases.random(seed);
        Network network = Cases.network(random);
        int bits = 1 + random.nextInt(8);
        // Cells of 1 to 4 bits and one level more, so that 8 steps fit one cell: 1 to 8 slices.
        ExactCell cell =
                new ExactCell(random.nextInt(3), 10f + 30 * random.nextFloat(), (1 << 1 + random.nextInt(4)) + 1);
        HardwareSpec hardware = Hardware.allOnTiles(
                network, 1 + random.nextInt(40), 16 + random.nextInt(40), CodecKind.DIFFERENTIAL_PAIR, 4, cell, IDEAL);
        assertDeployedEqualsSoftware(network, hardware, Hardware.weights(network, bits, random), 0, seed);
    }

    @ParameterizedTest
    @MethodSource("io.synaptile.mapping.Cases#seeds")
    void withExactCellsAndEnoughStepsFloatNetworksAreDeployedWithin1e5(long seed) {
        RandomGenerator random = Cases.random(seed);
        Network network = Cases.network(random);
        int cellBits = 4 + random.nextInt(5);
        // Full scale 0.7 in 65535 steps: a weight is off by at most 5.4e-6.
        ExactCell cell = new ExactCell(2f, 40f, 1 << cellBits);
        HardwareSpec hardware = Hardware.allOnTiles(
                network, 1 + random.nextInt(40), 8 + random.nextInt(40), CodecKind.DIFFERENTIAL_PAIR, 16, cell, IDEAL);
        Map<Integer, LayerWeights> weights = Hardware.weights(network, 0, random);
        ChipDesign design = ChipDesign.of(network, hardware, weights);
        DeployedNetwork deployed =
                DeployedNetwork.of(design, TileProgrammer.program(design, seed, 0), Parameters.none(), Map.of());
        for (Network.Node node : network.synapses()) {
            LayerArrays plan = deployed.plan()
                    .synapses()
                    .get(node.id())
                    .arrays()
                    .orElseThrow()
                    .first();
            for (int input = 0; input < node.in().size(); input++) {
                float[] x = new float[node.in().size()];
                x[input] = 1f;
                double[] hard = TileExecutor.tiled(node, plan, x, new LayerActivity(1), 0);
                double[] soft = TileExecutor.dense(node, weights.get(node.id()).values(), x);
                assertThat(hard)
                        .as("seed %d, layer %s", seed, node.name())
                        .containsExactly(soft, againstReference(1e-5));
            }
        }
    }

    @ParameterizedTest
    @MethodSource("io.synaptile.mapping.Cases#seeds")
    void withExactCellsTernaryNetworksAreDeployedExactly(long seed) {
        RandomGenerator random = Cases.random(seed);
        Network network = Cases.network(random);
        Map<Integer, LayerWeights> weights = new TreeMap<>();
        for (Network.Node node : network.synapses()) {
            float[] values = new float[node.weightCount()];
            float magnitude = 0.1f + random.nextFloat();
            for (int i = 0; i < values.length; i++) {
                values[i] = magnitude * (random.nextInt(3) - 1);
            }
            weights.put(node.id(), new LayerWeights(values, 0));
        }
        HardwareSpec hardware = Hardware.allOnTiles(
                network,
                1 + random.nextInt(30),
                2 + random.nextInt(9),
                CodecKind.TERNARY_PAIR,
                4,
                new ExactCell(1f, 20.3f, 2),
                IDEAL);
        assertDeployedEqualsSoftware(network, hardware, weights, 1e-12, seed);
    }

    @ParameterizedTest
    @MethodSource("io.synaptile.mapping.Cases#seeds")
    void digitalWordsDeployQuantisedNetworksExactly(long seed) {
        RandomGenerator random = Cases.random(seed);
        Network network = Cases.network(random);
        int bits = 1 + random.nextInt(8);
        HardwareSpec hardware = Hardware.allOnTiles(
                network,
                1 + random.nextInt(30),
                1 + random.nextInt(9),
                CodecKind.SHIFTED_SRAM,
                4,
                new SramShiftCell(bits + 2, 1),
                IDEAL);
        assertDeployedEqualsSoftware(network, hardware, Hardware.weights(network, bits, random), 0, seed);
    }

    /** Four layers, each with a quantiser, codec and cell of its own; DoReFa levels are no binary fractions. */
    @ParameterizedTest
    @MethodSource("io.synaptile.mapping.Cases#seeds")
    void layersOfDifferentCellsAreDeployedTogether(long seed) {
        RandomGenerator random = Cases.random(seed);
        Network network = Cases.network(random);
        Map<Integer, LayerWeights> weights = new TreeMap<>();
        for (Network.Node node : network.synapses()) {
            int count = node.weightCount();
            float[] signs = new float[count];
            for (int i = 0; i < count; i++) {
                signs[i] = random.nextInt(3) - 1;
            }
            weights.put(
                    node.id(),
                    switch (node.name()) {
                        case "conv1" -> new LayerWeights(Cases.quantised(8, count, random), 8);
                        case "conv2" -> new LayerWeights(signs, new WeightGrid.Ternary());
                        case "fc1" -> {
                            float[] values = new float[count];
                            for (int i = 0; i < count; i++) {
                                values[i] = (2 * random.nextInt(16) - 15) / 15f;
                            }
                            yield new LayerWeights(values, new WeightGrid.Dorefa(4));
                        }
                        default -> new LayerWeights(Cases.quantised(3, count, random), 3);
                    });
        }
        HardwareSpec hardware = Hardware.allOnTiles(
                        network,
                        1 + random.nextInt(30),
                        8 + random.nextInt(30),
                        CodecKind.DIFFERENTIAL_PAIR,
                        4,
                        new ExactCell(2f, 40f, 16),
                        IDEAL)
                .withOwnCells(Map.of(
                        "conv1", new LayerCells(CodecKind.DIFFERENTIAL_PAIR, 4, new ExactCell(1f, 9f, 4)),
                        "conv2", new LayerCells(CodecKind.TERNARY_PAIR, 4, new ExactCell(1f, 20.3f, 2)),
                        "fc2", new LayerCells(CodecKind.SHIFTED_SRAM, 4, new SramShiftCell(6, 1))));
        assertDeployedEqualsSoftware(network, hardware, weights, 1e-6, seed);
        ChipDesign design = ChipDesign.of(network, hardware, weights);
        assertThat(design.tiles().layers().stream().map(LayerTiles::columnsPerWeight))
                .containsExactly(8, 2, 2, 1);
    }

    @Test
    void aCellThatDoesNotSuitItsLayerIsNamed() {
        Network network = Cases.dense(2, 2);
        ExactCell cell = new ExactCell(0f, 1f, 16);
        HardwareSpec hardware = Hardware.allOnTiles(network, 4, 4, CodecKind.DIFFERENTIAL_PAIR, 4, cell, IDEAL)
                .withOwnCells(Map.of("fc", new LayerCells(CodecKind.SHIFTED_SRAM, 4, cell)));
        assertThatThrownBy(() -> ChipDesign.of(network, hardware, Map.of(0, new LayerWeights(new float[4], 0))))
                .hasMessage("layer fc: codec shifted-sram needs a cell that is a digital word, such as"
                        + " cell sram-shift, got exact");
    }

    @Test
    void readNoiseAndLoadOfAProgrammedChipAreHandWorked() {
        Network network = Cases.dense(2, 2);
        // Canonical [out, in]: output 0 holds 1 and -1, output 1 holds 1 and 1; 19 uS per weight unit, read noise 3.8
        // uS.
        Map<Integer, LayerWeights> weights = Map.of(0, new LayerWeights(new float[] {1f, -1f, 1f, 1f}, 1));
        SpreadCell cell = new SpreadCell(new ConductanceRange(1f, 20f), 2, 0f, 3.8f);
        ChipDesign design = Hardware.pairs(network, 1, 4, cell, weights);
        DeployedNetwork deployed =
                DeployedNetwork.of(design, TileProgrammer.program(design, 9, 2), Parameters.none(), Map.of());
        LayerArrays plan =
                deployed.plan().synapses().get(0).arrays().orElseThrow().first();
        assertThat(plan.cells().values()).isDeepEqualTo(new float[][] {{1f, 1f, 0f, 1f}, {0f, 0f, 1f, 0f}});
        assertThat(plan.cells().gain()).containsExactly(1f, -1f);
        assertThat(plan.cells().variance()[0])
                .containsExactly(new float[] {0.04f, 0.04f, 0.04f, 0.04f}, againstClosedForm(1e-7f));
        assertThat(plan.cells().variance()[1])
                .containsExactly(new float[] {0.04f, 0.04f, 0.04f, 0.04f}, againstClosedForm(1e-7f));
        assertThat(plan.costs().load()).containsExactly(42, 42);
        assertThat(plan.grid().endRow(0)).isEqualTo(1);
        assertThat(plan.noise()).isEqualTo(new SynapsePlan.NoiseKey(9, 0, 2));
    }

    @Test
    void telegraphSignalsLowerTheMeanOfACellAndSpreadItsReads() {
        Network network = Cases.dense(1, 1);
        CellModel cell = CellModels.load()
                .create(
                        "rram",
                        Map.of(
                                "programming.kind",
                                "none",
                                "range_uS",
                                List.of(0L, 16L),
                                "telegraph.probability",
                                0.5,
                                "telegraph.amplitude_lrs",
                                0.25,
                                "telegraph.sigma_ln",
                                0L));
        Map<Integer, LayerWeights> weights = Map.of(0, new LayerWeights(new float[] {1f}, 1));
        ChipDesign design = Hardware.pairs(network, 1, 2, cell, weights);
        LayerArrays plan = plan(design);
        // 16 uS are 1; half of the reads see 0.75.
        assertThat(plan.cells().values()[0]).containsExactly(new float[] {0.875f}, againstClosedForm(1e-6f));
        assertThat(plan.cells().variance()[0]).containsExactly(new float[] {0.125f * 0.125f}, againstClosedForm(1e-7f));
        assertThat(plan.costs().load()[0]).isEqualTo(14);
    }

    @Test
    void sensedTernaryPairsAreWorthWhatTheAmplifierDecides() {
        Network network = Cases.dense(200, 1);
        float[] values = new float[200];
        for (int i = 0; i < values.length; i++) {
            values[i] = i % 3 - 1f;
        }
        Map<Integer, LayerWeights> weights = Map.of(0, new LayerWeights(values, 0));
        Map<String, Object> sensed = Map.of("sigma_lrs", 0.1, "sigma_hrs", 0.7, "sense_threshold", 1.0);
        CellModel cell = CellModels.load().create("ternary", sensed);
        HardwareSpec hardware =
                Hardware.allOnTiles(network, 200, 2, CodecKind.TERNARY_PAIR, 4, cell, new Readout.Ideal());
        float[][] planes =
                plan(ChipDesign.of(network, hardware, weights)).cells().values();
        int wrong = 0;
        for (int i = 0; i < values.length; i++) {
            float read = planes[0][i] - planes[1][i];
            assertThat(read).isIn(-1f, 0f, 1f);
            wrong += read == values[i] ? 0 : 1;
        }
        assertThat(wrong).isBetween(5, 60);
    }

    private static LayerArrays plan(ChipDesign design) {
        ChipInstance chip = TileProgrammer.program(design, 1, 0);
        return DeployedNetwork.of(design, chip, Parameters.none(), Map.of())
                .plan()
                .synapses()
                .get(0)
                .arrays()
                .orElseThrow()
                .first();
    }

    @Test
    void layersNotOnTilesAreRoundedToDigitalWords() {
        Network network = Cases.dense(4, 1);
        float[] values = {0.7f, -0.35f, 0.12f, -0.7f};
        // 3 bits: steps of 0.7 / 3.
        assertThat(digital(network, new LayerWeights(values, 0), 3))
                .containsExactly(new float[] {0.7f, -0.7f * 2 / 3, 0.7f / 3, -0.7f}, againstClosedForm(1e-7f));
        assertThat(digital(network, new LayerWeights(values, 0), 0)).containsExactly(values);
        assertThat(digital(network, new LayerWeights(values, 0), 32)).containsExactly(values);
        assertThat(digital(network, new LayerWeights(new float[4], 0), 3)).containsExactly(0f, 0f, 0f, 0f);
    }

    @Test
    void quantisedWeightsThatFitDigitalWordsAreKept() {
        Network network = Cases.dense(4, 1);
        float[] values = {0.125f, -0.5f, 0.875f, -1f};
        assertThat(digital(network, new LayerWeights(values, 4), 4)).containsExactly(values);
        assertThat(digital(network, new LayerWeights(values, 4), 3)).isNotEqualTo(values);
    }

    private static float[] digital(Network network, LayerWeights weights, int bits) {
        HardwareSpec hardware = new HardwareSpec(
                new TileSize(8, 8),
                new LayerCells(CodecKind.DIFFERENTIAL_PAIR, 4, new ExactCell(0f, 1f, 16)),
                IDEAL,
                true,
                new LayerPlaces(Set.of(), bits));
        ChipDesign design = ChipDesign.of(network, hardware, Map.of(0, weights));
        DeployedNetwork deployed =
                DeployedNetwork.of(design, TileProgrammer.program(design, 1, 0), Parameters.none(), Map.of());
        return ((SynapsePlan.DensePlan) deployed.plan().synapses().get(0)).weights();
    }

    @Test
    void convertersWithoutARangeAreRefused() {
        Network network = Cases.dense(4, 1);
        HardwareSpec hardware = Hardware.allOnTiles(
                network, 4, 4, CodecKind.DIFFERENTIAL_PAIR, 2, new ExactCell(0f, 1f, 4), new Readout.Adc(4, 8, 99.9));
        ChipDesign design = ChipDesign.of(network, hardware, Hardware.weights(network, 0, Cases.random(1)));
        ChipInstance chip = TileProgrammer.program(design, 1, 0);
        assertThatThrownBy(() -> DeployedNetwork.of(design, chip, Parameters.none(), Map.of()))
                .hasMessage("layer fc: no converter range; calibrate the read-out first");
    }
}
