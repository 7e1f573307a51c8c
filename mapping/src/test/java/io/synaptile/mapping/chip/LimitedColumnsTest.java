/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.mapping.chip;

import static io.synaptile.testing.Tolerance.againstClosedForm;
import static io.synaptile.testing.Tolerance.againstReference;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.synaptile.devices.Age;
import io.synaptile.devices.CellModel;
import io.synaptile.devices.ConductanceRange;
import io.synaptile.devices.wire.Topology;
import io.synaptile.devices.wire.WireModel;
import io.synaptile.mapping.Cases;
import io.synaptile.mapping.DriftingCell;
import io.synaptile.mapping.ExactCell;
import io.synaptile.mapping.Hardware;
import io.synaptile.mapping.HardwareSpec;
import io.synaptile.mapping.Readout;
import io.synaptile.mapping.SpreadCell;
import io.synaptile.mapping.WireSpec;
import io.synaptile.mapping.calibration.RangeCalibrator;
import io.synaptile.mapping.codec.CodecKind;
import io.synaptile.mapping.codec.LayerWeights;
import io.synaptile.mapping.codec.WeightCodec;
import io.synaptile.mapping.tile.LayerTiles;
import io.synaptile.sim.compute.InputBatch;
import io.synaptile.sim.compute.LayerArrays;
import io.synaptile.sim.compute.SynapsePlan;
import io.synaptile.sim.network.Network;
import io.synaptile.sim.network.Parameters;
import io.synaptile.sim.spikes.Encoder;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Columns that carry at most some current. */
class LimitedColumnsTest {
    private static final int ROWS = 7;
    private static final int OUTPUTS = 5;
    private static final double VOLTS = 0.2;

    /** A cell that is read at 0.2 V. */
    private record ReadAt(CellModel cell) implements CellModel {
        @Override
        public String id() {
            return cell.id();
        }

        @Override
        public ConductanceRange range() {
            return cell.range();
        }

        @Override
        public int levels() {
            return cell.levels();
        }

        @Override
        public long program(float[] target, float[] actual, RandomGenerator random) {
            return cell.program(target, actual, random);
        }

        @Override
        public void age(float[] target, float[] programmed, float[] aged, Age age, RandomGenerator random) {
            cell.age(target, programmed, aged, age, random);
        }

        @Override
        public OptionalDouble readVolts() {
            return OptionalDouble.of(VOLTS);
        }
    }

    private static ChipDesign design(
            CodecKind codec, CellModel cell, Readout readout, Topology topology, double limit) {
        Network network = Cases.dense(ROWS, OUTPUTS);
        WireSpec wires = new WireSpec(new WireModel(topology, 0, 0), WireSpec.Solver.EXACT, 0);
        HardwareSpec hardware = Hardware.allOnTiles(network, 3, 8, codec, 4, new ReadAt(cell), readout)
                .withWires(wires)
                .withColumnLimit(limit);
        return ChipDesign.of(network, hardware, Hardware.weights(network, 4, Cases.random(11)));
    }

    /** Currents of all columns in uA, cut off one by one, and what their sums are worth. */
    @ParameterizedTest
    @CsvSource({"DIFFERENTIAL_PAIR, B", "DIFFERENTIAL_PAIR, C", "OFFSET_COLUMN, B", "DUMMY_COLUMN, B", "BIT_SLICED, C"})
    void noColumnCarriesMoreThanItsLimit(CodecKind codec, Topology topology) {
        int cut = 0;
        for (long seed = 0; seed < 20; seed++) {
            RandomGenerator random = Cases.random(seed + 40);
            double limit = 2 + 8 * random.nextDouble();
            ChipDesign design = design(codec, new SpreadCell(2f, 40f, 17, 0.2f), new Readout.Ideal(), topology, limit);
            ChipInstance chip = TileProgrammer.program(design, seed, 0);
            float[] image = new float[ROWS];
            for (int row = 0; row < ROWS; row++) {
                image[row] = random.nextInt(3) / 2f;
            }
            LayerTiles tiles = design.tiles().layers().getFirst();
            WeightCodec own = design.codecs().get(0);
            float[][] cells = chip.layers().get(0).conductances();
            double[] expected = new double[OUTPUTS];
            float[] counted = own.counted(new float[ROWS * OUTPUTS]).orElse(new float[ROWS * OUTPUTS]);
            for (int first = 0; first < ROWS; first += 3) {
                for (int p = 0; p < tiles.planes(); p++) {
                    for (int o = 0; o < OUTPUTS; o++) {
                        double current = 0;
                        double inputs = 0;
                        for (int row = first; row < Math.min(first + 3, ROWS); row++) {
                            int cell = row * OUTPUTS + o;
                            double negative = tiles.pairsOnColumns() ? cells[p + tiles.planes()][cell] : 0;
                            current += VOLTS * image[row] * (cells[p][cell] - negative);
                            inputs += image[row];
                        }
                        cut += Math.abs(current) > limit ? 1 : 0;
                        double value = Math.clamp(current, -limit, limit) / VOLTS * own.valuePerMicrosiemens();
                        double gmin = tiles.pairsOnColumns() ? 0 : inputs * own.cellValue(0f);
                        expected[o] += own.columnGain()[p] * (value + gmin);
                    }
                }
            }
            for (int i = 0; i < ROWS * OUTPUTS; i++) {
                expected[i % OUTPUTS] += image[i / OUTPUTS] * counted[i];
            }
            float[] scores = DeployedOnBackendTest.scores(
                    DeployedNetwork.of(design, chip, Parameters.none(), Map.of())
                            .plan(),
                    image);
            for (int o = 0; o < OUTPUTS; o++) {
                assertThat(scores[o]).as("seed %d", seed).isCloseTo((float) expected[o], againstReference(2e-5f));
            }
        }
        assertThat(cut).isPositive();
    }

