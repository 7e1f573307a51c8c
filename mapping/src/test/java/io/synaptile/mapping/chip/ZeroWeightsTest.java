/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.mapping.chip;

import static org.assertj.core.api.Assertions.assertThat;

import io.synaptile.devices.CellModel;
import io.synaptile.mapping.Cases;
import io.synaptile.mapping.ExactCell;
import io.synaptile.mapping.Hardware;
import io.synaptile.mapping.HardwareSpec;
import io.synaptile.mapping.LayerCells;
import io.synaptile.mapping.LayerPlaces;
import io.synaptile.mapping.Readout;
import io.synaptile.mapping.SpreadCell;
import io.synaptile.mapping.TileSize;
import io.synaptile.mapping.codec.CodecKind;
import io.synaptile.mapping.codec.LayerWeights;
import io.synaptile.mapping.codec.SramBranch;
import io.synaptile.mapping.codec.WeightGrid;
import io.synaptile.mapping.cost.NeuroBenchMetrics;
import io.synaptile.sim.compute.Backends;
import io.synaptile.sim.compute.ExecutableNetwork;
import io.synaptile.sim.compute.InputBatch;
import io.synaptile.sim.compute.LayerActivity;
import io.synaptile.sim.network.Network;
import io.synaptile.sim.network.Parameters;
import io.synaptile.sim.spikes.Encoder;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The sparsity that is reported and the operations that are counted are those of the weights as written. */
class ZeroWeightsTest {
    private static final int INPUTS = 23;
    private static final int OUTPUTS = 9;
    private static final Network NETWORK = Cases.dense(INPUTS, OUTPUTS);

    private static HardwareSpec hardware(CodecKind codec, int weightBits, CellModel cell) {
        return Hardware.allOnTiles(NETWORK, 8, 32, codec, weightBits, cell, new Readout.Ideal());
    }

    /** Every input is a spike, so that every weight that is not 0 is one operation, whatever its cells hold. */
    private static void assertZeros(ChipDesign design, int expected) {
        int weights = INPUTS * OUTPUTS;
        NeuroBenchMetrics metrics =
                NeuroBenchMetrics.of(design, new LayerActivity[] {new LayerActivity(1), null}, new long[] {1});
        assertThat(metrics.connectionSparsity()).isEqualTo(Math.round(1e4 * expected / weights) / 1e4);
        float[] spikes = new float[INPUTS];
        Arrays.fill(spikes, 1f);
        DeployedNetwork chip =
                DeployedNetwork.of(design, TileProgrammer.program(design, 1, 0), Parameters.none(), Map.of());
        try (ExecutableNetwork network = Backends.open("cpu").prepare(chip.plan(), 1, 1)) {
            LayerActivity activity = network.run(
                            new InputBatch(spikes, 1, 1, new Encoder.Direct(), 1, 0, new long[] {0}))
                    .activity()[0]
                    .total();
            assertThat(activity.effectiveAcs).containsExactly(weights - expected);
        }
    }

    private static float[] ternary(RandomGenerator random) {
        float[] values = new float[INPUTS * OUTPUTS];
        for (int i = 0; i < values.length; i++) {
            values[i] = 0.37f * (random.nextInt(3) - 1);
        }
        return values;
    }

    private static int zeros(float[] values) {
        int zeros = 0;
        for (float value : values) {
            zeros += value == 0f ? 1 : 0;
        }
        return zeros;
    }

    @ParameterizedTest
    @EnumSource(
            mode = EnumSource.Mode.EXCLUDE,
            names = {"SHIFTED_SRAM", "RRAM_PLUS_SHIFTED_SRAM"})
    void ofTernaryWeightsInEveryCodecOnExactAndOnVaryingCells(CodecKind codec) {
        float[] values = ternary(Cases.random(5));
        LayerWeights weights = new LayerWeights(values, new WeightGrid.Ternary());
        for (CellModel cell : new CellModel[] {new ExactCell(2f, 40f, 16), new SpreadCell(2f, 40f, 16, 0.3f)}) {
            assertZeros(ChipDesign.of(NETWORK, hardware(codec, 4, cell), Map.of(0, weights)), zeros(values));
        }
    }

    /** Weights up to half a step of the largest are written as 0. */
    @ParameterizedTest
    @CsvSource({"1, DIFFERENTIAL_PAIR", "2, DIFFERENTIAL_PAIR", "1, DIFFERENTIAL_TWO_SIDED", "2, BIT_SLICED"})
    void ofWeightsThatAreQuantisedAfterTraining(int bits, CodecKind codec) {
        float[] values = Cases.real(0.7f, INPUTS * OUTPUTS, Cases.random(6));
        LayerWeights weights = new LayerWeights(values, 0);
        int zeros = 0;
        for (float value : values) {
            zeros += Math.abs(value) < weights.maxMagnitude() / (2 * ((1 << bits) - 1)) ? 1 : 0;
        }
        assertThat(zeros).isPositive();
        CellModel cell = new SpreadCell(1f, 40f, 16, 0.3f);
        assertZeros(ChipDesign.of(NETWORK, hardware(codec, bits, cell), Map.of(0, weights)), zeros);
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 4, 8})
    void ofDigitalWords(int bits) {
        float[] values = Cases.real(0.7f, INPUTS * OUTPUTS, Cases.random(7));
        LayerWeights weights = new LayerWeights(values, 0);
        int zeros = 0;
        for (float value : values) {
            zeros += Math.abs(value) < weights.maxMagnitude() / (2 * ((1 << bits - 1) - 1)) ? 1 : 0;
        }
        HardwareSpec digital = new HardwareSpec(
                new TileSize(8, 32),
                new LayerCells(CodecKind.DIFFERENTIAL_PAIR, 4, new ExactCell(0f, 1f, 16)),
                new Readout.Ideal(),
                true,
                new LayerPlaces(Set.of(), bits));
        assertZeros(ChipDesign.of(NETWORK, digital, Map.of(0, weights)), zeros);
    }

    /** A cell and the word beside it are one weight: it is 0 where both are. */
    @Test
    void ofCellsWithSramWordsBesideThem() {
        RandomGenerator random = Cases.random(8);
        float[] values = ternary(random);
        float[] words = new float[values.length];
        int zeros = 0;
        for (int i = 0; i < values.length; i++) {
            words[i] = random.nextBoolean() ? 0.5f : 0f;
            zeros += values[i] == 0f && words[i] == 0f ? 1 : 0;
        }
        HardwareSpec hybrid = hardware(CodecKind.RRAM_PLUS_SHIFTED_SRAM, 4, new ExactCell(2f, 40f, 16));
        assertZeros(
                ChipDesign.of(
                        NETWORK,
                        hybrid,
                        Map.of(0, new LayerWeights(values, new WeightGrid.Ternary())),
                        Map.of(0, new SramBranch(words, 2, 0, 1f, true, 0))),
                zeros);
    }
}
