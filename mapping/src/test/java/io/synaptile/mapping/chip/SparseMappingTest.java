/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.mapping.chip;

import static io.synaptile.testing.Tolerance.againstClosedForm;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.synaptile.devices.sram.SramShiftCell;
import io.synaptile.mapping.Cases;
import io.synaptile.mapping.ChipSpec;
import io.synaptile.mapping.ExactCell;
import io.synaptile.mapping.Hardware;
import io.synaptile.mapping.HardwareSpec;
import io.synaptile.mapping.Readout;
import io.synaptile.mapping.SparseMapping;
import io.synaptile.mapping.SpreadCell;
import io.synaptile.mapping.codec.CodecKind;
import io.synaptile.mapping.codec.LayerWeights;
import io.synaptile.mapping.codec.WeightGrid;
import io.synaptile.mapping.cost.ChipCosting;
import io.synaptile.mapping.tile.LayerTiles;
import io.synaptile.mapping.tile.TileAssignment;
import io.synaptile.sim.compute.BatchActivity;
import io.synaptile.sim.compute.LayerActivity;
import io.synaptile.sim.network.Extent;
import io.synaptile.sim.network.Layer;
import io.synaptile.sim.network.Network;
import io.synaptile.sim.network.NetworkBuilder;
import io.synaptile.sim.network.ParameterId;
import io.synaptile.sim.network.Parameters;
import io.synaptile.sim.network.Role;
import io.synaptile.sim.network.Shape;
import io.synaptile.sim.spikes.Encoder;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Map;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Tiles that leave out what holds no weight: nothing else changes. */
class SparseMappingTest {
    static Stream<Arguments> levelsAndSeeds() {
        return Stream.of(SparseMapping.SKIP, SparseMapping.PERMUTE)
                .flatMap(level -> LongStream.range(0, 30).mapToObj(seed -> Arguments.of(level, seed)));
    }

    static Stream<Arguments> levelsAndCodecs() {
        return Stream.of(SparseMapping.SKIP, SparseMapping.PERMUTE)
                .flatMap(level -> Arrays.stream(CodecKind.values())
                        .filter(kind -> kind != CodecKind.RRAM_PLUS_SHIFTED_SRAM)
                        .map(kind -> Arguments.of(level, kind)));
    }

    private static ChipSpec chip(SparseMapping level) {
        return ChipSpec.of(ChipSpec.Room.UNLIMITED, ChipSpec.Packing.PE).with(level);
    }

    /** The same weights without some, without some outputs and, where there are several, without some runs of weights. */
    private static Map<Integer, LayerWeights> sparse(
            Network network, Map<Integer, LayerWeights> dense, RandomGenerator random) {
        dense.replaceAll((node, own) -> {
            float[] values = own.values().clone();
            double share = 0.2 + 0.8 * random.nextDouble();
            int perOutput = values.length / network.node(node).weightShape()[0];
            BitSet silent = new BitSet();
            IntStream.range(0, values.length)
                    .filter(_ -> random.nextInt(4) == 0)
                    .forEach(silent::set);
            for (int i = 0; i < values.length; i++) {
                boolean pruned = random.nextDouble() < share
                        || silent.get(i / perOutput)
                        || silent.get(values.length - 1 - i % perOutput);
                values[i] = pruned ? 0f : values[i];
            }
            return new LayerWeights(values, own.grid());
        });
        return dense;
    }

    /** Every weight that is not 0 has one place and no place has two. */
    private static void assertPlaced(ChipDesign design) {
        for (LayerTiles tiles : design.tiles().layers()) {
            int outputs = tiles.outputs();
            BitSet placed = new BitSet();
            long cells = 0;
            for (TileAssignment part : tiles.assignments()) {
                assertThat(tiles.address(tiles.number(part.array()))).isEqualTo(part.array());
                assertThat(part.rows()).isBetween(1, tiles.tile().rows());
                assertThat(part.outputs()).isBetween(1, tiles.outputsPerTile());
                cells += part.cellsUsed();
                for (int output :
                        tiles.outputsOn(part.array().rowTile(), part.array().columnTile())) {
                    for (int row = part.firstRow(); row < part.firstRow() + part.rows(); row++) {
                        int place = tiles.source(row) * outputs + output;
                        assertThat(placed.get(place)).as("a second place").isFalse();
                        placed.set(place);
                    }
                }
            }
            assertThat(tiles.weights()).isEqualTo(placed.cardinality());
            assertThat(tiles.cellsUsed()).isEqualTo(cells);
            float[] weights = design.weights().get(tiles.layer()).values();
            boolean[] held = EffectiveWeights.nonZero(design, tiles.layer());
            for (int i = 0; i < weights.length; i++) {
                assertThat(held[i]).as("weight %d of %s", i, tiles.name()).isEqualTo(weights[i] != 0f);
            }
        }
    }

