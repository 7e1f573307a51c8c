/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.mapping.calibration;

import static io.synaptile.testing.Tolerance.againstClosedFormPercent;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.synaptile.devices.CellModel;
import io.synaptile.devices.CellModels;
import io.synaptile.devices.sram.SramShiftCell;
import io.synaptile.mapping.Cases;
import io.synaptile.mapping.ConverterSpread;
import io.synaptile.mapping.ExactCell;
import io.synaptile.mapping.Hardware;
import io.synaptile.mapping.HardwareSpec;
import io.synaptile.mapping.LayerCells;
import io.synaptile.mapping.Readout;
import io.synaptile.mapping.chip.ChipDesign;
import io.synaptile.mapping.chip.DeployedNetwork;
import io.synaptile.mapping.chip.TileProgrammer;
import io.synaptile.mapping.codec.CodecKind;
import io.synaptile.mapping.codec.LayerWeights;
import io.synaptile.sim.compute.Conversion;
import io.synaptile.sim.compute.InputBatch;
import io.synaptile.sim.compute.LayerArrays;
import io.synaptile.sim.compute.SynapsePlan;
import io.synaptile.sim.network.Network;
import io.synaptile.sim.network.Parameters;
import io.synaptile.sim.spikes.Encoder;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class RangeCalibratorTest {
    private static final ExactCell CELL = new ExactCell(2f, 40f, 16);

    private static ChipDesign design(
            Network network, int tileRows, Readout readout, Map<Integer, LayerWeights> weights) {
        HardwareSpec hardware =
                Hardware.allOnTiles(network, tileRows, 16, CodecKind.DIFFERENTIAL_PAIR, 4, CELL, readout);
        return ChipDesign.of(network, hardware, weights);
    }

    private static InputBatch images(int steps, float... pixels) {
        return new InputBatch(pixels, 1, steps, new Encoder.Direct(), 1, 0, new long[1]);
    }

    @Test
    void rangesEndAtTheLargestSumOfEachPlaneAndTile() {
        // Output 0 reads (1, 1/2, -1/4), output 1 (-1/2, 1/4, 1); tiles of 2 rows.
        Map<Integer, LayerWeights> weights =
                Map.of(0, new LayerWeights(new float[] {1f, 0.5f, -0.25f, -0.5f, 0.25f, 1f}, 3));
        ChipDesign design = design(Cases.dense(3, 2), 2, new Readout.Adc(4, 8, 100), weights);
        // Row 1 is negative, so it is read in a phase of its own.
        SynapsePlan.Converter[] converters = RangeCalibrator.calibrate(
                        design, Parameters.none(), images(1, 1f, -3f, 0.5f), 2)
                .get(0);
        // Positive plane: 1 (row 0), 1.5 (row 1 times 3), 0.5 (row 2). Negative: 0.5 (row 0), 0.125 (row 2).
        assertThat(converters).hasSize(2);
        assertThat(converters[0]).isEqualTo(new SynapsePlan.Converter(0f, 1.5f / 15, 16));
        assertThat(converters[1]).isEqualTo(new SynapsePlan.Converter(0f, 0.5f / 15, 16));
    }

    @Test
    void rangeMayEndBelowRareSums() {
        Network network = Cases.dense(20, 40);
        Map<Integer, LayerWeights> weights = Hardware.weights(network, 4, Cases.random(3));
        float[] pixels = Cases.real(1f, 20, Cases.random(4));
        float step100 = RangeCalibrator.calibrate(
                        design(network, 20, new Readout.Adc(6, 8, 100), weights),
                        Parameters.none(),
                        images(1, pixels),
                        2)
                .get(0)[0]
                .step();
        float step50 = RangeCalibrator.calibrate(
                        design(network, 20, new Readout.Adc(6, 8, 50), weights),
                        Parameters.none(),
                        images(1, pixels),
                        2)
                .get(0)[0]
                .step();
        assertThat(step50).isPositive().isLessThan(step100);
    }

    @Test
    void rangeMayEndWhereLeastIsLost() {
        Network network = Cases.dense(20, 40);
        Map<Integer, LayerWeights> weights = Hardware.weights(network, 4, Cases.random(3));
        float[] pixels = Cases.real(1f, 20, Cases.random(4));
        SynapsePlan.Converter all = converter(network, weights, Readout.Adc.Range.CALIBRATED, pixels);
        SynapsePlan.Converter least = converter(network, weights, Readout.Adc.Range.MSE, pixels);
        assertThat(least.codes()).isEqualTo(all.codes());
        assertThat(least.low()).isZero();
        assertThat(least.step()).isPositive().isLessThan(all.step());
    }

    private static SynapsePlan.Converter converter(
            Network network, Map<Integer, LayerWeights> weights, Readout.Adc.Range range, float[] pixels) {
        Readout.Adc adc = new Readout.Adc(3, 8, range, 100, ConverterSpread.NONE, false);
        return RangeCalibrator.calibrate(design(network, 20, adc, weights), Parameters.none(), images(1, pixels), 2)
                .get(0)[0];
    }

    @Test
    void columnsWithoutCurrentGetTheRangeOfOneCell() {
        Map<Integer, LayerWeights> positive = Map.of(0, new LayerWeights(new float[] {0.5f, 0.5f}, 2));
        ChipDesign design = design(Cases.dense(2, 1), 2, new Readout.Adc(2, 8, 99.9), positive);
        SynapsePlan.Converter[] converters = RangeCalibrator.calibrate(design, Parameters.none(), images(1, 1f, 1f), 2)
                .get(0);
        assertThat(converters[1]).isEqualTo(new SynapsePlan.Converter(0f, 1f / 3, 4));
    }

    @Test
    void columnsThatTelegraphSignalsLowerBelowGminCountAsSilent() {
        CellModel cell =
                CellModels.load().create("rram", Map.of("programming.kind", "none", "telegraph.probability", 0.5));
        Map<Integer, LayerWeights> positive = Map.of(0, new LayerWeights(new float[] {0.5f, 0.5f}, 2));
        HardwareSpec hardware = Hardware.allOnTiles(
                Cases.dense(2, 1), 2, 16, CodecKind.DIFFERENTIAL_PAIR, 4, cell, new Readout.Adc(2, 8, 99.9));
        ChipDesign design = ChipDesign.of(Cases.dense(2, 1), hardware, positive);
        SynapsePlan.Converter[] converters = RangeCalibrator.calibrate(design, Parameters.none(), images(1, 1f, 1f), 2)
                .get(0);
        assertThat(converters[1]).isEqualTo(new SynapsePlan.Converter(0f, 1f / 3, 4));
    }

    @Test
    void idealReadoutNeedsNoConverters() {
        Network network = Cases.dense(2, 1);
        ChipDesign design = design(network, 2, new Readout.Ideal(), Hardware.weights(network, 4, Cases.random(1)));
        assertThat(RangeCalibrator.calibrate(design, Parameters.none(), images(1, 1f, 1f), 2))
                .isEmpty();
    }

    @Test
    void digitalWordsAmongConvertedColumnsAreSummedExactly() {
        Network network = Cases.network(Cases.random(8));
        HardwareSpec hardware = Hardware.allOnTiles(
                        network, 8, 16, CodecKind.DIFFERENTIAL_PAIR, 4, CELL, new Readout.Adc(6, 8, 99.9))
                .withOwnCells(Map.of("conv2", new LayerCells(CodecKind.SHIFTED_SRAM, 4, new SramShiftCell(5, 0))));
        ChipDesign design = ChipDesign.of(network, hardware, Hardware.weights(network, 4, Cases.random(9)));
        float[] pixels = Cases.real(2f, network.input().size(), Cases.random(7));
        InputBatch batch = new InputBatch(pixels, 1, 4, new Encoder.Poisson(2f), 1, 0, new long[1]);
        Map<Integer, SynapsePlan.Converter[]> converters =
                RangeCalibrator.calibrate(design, Parameters.none(), batch, 2);
        int words = network.find("conv2").orElseThrow().id();
        assertThat(converters).hasSize(3).doesNotContainKey(words);
        DeployedNetwork deployed =
                DeployedNetwork.of(design, TileProgrammer.program(design, 1, 0), Parameters.none(), converters);
        assertThat(deployed.plan()
                        .synapses()
                        .get(words)
                        .arrays()
                        .orElseThrow()
                        .first()
                        .conversion())
                .isEqualTo(Conversion.EXACT);
    }

    @Test
    void calibratedConvertersArriveInTheDeployedPlan() {
        Network network = Cases.network(Cases.random(5));
        ChipDesign design =
                design(network, 8, new Readout.Adc(6, 8, 99.9), Hardware.weights(network, 4, Cases.random(6)));
        float[] pixels = Cases.real(2f, network.input().size(), Cases.random(7));
        InputBatch batch = new InputBatch(pixels, 1, 4, new Encoder.Poisson(2f), 1, 0, new long[1]);
        Map<Integer, SynapsePlan.Converter[]> converters =
                RangeCalibrator.calibrate(design, Parameters.none(), batch, 2);
        DeployedNetwork deployed =
                DeployedNetwork.of(design, TileProgrammer.program(design, 1, 0), Parameters.none(), converters);
        deployed.plan().synapses().forEach((node, plan) -> {
            LayerArrays tiled = plan.arrays().orElseThrow().first();
            List<SynapsePlan.Converter> found = tiled.conversion().converters().stream()
                    .map(Optional::orElseThrow)
                    .toList();
            assertThat(found).containsExactly(converters.get(node));
            assertThat(found).hasSize(tiled.cells().count());
            assertThat(found.getFirst().low()).isZero();
            assertThat(found.getFirst().codes()).isEqualTo(64);
        });
        assertThat(RangeCalibrator.calibrate(design, Parameters.none(), batch, 2)
                        .get(0))
                .containsExactly(converters.get(0));
    }

    /** Two rows a tile and cells of 16 levels: 15 codes of a level are one cell at Gmax, full scale is two. */
    @Test
    void rangesThatCellsAndTilesSetNeedNoImages() {
        Network network = Cases.dense(5, 2);
        Map<Integer, LayerWeights> weights = Hardware.weights(network, 4, Cases.random(1));
        for (Readout.Adc.Range range : new Readout.Adc.Range[] {Readout.Adc.Range.FULL, Readout.Adc.Range.GRANULAR}) {
            Readout adc = new Readout.Adc(4, 8, range, 99.9, ConverterSpread.NONE, false);
            ChipDesign design = design(network, 2, adc, weights);
            float oneCell = design.codecs().get(0).cellValue(CELL.range().maxMicrosiemens());
            InputBatch unused = new InputBatch(new float[1], 1, 1, new Encoder.Direct(), 1, 0, new long[1]);
            SynapsePlan.Converter[] converters = RangeCalibrator.calibrate(design, Parameters.none(), unused, 2)
                    .get(0);
            assertThat(converters).hasSize(2).containsOnly(converters[0]);
            assertThat(converters[0].low()).isZero();
            assertThat(converters[0].codes()).isEqualTo(16);
            float cells = range == Readout.Adc.Range.FULL ? 2 : 1;
            assertThat(converters[0].step()).isCloseTo(cells * oneCell / 15, againstClosedFormPercent(1e-4));
        }
    }

    @Test
    void imagesOfAnotherSizeAreRefused() {
        Network network = Cases.dense(2, 1);
        ChipDesign design =
                design(network, 2, new Readout.Adc(4, 8, 99.9), Hardware.weights(network, 4, Cases.random(1)));
        assertThatThrownBy(() -> RangeCalibrator.calibrate(design, Parameters.none(), images(1, 1f, 1f, 1f), 2))
                .hasMessage("calibration images of 3 pixels, the network reads 2x1x1");
    }
}