    /** Two rows of 9 uS at 0.2 V carry 3.6 uA, of which 2.4 uA are left: two thirds of a sum of 2. */
    @Test
    void rangesAreCalibratedOnWhatIsLeft() {
        Network network = Cases.dense(2, 1);
        HardwareSpec hardware = Hardware.allOnTiles(
                        network,
                        2,
                        4,
                        CodecKind.DIFFERENTIAL_PAIR,
                        4,
                        new ReadAt(new ExactCell(0f, 9f, 16)),
                        new Readout.Adc(4, 8, 100))
                .withColumnLimit(2.4);
        ChipDesign design = ChipDesign.of(network, hardware, Map.of(0, new LayerWeights(new float[] {1f, 1f}, 2)));
        InputBatch images = new InputBatch(new float[] {1f, 1f}, 1, 1, new Encoder.Direct(), 1, 0, new long[1]);
        SynapsePlan.Converter converter =
                RangeCalibrator.calibrate(design, Parameters.none(), images, 2).get(0)[0];
        assertThat(converter.step() * 15).isCloseTo(4 / 3f, againstClosedForm(1e-6f));
    }

    @Test
    void whatMakesUpForDriftComesAfterTheLimit() {
        CellModel cell = new DriftingCell(new ConductanceRange(2f, 40f), 16, 0.1f);
        ChipDesign design = design(CodecKind.DIFFERENTIAL_PAIR, cell, new Readout.Ideal(), Topology.B, 3);
        ChipInstance aged = ChipAgeing.at(
                design, TileProgrammer.program(design, 5, 0), new Age(86400, 300), DriftCompensation.PER_COLUMN);
        LayerArrays plan = DeployedNetwork.withExactReadout(design, aged, Parameters.none())
                .plan()
                .synapses()
                .get(0)
                .arrays()
                .orElseThrow()
                .first();
        float value = (float) (3 / VOLTS * design.codecs().get(0).valuePerMicrosiemens());
        for (int p = 0; p < 2; p++) {
            for (int o = 0; o < OUTPUTS; o++) {
                float gain = aged.layers().get(0).gain(p, o);
                assertThat(gain).isGreaterThan(1f);
                assertThat(plan.circuit().limits().orElseThrow().limit()[p][o])
                        .isCloseTo(gain * value, againstClosedForm(1e-5f));
            }
        }
    }

    @Test
    void cellsWithoutAVoltageAndLimitsOfNothingAreRefused() {
        Network network = Cases.dense(ROWS, OUTPUTS);
        HardwareSpec unknown = Hardware.allOnTiles(
                network, 3, 8, CodecKind.DIFFERENTIAL_PAIR, 4, new ExactCell(0f, 9f, 16), new Readout.Ideal());
        assertThatThrownBy(() -> unknown.withColumnLimit(5))
                .hasMessage(
                        "a limit of the column current needs to know the read voltage, and cell exact of layer fc has"
                                + " none; give its option read.voltage_V, or take a cell that has it");
        assertThatThrownBy(() -> design(
                        CodecKind.DIFFERENTIAL_PAIR,
                        new ExactCell(0f, 9f, 16),
                        new Readout.Ideal(),
                        Topology.B,
                        Double.NaN))
                .hasMessage("a limit of the column current must be above 0, got NaN");
    }
}