    private static int tiles(ChipDesign design) {
        return design.tiles().tiles();
    }

    @ParameterizedTest
    @MethodSource("levelsAndSeeds")
    void withExactCellsTheChipIsTheSoftwareNetwork(SparseMapping level, long seed) {
        RandomGenerator random = Cases.random(seed + 100);
        Network network = Cases.network(random);
        Map<Integer, LayerWeights> weights = sparse(network, Hardware.weights(network, 3, random), random);
        HardwareSpec hardware = Hardware.allOnTiles(
                network,
                1 + random.nextInt(12),
                4 + random.nextInt(20),
                random.nextBoolean() ? CodecKind.DIFFERENTIAL_PAIR : CodecKind.UNIT_COLUMN,
                4,
                new ExactCell(1f, 65f, 9),
                new Readout.Ideal());
        ChipSpec chip = random.nextBoolean() ? chip(level) : chip(level).splittingKernels();
        chip = chip.with(ChipSpec.Copies.of(Map.of("conv1", 1 + random.nextInt(3))));
        ChipDesign design = ChipDesign.of(network, hardware.withChip(chip), weights);
        DeployedOnBackendTest.assertChipEqualsSoftware(design, seed, random);
        assertPlaced(design);
        assertThat(tiles(design))
                .isLessThanOrEqualTo(
                        tiles(ChipDesign.of(network, hardware.withChip(chip.with(SparseMapping.NONE)), weights)));
        if (level == SparseMapping.PERMUTE) {
            ChipDesign skipped = ChipDesign.of(network, hardware.withChip(chip.with(SparseMapping.SKIP)), weights);
            assertThat(tiles(design)).isLessThanOrEqualTo(tiles(skipped));
            assertThat(design.tiles().cellsUsed())
                    .isLessThanOrEqualTo(skipped.tiles().cellsUsed() * 2);
        }
    }

    @ParameterizedTest
    @MethodSource("levelsAndCodecs")
    void everyCodecHoldsTheSameWeights(SparseMapping level, CodecKind kind) {
        for (long seed = 0; seed < 6; seed++) {
            RandomGenerator random = Cases.random(seed + 300);
            Network network = Cases.network(random);
            Map<Integer, LayerWeights> weights = Hardware.weights(network, 3, random);
            if (kind == CodecKind.TERNARY_PAIR) {
                weights.replaceAll((_, own) -> ternary(own.values()));
            } else if (kind == CodecKind.SHIFTED_SRAM) {
                weights.replaceAll((_, own) -> belowFullScale(own));
            }
            int levels = kind == CodecKind.DUMMY_COLUMN ? 9 : 2;
            HardwareSpec hardware = Hardware.allOnTiles(
                    network,
                    1 + random.nextInt(30),
                    9 + random.nextInt(30),
                    kind,
                    4,
                    kind == CodecKind.SHIFTED_SRAM
                            ? new SramShiftCell(4, 0)
                            : new ExactCell(1, 1 + 8 * (levels - 1), levels),
                    new Readout.Ideal());
            ChipDesign design =
                    ChipDesign.of(network, hardware.withChip(chip(level)), sparse(network, weights, random));
            assertPlaced(design);
            DeployedOnBackendTest.assertChipEqualsSoftware(design, seed, random);
        }
    }

    /** Words of two's complement have no positive full scale. */
    private static LayerWeights belowFullScale(LayerWeights weights) {
        float[] values = weights.values().clone();
        for (int i = 0; i < values.length; i++) {
            values[i] = Math.min(values[i], 0.75f);
        }
        return new LayerWeights(values, weights.grid());
    }

