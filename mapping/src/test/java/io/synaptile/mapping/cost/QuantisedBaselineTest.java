/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.mapping.cost;

import static io.synaptile.testing.Tolerance.againstClosedForm;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.synaptile.devices.cost.ActivityCount;
import io.synaptile.devices.cost.PhysicalActivity;
import io.synaptile.devices.cost.WordWidths;
import io.synaptile.mapping.ConverterSpread;
import io.synaptile.mapping.ExactCell;
import io.synaptile.mapping.HardwareSpec;
import io.synaptile.mapping.LayerCells;
import io.synaptile.mapping.LayerPlaces;
import io.synaptile.mapping.Readout;
import io.synaptile.mapping.TileSize;
import io.synaptile.mapping.chip.ChipDesign;
import io.synaptile.mapping.codec.CodecKind;
import io.synaptile.mapping.codec.LayerWeights;
import io.synaptile.sim.compute.ArrayGrid;
import io.synaptile.sim.compute.LayerActivity;
import io.synaptile.sim.network.Layer;
import io.synaptile.sim.network.Network;
import io.synaptile.sim.network.NetworkBuilder;
import io.synaptile.sim.network.NeuronSpec;
import io.synaptile.sim.network.Shape;
import io.synaptile.sim.spikes.Encoder;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class QuantisedBaselineTest {
    private static final Offset<Double> CLOSED_FORM = againstClosedForm(1e-5);
    private static final int FC1 = 0;
    private static final int LIF = 1;
    private static final int FC2 = 2;

    /** Eight inputs, eight hidden neurons, two outputs; tiles of four rows, cells of one bit from 0 to 1 uS. */
    private static ChipDesign design(Set<String> tiled) {
        return design(tiled, false);
    }

    private static ChipDesign design(Set<String> tiled, boolean adaptive) {
        NetworkBuilder builder = new NetworkBuilder("pair", Shape.features(8));
        builder.add("fc1", new Layer.Dense(8));
        builder.add("lif", new Layer.Neuron(NeuronSpec.lif(1f, 1f)));
        builder.add("fc2", new Layer.Dense(2));
        builder.add("out", new Layer.ReadOut());
        HardwareSpec hardware = new HardwareSpec(
                new TileSize(4, 4),
                new LayerCells(CodecKind.DIFFERENTIAL_PAIR, 1, new ExactCell(0f, 1f, 2)),
                new Readout.Adc(4, 1, Readout.Adc.Range.CALIBRATED, 99.9, ConverterSpread.NONE, adaptive),
                true,
                new LayerPlaces(tiled, 8));
        float[] ones = new float[16];
        Arrays.fill(ones, 1f);
        return ChipDesign.of(
                builder.build(),
                hardware,
                Map.of(FC1, new LayerWeights(new float[64], 0), FC2, new LayerWeights(ones, 0)));
    }

    private static QuantisedBaseline baseline(int bits) {
        return new QuantisedBaseline(
                new ActivityProjector(design(Set.of("fc1", "fc2")), new Encoder.Poisson(2f), WordWidths.ofAdc(4), 8),
                bits);
    }

    /** Layer fc2 with words of three bits, worked by hand. */
    @Test
    void oneBitSerialPassIsCounted() {
        Map<Integer, PhysicalActivity> counts = baseline(3).artificial();
        PhysicalActivity fc2 = counts.get(FC2);
        // Half of 3 x 8 bits are 1; 2 outputs of 2 columns fit one tile, 8 rows take two.
        assertThat(fc2.of(ActivityCount.ROW_ACTIVATIONS)).isEqualTo(12);
        // One cell of every pair is on: 2 uS on each row.
        assertThat(fc2.of(ActivityCount.DRIVEN_MICROSIEMENS)).isEqualTo(24);
        assertThat(fc2.of(ActivityCount.ARRAY_READS)).isEqualTo(6);
        assertThat(fc2.of(ActivityCount.ADC_CONVERSIONS)).isEqualTo(24);
        // Pairs 6 x 2, bits (3 - 1) x 2.
        assertThat(fc2.of(ActivityCount.SHIFT_ADDS)).isEqualTo(16);
        assertThat(fc2.of(ActivityCount.PARTIAL_SUM_ADDS)).isEqualTo(6);
        assertThat(fc2.of(ActivityCount.INPUT_BUFFER_BITS)).isEqualTo(24);
        assertThat(counts.get(LIF).counts()).isEqualTo(Map.of(ActivityCount.NEURON_UPDATES, 8.0));
    }

    /** Layer fc2 off tiles: 16 weights, each multiplied by all three bits of its input. */
    @Test
    void layersOffTilesMultiplyByEveryBit() {
        ChipDesign design = design(Set.of("fc1"));
        Map<Integer, PhysicalActivity> counts = new QuantisedBaseline(
                        new ActivityProjector(design, new Encoder.Poisson(2f), WordWidths.ofAdc(4), 8), 3)
                .artificial();
        assertThat(counts.get(FC2).of(ActivityCount.SRAM_MACS)).isEqualTo(48);
        assertThat(counts.get(FC2).of(ActivityCount.SHIFT_ADDS)).isZero();
    }

    @Test
    void spikesOfARateAreExpected() {
        LayerActivity[] measured = measured(2);
        PhysicalActivity fc2 =
                baseline(8).spiking(0.25, measured, new long[] {1, 1}).get(FC2);
        assertThat(fc2.of(ActivityCount.ROW_ACTIVATIONS)).isCloseTo(2 * 0.25 * 8, CLOSED_FORM);
        double tileReads = 2 * 2 * (1 - Math.pow(0.75, 4));
        assertThat(fc2.of(ActivityCount.ARRAY_READS)).isCloseTo(tileReads, CLOSED_FORM);
        double positions = 2 * (1 - Math.pow(0.75, 8));
        assertThat(fc2.of(ActivityCount.PARTIAL_SUM_ADDS)).isCloseTo((tileReads - positions) * 2, CLOSED_FORM);
        assertThat(fc2.of(ActivityCount.INPUT_BUFFER_BITS)).isCloseTo(2 * 0.25 * 8 * 3, CLOSED_FORM);
    }

    /**
     * Cells of one bit: one driven row needs 1 bit, two or three 2, four 3. Half of four rows are driven by the artificial
     * network; at a quarter 1.46 of those of a tile that is read are, which counts as one.
     */
    @Test
    void adaptingConvertersResolveWhatTheDrivenRowsCanMake() {
        ChipDesign design = design(Set.of("fc1", "fc2"), true);
        QuantisedBaseline baseline = new QuantisedBaseline(
                new ActivityProjector(design, new Encoder.Poisson(2f), WordWidths.ofAdc(4), 8), 3);
        assertThat(baseline.artificial().get(FC2).conversionsByBits()).isEqualTo(Map.of(2, 24.0));
        Map<Integer, Double> spiking =
                baseline.spiking(0.25, measured(2), new long[] {1, 1}).get(FC2).conversionsByBits();
        assertThat(spiking).containsOnlyKeys(1);
        assertThat(spiking.get(1)).isCloseTo(2 * 2 * 4 * (1 - Math.pow(0.75, 4)), CLOSED_FORM);
        LayerActivity[] read = measured(1);
        read[FC2].tileReads[0] = 3;
        read[FC2].activePositions[0] = 2;
        read[FC2].readsByClass[0][1] = 1;
        read[FC2].readsByClass[0][3] = 2;
        ActivityProjector projector = new ActivityProjector(design, new Encoder.Poisson(2f), WordWidths.ofAdc(4), 8);
        assertThat(projector.project(read, 2).get(FC2).conversionsByBits()).isEqualTo(Map.of(1, 4.0, 3, 8.0));
        // Two images, two row tiles: the fourth read has no driven row.
        assertThat(projector.withSkipEmpty(false).project(read, 2).get(FC2).conversionsByBits())
                .isEqualTo(Map.of(1, 8.0, 3, 8.0));
    }

    @Test
    void theLayerThatSeesTheInputKeepsWhatWasMeasured() {
        LayerActivity[] measured = measured(2);
        measured[FC1].rowDrives[1] = 30;
        measured[FC1].tileReads[1] = 12;
        PhysicalActivity fc1 =
                baseline(8).spiking(1, measured, new long[] {10, 10}).get(FC1);
        // Three row drives and 1.2 tile reads per image, 4 column tiles of 2 outputs.
        assertThat(fc1.of(ActivityCount.ROW_ACTIVATIONS)).isCloseTo(3 * 4, CLOSED_FORM);
        assertThat(fc1.of(ActivityCount.ARRAY_READS)).isCloseTo(1.2 * 4, CLOSED_FORM);
    }

    /** With the row activations of fc2 as the cost: T p 8 = b / 2 8, so p = b / (2 T). */
    @ParameterizedTest
    @CsvSource({"2, 4, 0.25", "4, 4, 0.5", "8, 4, 1", "10, 4, 1"})
    void breakEvenIsWhereBothCostTheSame(int bits, int steps, double rate) {
        long[] running = new long[steps];
        Arrays.fill(running, 1);
        double found = baseline(bits)
                .breakEvenRate(
                        measured(steps), running, counts -> counts.get(FC2).of(ActivityCount.ROW_ACTIVATIONS));
        assertThat(found).isCloseTo(rate, againstClosedForm(1e-9));
    }

    @Test
    void withoutAnyRateThatCostsLessBreakEvenIsZero() {
        double found = baseline(1)
                .breakEvenRate(
                        measured(4),
                        new long[] {1, 1, 1, 1},
                        counts -> counts.get(LIF).of(ActivityCount.NEURON_UPDATES));
        assertThat(found).isZero();
    }

    /** Rows inside the map, counted by going through all taps and channels of every position. */
    @ParameterizedTest
    @CsvSource({"1, 5, 3, 1, 1, 4", "3, 6, 3, 1, 1, 7", "2, 8, 3, 2, 1, 5", "4, 4, 2, 1, 0, 3", "3, 7, 5, 1, 2, 16"})
    void rowsSeenAreThoseInsideTheMap(int channels, int side, int kernel, int stride, int padding, int tileRows) {
        NetworkBuilder builder = new NetworkBuilder("conv", new Shape(channels, side, side));
        builder.add("conv", new Layer.Conv2d(2, kernel, stride, padding));
        builder.add("fc", new Layer.Dense(2));
        builder.add("out", new Layer.ReadOut());
        Network.Node node = builder.build().node(0);
        int positions = node.out().positions();
        double tilesAll = 0;
        double tilesHalf = 0;
        double all = 0;
        for (int p = 0; p < positions; p++) {
            int[] seen = new int[Math.ceilDiv(node.fanIn(), tileRows)];
            for (int row = 0; row < node.fanIn(); row++) {
                int tap = row / channels;
                int y = p / node.out().width() * stride - padding + tap / kernel;
                int x = p % node.out().width() * stride - padding + tap % kernel;
                boolean inside = y >= 0 && y < side && x >= 0 && x < side;
                seen[row / tileRows] += inside ? 1 : 0;
                all += inside ? 1 : 0;
            }
            for (int rows : seen) {
                tilesAll += rows > 0 ? 1 : 0;
                tilesHalf += 1 - Math.pow(0.5, rows);
            }
        }
        RowsSeen found = RowsSeen.of(node, ArrayGrid.evenCuts(node.fanIn(), tileRows), 0);
        assertThat(found.all()).isEqualTo(all);
        assertThat(found.tilesRead(1)).isEqualTo(tilesAll);
        assertThat(found.tilesRead(0.5)).isCloseTo(tilesHalf, againstClosedForm(1e-9));
        assertThat(found.tilesRead(0)).isZero();
        assertThat(found.all() * 2).isEqualTo(NeuroBenchMetrics.denseOperations(node));
    }

    @Test
    void impossibleWidthsAreRefused() {
        assertThatThrownBy(() -> baseline(0)).hasMessage("the bits of the baseline must be 1 to 64, got 0");
    }

    private static LayerActivity[] measured(int steps) {
        LayerActivity[] measured = new LayerActivity[4];
        for (int i = 0; i < measured.length; i++) {
            measured[i] = new LayerActivity(steps);
        }
        return measured;
    }
}
