/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.mapping.chip;

import static io.synaptile.testing.Tolerance.againstClosedForm;
import static io.synaptile.testing.Tolerance.againstReference;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import io.synaptile.devices.cost.ActivityCount;
import io.synaptile.devices.cost.PhysicalActivity;
import io.synaptile.devices.cost.WordWidths;
import io.synaptile.mapping.Cases;
import io.synaptile.mapping.ConverterSpread;
import io.synaptile.mapping.ExactCell;
import io.synaptile.mapping.Hardware;
import io.synaptile.mapping.HardwareSpec;
import io.synaptile.mapping.Readout;
import io.synaptile.mapping.TileExecutor;
import io.synaptile.mapping.calibration.RangeCalibrator;
import io.synaptile.mapping.codec.CodecKind;
import io.synaptile.mapping.codec.LayerWeights;
import io.synaptile.mapping.codec.SramBranch;
import io.synaptile.mapping.codec.SumRounding;
import io.synaptile.mapping.codec.WeightGrid;
import io.synaptile.mapping.cost.ActivityProjector;
import io.synaptile.mapping.tile.TileAssignment;
import io.synaptile.sim.compute.InputBatch;
import io.synaptile.sim.compute.LayerActivity;
import io.synaptile.sim.compute.LayerArrays;
import io.synaptile.sim.compute.NetworkPlan;
import io.synaptile.sim.compute.SynapsePlan;
import io.synaptile.sim.network.Network;
import io.synaptile.sim.network.Parameters;
import io.synaptile.sim.spikes.Encoder;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class HybridDesignTest {
    private static final CodecKind HYBRID = CodecKind.RRAM_PLUS_SHIFTED_SRAM;

    private static HardwareSpec hardware(Network network, int rows, int columns, Readout readout) {
        return Hardware.allOnTiles(network, rows, columns, HYBRID, 4, new ExactCell(2f, 40f, 17), readout);
    }

    private static Map<Integer, SramBranch> words(Network network, int bits, int shift, RandomGenerator random) {
        Map<Integer, SramBranch> words = new TreeMap<>();
        for (Network.Node node : network.synapses()) {
            float[] values = Cases.quantised(bits, node.weightCount(), random);
            words.put(node.id(), new SramBranch(values, bits, shift, 1 + Math.scalb(1f, shift), false, 0));
        }
        return words;
    }

    @ParameterizedTest
    @MethodSource("io.synaptile.mapping.Cases#seeds")
    void withExactCellsBothBranchesTogetherAreTheEffectiveWeights(long seed) {
        RandomGenerator random = Cases.random(seed);
        Network network = Cases.network(random);
        Map<Integer, LayerWeights> weights = Hardware.weights(network, 4, random);
        Map<Integer, SramBranch> words = words(network, 1 + random.nextInt(4), random.nextInt(3) - 1, random);
        ChipDesign design = ChipDesign.of(
                network, hardware(network, 1 + random.nextInt(40), 32, new Readout.Ideal()), weights, words);
        DeployedNetwork deployed =
                DeployedNetwork.of(design, TileProgrammer.program(design, seed, 0), Parameters.none(), Map.of());
        Map<Integer, float[]> onChip = EffectiveWeights.of(design, deployed.chip());
        for (Network.Node node : network.synapses()) {
            SramBranch branch = words.get(node.id());
            float[] effective = new float[node.weightCount()];
            for (int i = 0; i < effective.length; i++) {
                effective[i] =
                        branch.rramGain() * weights.get(node.id()).values()[i] + branch.gain() * branch.words()[i];
            }
            assertThat(onChip.get(node.id())).containsExactly(effective, againstClosedForm(1e-6f));
            float[] x = Cases.real(1f, node.in().size(), random);
            LayerArrays plan = deployed.plan()
                    .synapses()
                    .get(node.id())
                    .arrays()
                    .orElseThrow()
                    .first();
            double[] hard = TileExecutor.tiled(node, plan, x, new LayerActivity(1), 0);
            double[] soft = TileExecutor.dense(node, effective, x);
            for (int i = 0; i < soft.length; i++) {
                assertThat(hard[i]).as("seed %d, output %d", seed, i).isEqualTo(soft[i], againstReference(1e-4));
            }
        }
    }

    /** A single layer of words alone: what every macro sums is shifted as a whole number, then added. */
    @ParameterizedTest
    @CsvSource({
        "FLOOR, 2, 1, ideal",
        "NEAREST, 3, 2, ideal",
        "FLOOR, 4, 3, adc",
        "NEAREST, 8, 1, adc",
        "FLOOR, 5, 5, missing"
    })
    void sumsOfWordsLoseTheBitsThatAreShiftedOut(SumRounding rounding, int bits, int shift, String readout) {
        RandomGenerator random = Cases.random(bits);
        Network network = Cases.dense(40, 6);
        float[] values = Cases.quantised(bits, 240, random);
        SramBranch branch = new SramBranch(values, bits, -shift, 2f, false, 0, rounding);
        Readout kind = switch (readout) {
            case "adc" -> new Readout.Adc(6, 8, 99.9);
            case "missing" ->
                new Readout.Adc(6, 8, Readout.Adc.Range.CALIBRATED, 99.9, new ConverterSpread(0.1, 1, 0.2), false);
            default -> new Readout.Ideal();
        };
        ChipDesign design = ChipDesign.of(
                network,
                hardware(network, 16, 12, kind),
                Map.of(0, new LayerWeights(new float[240], new WeightGrid.None())),
                Map.of(0, branch));
        SynapsePlan.Converter silent = new SynapsePlan.Converter(0f, 1f, 64);
        Map<Integer, SynapsePlan.Converter[]> converters = Map.of(0, new SynapsePlan.Converter[] {silent, silent});
        NetworkPlan plan = DeployedNetwork.of(
                        design, TileProgrammer.program(design, 1, 0), Parameters.none(), converters)
                .plan();
        float[] gain =
                plan.synapses().get(0).arrays().orElseThrow().first().cells().gain();
        Arrays.fill(gain, 0, gain.length - 1, 0f);
        float[] spikes = new float[40];
        for (int i = 0; i < spikes.length; i++) {
            spikes[i] = random.nextInt(2);
        }
        float[] scores = DeployedOnBackendTest.scores(plan, spikes);
        int perUnit = 1 << bits - 1;
        for (int o = 0; o < 6; o++) {
            int expected = 0;
            for (int first = 0; first < 40; first += 16) {
                int sum = rounding == SumRounding.FLOOR ? 0 : 1 << shift - 1;
                for (int i = first; i < Math.min(first + 16, 40); i++) {
                    sum += Math.round(spikes[i] * values[o * 40 + i] * perUnit);
                }
                expected += sum >> shift;
            }
            assertThat(scores[o]).isEqualTo(expected / (2f * perUnit));
        }
    }

    @Test
    void sumsThatFloatsDoNotHoldAreRefused() {
        Network network = Cases.dense(40, 6);
        SramBranch wide = new SramBranch(new float[240], 16, -1, 1f, false, 0, SumRounding.FLOOR);
        assertThatThrownBy(() -> ChipDesign.of(
                        network,
                        hardware(network, 40, 64, new Readout.Ideal()),
                        Map.of(0, new LayerWeights(new float[240], 4)),
                        Map.of(0, wide)))
                .hasMessage("the rounding of SRAM sums must be exact for words of 16 bits on macros of 40 rows, whose"
                        + " sums single precision does not hold to the last bit");
    }

    /** Macros that drop bits shift what they sum; a sum that keeps them is shifted once. */
    @Test
    void everyMacroThatDropsBitsShifts() {
        Network network = Cases.dense(6, 4);
        LayerActivity activity = new LayerActivity(1);
        activity.tileReads[0] = 2;
        activity.activePositions[0] = 1;
        double[] shifts = new double[2];
        for (SumRounding rounding : new SumRounding[] {SumRounding.EXACT, SumRounding.FLOOR}) {
            SramBranch branch = new SramBranch(Cases.quantised(2, 24, Cases.random(1)), 2, -1, 1f, false, 0, rounding);
            ChipDesign design = ChipDesign.of(
                    network,
                    hardware(network, 3, 8, new Readout.Ideal()),
                    Map.of(0, new LayerWeights(Cases.quantised(4, 24, Cases.random(1)), 4)),
                    Map.of(0, branch));
            shifts[rounding == SumRounding.EXACT ? 0 : 1] = new ActivityProjector(
                            design, new Encoder.Poisson(2f), WordWidths.ofAdc(6), 8)
                    .project(new LayerActivity[] {activity, new LayerActivity(1)}, 1)
                    .get(0)
                    .of(ActivityCount.SRAM_SHIFTS);
        }
        assertThat(shifts).containsExactly(4, 8);
    }

    @Test
    void wordsAreNeitherConvertedNorNoisy() {
        RandomGenerator random = Cases.random(3);
        Network network = Cases.network(random);
        Map<Integer, LayerWeights> weights = Hardware.weights(network, 4, random);
        ChipDesign design = ChipDesign.of(
                network, hardware(network, 16, 32, new Readout.Adc(6, 8, 99.9)), weights, words(network, 2, 0, random));
        InputBatch batch = new InputBatch(
                Cases.real(2f, 2 * network.input().size(), random), 2, 3, new Encoder.Poisson(2f), 5, 0, new long[] {
                    0, 1
                });
        Map<Integer, SynapsePlan.Converter[]> converters =
                RangeCalibrator.calibrate(design, Parameters.none(), batch, 2);
        DeployedNetwork deployed =
                DeployedNetwork.of(design, TileProgrammer.program(design, 1, 0), Parameters.none(), converters);
        for (Network.Node node : network.synapses()) {
            LayerArrays plan = deployed.plan()
                    .synapses()
                    .get(node.id())
                    .arrays()
                    .orElseThrow()
                    .first();
            assertThat(plan.cells().values()).hasNumberOfRows(3);
            assertThat(plan.conversion().converter(0)).isPresent();
            assertThat(plan.conversion().converter(1)).isPresent();
            assertThat(plan.conversion().converter(2)).isEmpty();
        }
    }

    @Test
    void theSameChipIsProgrammedWithAndWithoutWords() {
        RandomGenerator random = Cases.random(4);
        Network network = Cases.network(random);
        Map<Integer, LayerWeights> weights = Hardware.weights(network, 4, random);
        HardwareSpec hardware = hardware(network, 16, 32, new Readout.Ideal());
        ChipInstance plain = TileProgrammer.program(ChipDesign.of(network, hardware, weights), 9, 5);
        ChipInstance hybrid =
                TileProgrammer.program(ChipDesign.of(network, hardware, weights, words(network, 2, 0, random)), 9, 5);
        plain.layers()
                .forEach((node, layer) ->
                        assertThat(hybrid.layers().get(node).conductances()).isDeepEqualTo(layer.conductances()));
    }

    /** 6 inputs, 4 outputs: groups of 3 inputs, of which the second of outputs 0 and 1 and both of output 3 are 0. */
    private static ChipDesign pruned() {
        Network network = Cases.dense(6, 4);
        float[] words = {
            1, 1, 1, 0, 0, 0, //
            1, -1, 1, 0, 0, 0, //
            -1, 1, 1, 1, 1, 1, //
            0, 0, 0, 0, 0, 0
        };
        return ChipDesign.of(
                network,
                hardware(network, 3, 8, new Readout.Ideal()),
                Map.of(0, new LayerWeights(Cases.quantised(4, 24, Cases.random(1)), 4)),
                Map.of(0, new SramBranch(words, 2, 1, 3f, false, 3)));
    }

    @Test
    void aPrunedGroupTakesNoMacro() {
        ChipDesign design = pruned();
        assertThat(design.macros(0).outputs()).isEqualTo(3);
        assertThat(design.macros(0).assignments())
                .extracting(macro -> macro.array().rowTile(), TileAssignment::cellsUsed)
                .containsExactly(tuple(0, 18L), tuple(1, 6L));
        // 24 weights on pairs of cells of 17 levels, 12 words of 2 bits.
        assertThat(design.storageBits(0)).isCloseTo(48 * Math.log(17) / Math.log(2) + 24, againstClosedForm(1e-9));
    }

    @Test
    void aPrunedGroupCostsNoEnergy() {
        LayerActivity activity = new LayerActivity(1);
        activity.rowDrives[0] = 10;
        activity.tileReads[0] = 4;
        activity.activePositions[0] = 3;
        LayerActivity[] all = {activity, new LayerActivity(1)};
        PhysicalActivity counts = new ActivityProjector(pruned(), new Encoder.Poisson(2f), WordWidths.ofAdc(6), 8)
                .project(all, 1)
                .get(0);
        // 12 of 24 words on 6 rows: 2 words per driven row.
        assertThat(counts.of(ActivityCount.SRAM_MACS)).isEqualTo(20);
        assertThat(counts.of(ActivityCount.SRAM_SHIFTS)).isEqualTo(9);
        assertThat(counts.of(ActivityCount.SRAM_ACCUMULATES)).isEqualTo(12);
        assertThat(counts.of(ActivityCount.COLUMN_READS)).isEqualTo(4 * 8);
    }

    @Test
    void wordsWithoutTheirCodecOrPlaceAreRefused() {
        Network network = Cases.dense(6, 4);
        Map<Integer, LayerWeights> weights = Map.of(0, new LayerWeights(new float[24], 4));
        Map<Integer, SramBranch> words = Map.of(0, new SramBranch(new float[24], 2, 0, 2f, false, 0));
        HardwareSpec pairs = Hardware.allOnTiles(
                network, 8, 8, CodecKind.DIFFERENTIAL_PAIR, 4, new ExactCell(2f, 40f, 17), new Readout.Ideal());
        assertThatThrownBy(() -> ChipDesign.of(network, pairs, weights, words))
                .hasMessage("layer fc has SRAM words, which need codec rram-plus-shifted-sram and a layer on tiles");
        HardwareSpec hybrid = hardware(network, 8, 8, new Readout.Ideal());
        assertThatThrownBy(() -> ChipDesign.of(
                        network, hybrid, weights, Map.of(0, new SramBranch(new float[23], 2, 0, 2f, false, 0))))
                .hasMessage("layer fc: 23 SRAM words, expected 24");
        assertThatThrownBy(() -> ChipDesign.of(
                        network, hybrid, weights, Map.of(0, new SramBranch(new float[24], 9, 0, 2f, false, 0))))
                .hasMessageContaining("one output takes 10 physical columns, a tile has 8");
    }
}