    private static LayerWeights ternary(float[] values) {
        float[] signs = new float[values.length];
        for (int i = 0; i < signs.length; i++) {
            signs[i] = Math.signum(values[i]);
        }
        return new LayerWeights(signs, new WeightGrid.Ternary());
    }

    /** Six inputs and four outputs in two interleaved groups on tiles of three rows and two outputs. */
    private static ChipDesign worked(SparseMapping level) {
        float[] weights = {
            1, 0, 1, 0, 1, 0, // output 0
            0, 1, 0, 1, 0, 0, // output 1
            1, 0, 0, 0, 1, 0, // output 2
            0, 0, 0, 1, 0, 0 // output 3
        };
        Network network = Cases.dense(6, 4);
        return ChipDesign.of(
                network,
                Hardware.allOnTiles(
                                network,
                                3,
                                4,
                                CodecKind.DIFFERENTIAL_PAIR,
                                1,
                                new ExactCell(2f, 40f, 2),
                                new Readout.Ideal())
                        .withChip(chip(level)),
                Map.of(0, new LayerWeights(weights, 0)));
    }

    private static int[][][] outputs(LayerTiles tiles) {
        return IntStream.range(0, tiles.rowTiles())
                .mapToObj(rowTile -> IntStream.range(0, tiles.columnTiles(rowTile))
                        .mapToObj(columnTile -> tiles.outputsOn(rowTile, columnTile))
                        .toArray(int[][]::new))
                .toArray(int[][][]::new);
    }

    private static int[] sources(LayerTiles tiles) {
        return IntStream.range(0, tiles.rows()).map(tiles::source).toArray();
    }

    @Test
    void patternsAreWorkedOutByHand() {
        LayerTiles whole = worked(SparseMapping.NONE).tiles().layer(0).orElseThrow();
        assertThat(whole.tiles()).isEqualTo(4);
        assertThat(whole.cellsUsed()).isEqualTo(6 * 4 * 2);

        // Input 5 drives nothing; rows 0 to 2 and 3 to 4 both have weights at outputs 0 or 1 and at 2 or 3.
        LayerTiles skip = worked(SparseMapping.SKIP).tiles().layer(0).orElseThrow();
        assertThat(sources(skip)).containsExactly(0, 1, 2, 3, 4);
        assertThat(outputs(skip)).isEqualTo(new int[][][] {{{0, 1}, {2, 3}}, {{0, 1}, {2, 3}}});
        assertThat(skip.cellsUsed()).isEqualTo(5 * 4 * 2);

        // Row 0 begins, the first with two weights; row 4 has the same outputs and row 2 one of them. Rows 1 and 3
        // remain.
        LayerTiles permuted = worked(SparseMapping.PERMUTE).tiles().layer(0).orElseThrow();
        assertThat(sources(permuted)).containsExactly(0, 2, 4, 1, 3);
        assertThat(outputs(permuted)).isEqualTo(new int[][][] {{{0, 2}}, {{1, 3}}});
        assertThat(permuted.rowCuts()).containsExactly(0, 3);
        assertThat(permuted.cellsUsed()).isEqualTo((3 + 2) * 2 * 2);
        assertThat(permuted.utilisation()).isCloseTo(20.0 / (2 * 12), againstClosedForm(1e-12));
    }

    @ParameterizedTest
    @EnumSource(SparseMapping.class)
    void scoresOfTheWorkedExample(SparseMapping level) {
        ChipDesign design = worked(level);
        DeployedNetwork chip =
                DeployedNetwork.withExactReadout(design, TileProgrammer.program(design, 1, 0), Parameters.none());
        float[] scores = DeployedOnBackendTest.scores(chip.plan(), new float[] {1, 1, 0, 1, 0, 1});
        assertThat(scores).containsExactly(1f, 2f, 1f, 1f);
    }

