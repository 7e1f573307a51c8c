/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.mapping.chip;

import static io.synaptile.testing.Tolerance.againstClosedForm;
import static org.assertj.core.api.Assertions.assertThat;

import io.synaptile.devices.CellModel;
import io.synaptile.devices.ConductanceRange;
import io.synaptile.mapping.Cases;
import io.synaptile.mapping.ExactCell;
import io.synaptile.mapping.Hardware;
import io.synaptile.mapping.HardwareSpec;
import io.synaptile.mapping.Readout;
import io.synaptile.mapping.SpreadCell;
import io.synaptile.mapping.calibration.RangeCalibrator;
import io.synaptile.mapping.codec.CodecKind;
import io.synaptile.mapping.codec.LayerWeights;
import io.synaptile.mapping.codec.WeightGrid;
import io.synaptile.mapping.codec.WeightVariation;
import io.synaptile.mapping.tile.LayerTiles;
import io.synaptile.sim.compute.InputBatch;
import io.synaptile.sim.compute.LayerArrays;
import io.synaptile.sim.compute.SynapsePlan;
import io.synaptile.sim.network.Network;
import io.synaptile.sim.network.Parameters;
import io.synaptile.sim.spikes.Encoder;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

/** Columns that a tile has once: one set of cells, one error, one conversion for all outputs of the tile. */
class ReferenceColumnTest {
    private static final int ROWS = 7;
    private static final int OUTPUTS = 8;
    private final Network network = Cases.dense(ROWS, OUTPUTS);
    private final Map<Integer, LayerWeights> weights =
            Map.of(0, new LayerWeights(Cases.quantised(3, ROWS * OUTPUTS, Cases.random(4)), 3));

    /** Tiles of 4 rows, and of 4 columns: three outputs and the dummy. */
    private ChipDesign design(Readout readout) {
        HardwareSpec hardware = Hardware.allOnTiles(
                network, 4, 4, CodecKind.DUMMY_COLUMN, 4, new SpreadCell(2f, 40f, 16, 0.1f), readout);
        return ChipDesign.of(network, hardware, weights);
    }

    @Test
    void errorsOfTheDummyColumnAreCommonToTheOutputsOfATileAndToNoOthers() {
        float[] dummy = TileProgrammer.program(design(new Readout.Ideal()), 3, 1)
                .layers()
                .get(0)
                .conductances()[1];
        for (int row = 0; row < ROWS; row++) {
            for (int o = 0; o < OUTPUTS; o++) {
                assertThat(dummy[row * OUTPUTS + o]).isNotEqualTo(21f).isEqualTo(dummy[row * OUTPUTS + o / 3 * 3]);
            }
            assertThat(dummy[row * OUTPUTS])
                    .isNotEqualTo(dummy[row * OUTPUTS + 3])
                    .isNotEqualTo(dummy[row * OUTPUTS + 6]);
        }
    }

    @Test
    void theDummyColumnLoadsItsRowsOncePerTile() {
        ChipDesign design = design(new Readout.Ideal());
        ChipInstance chip = TileProgrammer.program(design, 3, 1);
        float[][] cells = chip.layers().get(0).conductances();
        LayerArrays plan = DeployedNetwork.of(design, chip, Parameters.none(), Map.of())
                .plan()
                .synapses()
                .get(0)
                .arrays()
                .orElseThrow()
                .first();
        double expected = cells[1][0] + cells[1][3] + cells[1][6];
        for (int o = 0; o < OUTPUTS; o++) {
            expected += cells[0][o];
        }
        assertThat(plan.costs().load()[0]).isEqualTo(expected, againstClosedForm(1e-4));
        assertThat(plan.grid().shared()).containsExactly(1, 3);
        LayerTiles tiles = design.tiles().layer(0).orElseThrow();
        assertThat(tiles.physicalColumns()).isEqualTo(OUTPUTS + 3);
    }

    @Test
    void theDummyColumnHasAConverterOfItsOwn() {
        ChipDesign design = design(new Readout.Adc(5, 8, 100));
        float[] images = new float[2 * ROWS];
        Arrays.fill(images, 1f);
        InputBatch batch = new InputBatch(images, 2, 3, new Encoder.Poisson(2f), 5, 0, new long[] {0, 1});
        SynapsePlan.Converter[] converters =
                RangeCalibrator.calibrate(design, Parameters.none(), batch, 2).get(0);
        assertThat(converters).hasSize(2);
        // Four rows at most are driven; every dummy cell is at 21 of 38 uS for 8 codes of a quarter, Gmin included.
        assertThat(converters[1].low()).isZero();
        float cell = (float) (21 * 8 / 38.0 / 4);
        float high = converters[1].step() * (converters[1].codes() - 1);
        assertThat(high % cell).isCloseTo(0f, againstClosedForm(1e-3f));
    }

    @Test
    void trainingSharesTheColumnsOfATileToo() {
        SpreadCell cell = new SpreadCell(2f, 40f, 16, 0.1f);
        float[] zero = new float[ROWS * OUTPUTS];
        float[] exact = new float[zero.length];
        WeightVariation.onGrid(
                        CodecKind.DUMMY_COLUMN, new WeightGrid.KBit(3), new ExactCell(2f, 40f, 16), 4, ROWS, 8, 4)
                .draw(zero, exact, Cases.random(8));
        assertThat(exact).containsOnly(0f);
        // Where own cells keep their value, what is left of a weight of 0 is the error of the dummy.
        float[] varied = new float[zero.length];
        WeightVariation.onGrid(CodecKind.DUMMY_COLUMN, new WeightGrid.KBit(3), new DummyOnly(cell), 4, ROWS, 8, 4)
                .draw(zero, varied, Cases.random(8));
        for (int o = 0; o < OUTPUTS; o++) {
            for (int k = 0; k < ROWS; k++) {
                assertThat(varied[o * ROWS + k]).isNotZero().isEqualTo(varied[o / 3 * 3 * ROWS + k]);
            }
        }
        assertThat(varied[0]).isNotEqualTo(varied[3 * ROWS]);
        Map<Float, Integer> different = new TreeMap<>();
        for (float value : varied) {
            different.merge(value, 1, Integer::sum);
        }
        assertThat(different).hasSize(3 * ROWS);
    }

    /** Spreads the cells of one row of weights, and reaches the targets of whole planes. */
    private record DummyOnly(SpreadCell spread) implements CellModel {
        @Override
        public String id() {
            return "dummy-only";
        }

        @Override
        public ConductanceRange range() {
            return spread.range();
        }

        @Override
        public int levels() {
            return spread.levels();
        }

        @Override
        public long program(float[] target, float[] actual, RandomGenerator random) {
            if (target.length == ROWS) {
                return spread.program(target, actual, random);
            }
            System.arraycopy(target, 0, actual, 0, target.length);
            return target.length;
        }
    }
}