    /** A row that is left out has no cells whose noise an input could drive. */
    @Test
    void cellsThatAreNotThereDoNotVary() {
        Network network = Cases.dense(6, 4);
        float[] weights = new float[24];
        weights[0] = 1;
        for (SparseMapping level : SparseMapping.values()) {
            HardwareSpec hardware = Hardware.allOnTiles(
                            network,
                            3,
                            4,
                            CodecKind.DIFFERENTIAL_PAIR,
                            1,
                            new SpreadCell(2f, 40f, 2, 0.3f),
                            new Readout.Ideal())
                    .withChip(chip(level));
            ChipDesign design = ChipDesign.of(network, hardware, Map.of(0, new LayerWeights(weights, 0)));
            DeployedNetwork chip =
                    DeployedNetwork.withExactReadout(design, TileProgrammer.program(design, 1, 0), Parameters.none());
            float[] scores = DeployedOnBackendTest.scores(chip.plan(), new float[] {0, 1, 1, 1, 1, 1});
            if (level == SparseMapping.NONE) {
                assertThat(scores).doesNotContain(0f);
            } else {
                assertThat(scores).containsOnly(0f);
            }
        }
    }

    @Test
    void aLayerWithoutWeightsKeepsACell() {
        Network network = Cases.dense(6, 4);
        HardwareSpec hardware = Hardware.allOnTiles(
                        network, 3, 4, CodecKind.DIFFERENTIAL_PAIR, 1, new ExactCell(2f, 40f, 2), new Readout.Ideal())
                .withChip(chip(SparseMapping.PERMUTE));
        ChipDesign design =
                ChipDesign.of(network, hardware, Map.of(0, new LayerWeights(new float[24], new WeightGrid.KBit(1))));
        assertThat(design.tiles().cellsUsed()).isEqualTo(2);
        DeployedNetwork chip =
                DeployedNetwork.withExactReadout(design, TileProgrammer.program(design, 1, 0), Parameters.none());
        assertThat(DeployedOnBackendTest.scores(chip.plan(), new float[] {1, 1, 1, 1, 1, 1}))
                .containsOnly(0f);
    }

    /** Four groups of two channels each: of the cells between groups none is left. */
    @Test
    void permutedTilesHaveNoCellsBetweenGroups() {
        NetworkBuilder builder = new NetworkBuilder("grouped", new Shape(8, 1, 2));
        builder.add(
                "conv", new Layer.Conv2d(8, new Extent(1, 2), Extent.square(1), Extent.square(0), Extent.square(1), 4));
        builder.add("out", new Layer.ReadOut());
        Network network = builder.build();
        float[] weights = new float[8 * 2 * 2];
        Arrays.fill(weights, 1f);
        for (SparseMapping level : SparseMapping.values()) {
            ChipDesign design = ChipDesign.of(
                    network,
                    Hardware.allOnTiles(
                                    network,
                                    4,
                                    4,
                                    CodecKind.DIFFERENTIAL_PAIR,
                                    1,
                                    new ExactCell(2f, 40f, 2),
                                    new Readout.Ideal())
                            .withChip(chip(level)),
                    Map.of(0, new LayerWeights(weights, 0)));
            long between = design.tiles().cellsUsed() - 2L * weights.length;
            // In their own order, the four channels of a tile are of two groups, which two tiles of two outputs hold.
            assertThat(tiles(design)).isEqualTo(level == SparseMapping.NONE ? 16 : level == SparseMapping.SKIP ? 8 : 4);
            assertThat(between == 0).isEqualTo(level == SparseMapping.PERMUTE);
        }
    }

    @ParameterizedTest
    @EnumSource(SparseMapping.class)
    void rowsOfBiasesStayBehindTheOthers(SparseMapping level) {
        NetworkBuilder builder = new NetworkBuilder("biased", Shape.features(5));
        builder.add("fc", new Layer.Dense(3));
        builder.add("fc_bias", new Layer.Bias());
        builder.add("out", new Layer.ReadOut());
        Network network = builder.build();
        float[] weights = {0, 1, 0, 0, -1, 0, 0, 0, 0, 0, 0, 0, 1, 0, 0};
        Parameters bias = Parameters.of(Map.of(new ParameterId(1, Role.BIAS), new float[] {-3f, 2f, 0f}));
        HardwareSpec hardware = Hardware.allOnTiles(
                        network, 2, 4, CodecKind.DIFFERENTIAL_PAIR, 4, new ExactCell(2f, 40f, 16), new Readout.Ideal())
                .withBiasRows()
                .withChip(chip(level));
        ChipDesign design = ChipDesign.of(network, hardware, Map.of(0, new LayerWeights(weights, 0)), Map.of(), bias);
        ChipInstance chip = TileProgrammer.program(design, 1, 0);
        float[] scores = DeployedOnBackendTest.scores(
                DeployedNetwork.withExactReadout(design, chip, bias).plan(), new float[] {1, 1, 1, 1, 0});
        float[] expected = {-2, 2, 1};
        for (int o = 0; o < scores.length; o++) {
            assertThat(scores[o]).isCloseTo(expected[o], againstClosedForm(1e-5f));
        }
        float[] held = EffectiveWeights.biases(design, chip).get(new ParameterId(1, Role.BIAS));
        assertThat(held[0]).isCloseTo(-3f, againstClosedForm(1e-5f));
        assertThat(held[2]).isCloseTo(0f, againstClosedForm(1e-5f));
    }

    @Test
    void wordsBesideCellsAreRefused() {
        Network network = Cases.dense(6, 4);
        HardwareSpec hardware = Hardware.allOnTiles(
                network, 3, 4, CodecKind.RRAM_PLUS_SHIFTED_SRAM, 1, new ExactCell(2f, 40f, 2), new Readout.Ideal());
        assertThatThrownBy(() -> hardware.withChip(chip(SparseMapping.SKIP)))
                .hasMessage("what tiles leave out of sparse matrices must be none for codec rram-plus-shifted-sram of"
                        + " layer fc, whose SRAM words stand beside the rows of its cells");
    }

    /** Two tiles instead of four are read, and no converter for a column that is not there. */
    @Test
    void whatIsNotThereCostsNothing() {
        double whole = picojoules(SparseMapping.NONE);
        double skipped = picojoules(SparseMapping.SKIP);
        double permuted = picojoules(SparseMapping.PERMUTE);
        assertThat(skipped).isLessThanOrEqualTo(whole);
        assertThat(permuted).isLessThan(0.75 * skipped);
    }

    /** One row tile has all outputs, so that nothing is added; the expected reads of a million images do not round to less. */
    @ParameterizedTest
    @MethodSource("levelsAndSeeds")
    void theArtificialNetworkReadsTheSameTiles(SparseMapping level, long seed) {
        RandomGenerator random = Cases.random(seed + 700);
        Network network = Cases.network(random);
        HardwareSpec hardware = Hardware.allOnTiles(
                        network,
                        2 + random.nextInt(40),
                        8,
                        CodecKind.DIFFERENTIAL_PAIR,
                        4,
                        new ExactCell(1f, 65f, 9),
                        new Readout.Ideal())
                .withChip(chip(level));
        ChipDesign design =
                ChipDesign.of(network, hardware, sparse(network, Hardware.weights(network, 3, random), random));
        DeployedNetwork chip =
                DeployedNetwork.withExactReadout(design, TileProgrammer.program(design, 1, 0), Parameters.none());
        float[] image = Cases.real(2f, network.input().size(), random);
        LayerActivity[] activity = Arrays.stream(
                        DeployedOnBackendTest.result(chip.plan(), image).activity())
                .map(BatchActivity::total)
                .toArray(LayerActivity[]::new);
        ChipCosting.Baseline baseline =
                ChipCosting.profile("isaac32", design, new Encoder.Poisson(1f)).baseline(activity, new long[] {1});
        assertThat(baseline.annPicojoules()).isPositive();
        assertThat(baseline.breakEvenRate()).isBetween(0.0, 1.0);
    }

    private static double picojoules(SparseMapping level) {
        ChipDesign design = worked(level);
        DeployedNetwork chip =
                DeployedNetwork.withExactReadout(design, TileProgrammer.program(design, 1, 0), Parameters.none());
        return ChipCosting.profile("isaac32", design, new Encoder.PoissonFrames())
                .picojoules(DeployedOnBackendTest.result(chip.plan(), new float[] {1, 1, 1, 1, 1, 0}));
    }
}
