/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.mapping.chip;

import static io.synaptile.testing.Tolerance.againstClosedForm;
import static io.synaptile.testing.Tolerance.againstReference;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.synaptile.devices.Age;
import io.synaptile.devices.CellModel;
import io.synaptile.devices.ConductanceRange;
import io.synaptile.devices.cost.ActivityCount;
import io.synaptile.devices.cost.AreaComponent;
import io.synaptile.devices.cost.PhysicalActivity;
import io.synaptile.devices.cost.WordWidths;
import io.synaptile.devices.ternary.TernaryCell;
import io.synaptile.devices.ternary.TernarySense;
import io.synaptile.devices.wire.CrossbarCells;
import io.synaptile.devices.wire.Topology;
import io.synaptile.devices.wire.WireModel;
import io.synaptile.mapping.Cases;
import io.synaptile.mapping.ConverterSpread;
import io.synaptile.mapping.DriftingCell;
import io.synaptile.mapping.ExactCell;
import io.synaptile.mapping.Hardware;
import io.synaptile.mapping.HardwareSpec;
import io.synaptile.mapping.LayerCells;
import io.synaptile.mapping.LayerPlaces;
import io.synaptile.mapping.Readout;
import io.synaptile.mapping.SpreadCell;
import io.synaptile.mapping.TileExecutor;
import io.synaptile.mapping.TileSize;
import io.synaptile.mapping.WireSpec;
import io.synaptile.mapping.WireSpec.Solver;
import io.synaptile.mapping.calibration.RangeCalibrator;
import io.synaptile.mapping.codec.CodecKind;
import io.synaptile.mapping.codec.LayerWeights;
import io.synaptile.mapping.codec.NPairs;
import io.synaptile.mapping.codec.WeightCodec;
import io.synaptile.mapping.codec.WeightGrid;
import io.synaptile.mapping.cost.ActivityProjector;
import io.synaptile.mapping.cost.ChipArea;
import io.synaptile.mapping.tile.LayerTiles;
import io.synaptile.mapping.tile.TileAssignment;
import io.synaptile.sim.compute.ArrayGrid;
import io.synaptile.sim.compute.CellPlanes;
import io.synaptile.sim.compute.Conversion;
import io.synaptile.sim.compute.ConverterErrors;
import io.synaptile.sim.compute.InputBatch;
import io.synaptile.sim.compute.LayerActivity;
import io.synaptile.sim.compute.LayerArrays;
import io.synaptile.sim.compute.NetworkPlan;
import io.synaptile.sim.compute.RowCosts;
import io.synaptile.sim.compute.SynapsePlan;
import io.synaptile.sim.network.Network;
import io.synaptile.sim.network.Parameters;
import io.synaptile.sim.spikes.Encoder;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Both cells of a pair on one column: topology c, with and without resistance. */
class PairsOnColumnsTest {
    private static final int ROWS = 7;
    private static final int OUTPUTS = 5;
    private static final Readout IDEAL = new Readout.Ideal();
    private static final CellModel SPREAD = new SpreadCell(new ConductanceRange(2f, 40f), 4, 0.2f, 0.5f);

    private static WireSpec shared(Solver solver, double ohm) {
        return new WireSpec(new WireModel(Topology.C, 0, ohm), solver, 0.3);
    }

    /** Weights of 8 steps in slices of 2 bits: two columns an output, four cells. */
    private static ChipDesign design(CellModel cell, Readout readout, WireSpec wires) {
        Network network = Cases.dense(ROWS, OUTPUTS);
        return ChipDesign.of(
                network,
                Hardware.allOnTiles(network, 3, 5, CodecKind.DIFFERENTIAL_PAIR, 4, cell, readout)
                        .withWires(wires),
                Hardware.weights(network, 4, Cases.random(11)));
    }

    private static LayerArrays plan(ChipDesign design, ChipInstance chip) {
        return DeployedNetwork.withExactReadout(design, chip, Parameters.none())
                .plan()
                .synapses()
                .get(0)
                .arrays()
                .orElseThrow()
                .first();
    }

    @ParameterizedTest
    @EnumSource(names = {"DIFFERENTIAL_PAIR", "DIFFERENTIAL_TWO_SIDED", "BIT_SLICED", "RRAM_PLUS_SHIFTED_SRAM"})
    void withExactCellsTheChipIsTheSoftwareNetwork(CodecKind kind) {
        for (long seed = 0; seed < 12; seed++) {
            RandomGenerator random = Cases.random(seed + 7100);
            Network network = Cases.network(random);
            Map<Integer, LayerWeights> weights = Hardware.weights(network, 3, random);
            int levels = random.nextBoolean() ? 9 : 2;
            ExactCell cell = new ExactCell(2f, 2f + 8 * (levels - 1), levels);
            ChipDesign design = ChipDesign.of(
                    network,
                    Hardware.allOnTiles(network, 1 + random.nextInt(30), 9, kind, 4, cell, IDEAL)
                            .withWires(shared(Solver.EXACT, 0)),
                    weights);
            assertThat(design.tiles().layers()).allMatch(LayerTiles::pairsOnColumns);
            DeployedOnBackendTest.assertChipEqualsSoftware(design, seed, random);
        }
    }

    @Test
    void pairsOfSeveralSignificancesShareColumnsToo() {
        for (long seed = 0; seed < 12; seed++) {
            RandomGenerator random = Cases.random(seed + 7200);
            Network network = Cases.network(random);
            HardwareSpec hardware = new HardwareSpec(
                    new TileSize(1 + random.nextInt(30), 9),
                    new LayerCells(new NPairs(List.of(1, 1, 2)), 4, new ExactCell(2f, 34f, 5)),
                    IDEAL,
                    true,
                    new LayerPlaces(
                            network.synapses().stream().map(Network.Node::name).collect(Collectors.toSet()), 0));
            ChipDesign design = ChipDesign.of(
                    network, hardware.withWires(shared(Solver.EXACT, 0)), Hardware.weights(network, 3, random));
            assertThat(design.tiles().layers()).allMatch(tiles -> tiles.columnsPerWeight() == 3);
            DeployedOnBackendTest.assertChipEqualsSoftware(design, seed, random);
        }
    }

    @ParameterizedTest
    @MethodSource("io.synaptile.mapping.Cases#seeds")
    void withExactCellsTernaryNetworksAreDeployedExactly(long seed) {
        RandomGenerator random = Cases.random(seed);
        Network network = Cases.dense(ROWS, OUTPUTS);
        float[] values = new float[ROWS * OUTPUTS];
        float magnitude = 0.1f + random.nextFloat();
        for (int i = 0; i < values.length; i++) {
            values[i] = magnitude * (random.nextInt(3) - 1);
        }
        values[0] = magnitude;
        ChipDesign design = ChipDesign.of(
                network,
                Hardware.allOnTiles(network, 3, 2, CodecKind.TERNARY_PAIR, 4, new ExactCell(1f, 9f, 2), IDEAL)
                        .withWires(shared(Solver.EXACT, 0)),
                Map.of(0, new LayerWeights(values, new WeightGrid.Ternary())));
        float[] x = Cases.real(1f, ROWS, random);
        double[] hard = TileExecutor.tiled(
                network.node(0), plan(design, TileProgrammer.program(design, 1, 0)), x, new LayerActivity(1), 0);
        double[] soft = TileExecutor.dense(network.node(0), values, x);
        assertThat(hard).containsExactly(soft, againstReference(1e-12));
    }

    /** Without resistance the difference of a pair is what two columns and a subtraction give. */
    @Test
    void aSharedColumnIsTheDifferenceOfTwo() {
        ChipDesign two = design(SPREAD, IDEAL, WireSpec.ideal());
        ChipDesign one = design(SPREAD, IDEAL, shared(Solver.EXACT, 0));
        ChipInstance chip = TileProgrammer.program(one, 3, 1);
        LayerArrays apart = plan(two, chip);
        LayerArrays together = plan(one, chip);
        assertThat(together.cells().values()).hasNumberOfRows(2);
        assertThat(apart.cells().values()).hasNumberOfRows(4);
        assertThat(together.cells().gain()).containsExactly(1f, 4f);
        for (int p = 0; p < 2; p++) {
            for (int i = 0; i < ROWS * OUTPUTS; i++) {
                assertThat(together.cells().values()[p][i])
                        .isEqualTo(apart.cells().values()[p][i] - apart.cells().values()[p + 2][i]);
                assertThat(together.cells().variance()[p][i])
                        .isEqualTo(
                                apart.cells().variance()[p][i] + apart.cells().variance()[p + 2][i])
                        .isPositive();
            }
        }
        assertThat(together.costs().load()).containsExactly(apart.costs().load());
    }

    @Test
    void aTileHoldsTwiceTheOutputsWithAsManyCells() {
        LayerTiles two =
                design(SPREAD, IDEAL, WireSpec.ideal()).tiles().layers().getFirst();
        LayerTiles one =
                design(SPREAD, IDEAL, shared(Solver.EXACT, 0)).tiles().layers().getFirst();
        assertThat(two.outputsPerTile()).isEqualTo(1);
        assertThat(one.outputsPerTile()).isEqualTo(2);
        assertThat(one.columnsPerWeight()).isEqualTo(2);
        assertThat(one.cellsPerWeight()).isEqualTo(4);
        assertThat(one.physicalColumns()).isEqualTo(two.physicalColumns() / 2);
        assertThat(one.cellsUsed()).isEqualTo(two.cellsUsed());
        assertThat(one.assignments().stream()
                        .mapToLong(TileAssignment::cellsUsed)
                        .sum())
                .isEqualTo(one.cellsUsed());
        // 7 rows and 5 outputs in 3 x 3 tiles of 3 rows, 5 columns and 2 cells at a crossing.
        assertThat(one.utilisation()).isEqualTo(7 * 5 * 4 / (9 * 3 * 5 * 2.0), againstClosedForm(1e-12));
    }

    @Test
    void conversionsColumnsAndAdditionsAreHalved() {
        Readout adc = new Readout.Adc(6, 1, 99.9);
        PhysicalActivity two = counts(design(SPREAD, adc, WireSpec.ideal()));
        PhysicalActivity one = counts(design(SPREAD, adc, shared(Solver.EXACT, 0)));
        assertThat(two.of(ActivityCount.ADC_CONVERSIONS)).isEqualTo(10 * 4 * OUTPUTS);
        assertThat(one.of(ActivityCount.ADC_CONVERSIONS)).isEqualTo(10 * 2 * OUTPUTS);
        assertThat(one.of(ActivityCount.MUX_SWITCHES)).isEqualTo(10 * 2 * OUTPUTS);
        assertThat(one.of(ActivityCount.COLUMN_READS)).isEqualTo(10 * 2 * OUTPUTS);
        assertThat(two.of(ActivityCount.SHIFT_ADDS)).isEqualTo(10 * 3 * OUTPUTS);
        assertThat(one.of(ActivityCount.SHIFT_ADDS)).isEqualTo(10 * OUTPUTS);
        assertThat(one.of(ActivityCount.COLUMN_CELLS)).isEqualTo(two.of(ActivityCount.COLUMN_CELLS));
        // A row reaches 5 arrays of 5 cells, or 3 of 10.
        assertThat(two.of(ActivityCount.DRIVEN_CELLS)).isEqualTo(20 * 5 * 5);
        assertThat(one.of(ActivityCount.DRIVEN_CELLS)).isEqualTo(20 * 3 * 10);
        Map<AreaComponent, Double> area =
                ChipArea.parts(design(SPREAD, adc, shared(Solver.EXACT, 0)), 8).get(0);
        assertThat(area.get(AreaComponent.CELL)).isEqualTo(9 * 3 * 5 * 2.0);
        assertThat(area.get(AreaComponent.ADC)).isEqualTo(9 * 5.0);
    }

    private static PhysicalActivity counts(ChipDesign design) {
        LayerActivity[] activity = new LayerActivity[design.network().nodes().size()];
        for (int i = 0; i < activity.length; i++) {
            activity[i] = new LayerActivity(1);
        }
        activity[0].tileReads[0] = 10;
        activity[0].activePositions[0] = 4;
        activity[0].rowDrives[0] = 20;
        return new ActivityProjector(design, new Encoder.Poisson(1f), new WordWidths(6, 16, 16, 8), 8)
                .project(activity, 4)
                .get(0);
    }

    @ParameterizedTest
    @EnumSource(names = {"EXACT", "ONE_PASS"})
    void columnsCarryTheCurrentsOfTheModel(Solver solver) {
        for (long seed = 0; seed < 20; seed++) {
            RandomGenerator random = Cases.random(seed + 300);
            WireSpec wires = shared(solver, 100 * random.nextDouble());
            ChipDesign design = design(SPREAD, IDEAL, wires);
            ChipInstance chip = TileProgrammer.program(design, seed, 0);
            double[] drive = new double[ROWS];
            float[] image = new float[ROWS];
            for (int row = 0; row < ROWS; row++) {
                image[row] = random.nextInt(3) / 2f;
                drive[row] = image[row];
            }
            double[] expected = expected(design, chip, drive);
            LayerArrays exact = plan(design, chip);
            LayerArrays quiet = new LayerArrays(
                    new ArrayGrid(exact.rows(), exact.outputs(), exact.grid().cuts()),
                    CellPlanes.exact(exact.cells().values(), exact.cells().gain()),
                    Conversion.EXACT,
                    exact.circuit(),
                    new RowCosts(exact.costs().load()),
                    exact.noise());
            float[] scores = DeployedOnBackendTest.scores(
                    new NetworkPlan(design.network(), Map.of(0, SynapsePlan.ArrayPlan.of(quiet)), Parameters.none()),
                    image);
            for (int o = 0; o < OUTPUTS; o++) {
                assertThat(scores[o]).as("seed %d", seed).isCloseTo((float) expected[o], againstReference(1e-6f));
            }
        }
    }

    /** Outputs of a layer whose arrays are solved one at a time by the model of wires, in weight units. */
    private static double[] expected(ChipDesign design, ChipInstance chip, double[] drive) {
        WeightCodec codec = design.codecs().get(0);
        LayerTiles tiles = design.tiles().layers().getFirst();
        float[][] cells = chip.layers().get(0).conductances();
        WireSpec wires = design.hardware().circuit().wires();
        double[] expected = new double[OUTPUTS];
        for (TileAssignment tile : tiles.assignments()) {
            double[] own = Arrays.copyOfRange(drive, tile.firstRow(), tile.firstRow() + tile.rows());
            for (int k = 0; k < tiles.columnsPerWeight(); k++) {
                double[] positive = new double[tile.rows() * tile.outputs()];
                double[] negative = new double[positive.length];
                for (int i = 0; i < positive.length; i++) {
                    int at = (tile.firstRow() + i / tile.outputs()) * OUTPUTS + tile.firstOutput() + i % tile.outputs();
                    positive[i] = cells[k][at];
                    negative[i] = cells[k + tiles.columnsPerWeight()][at];
                }
                CrossbarCells array = new CrossbarCells(tile.rows(), tile.outputs(), positive, negative);
                double[] currents = wires.solver() == Solver.EXACT
                        ? wires.model().currents(array, own, 1)
                        : wires.model().onePassCurrents(array, own, 1);
                for (int o = 0; o < tile.outputs(); o++) {
                    expected[tile.firstOutput() + o] +=
                            codec.columnGain()[k] * codec.valuePerMicrosiemens() * currents[o];
                }
            }
        }
        return expected;
    }

    @Test
    void effectiveConductancesAreThoseOfTheModel() {
        WireSpec wires = shared(Solver.EFFECTIVE, 100);
        ChipDesign design = design(SPREAD, IDEAL, wires);
        ChipInstance chip = TileProgrammer.program(design, 4, 0);
        LayerArrays plan = plan(design, chip);
        assertThat(plan.circuit().wires()).isEmpty();
        LayerTiles tiles = design.tiles().layers().getFirst();
        float[][] cells = chip.layers().get(0).conductances();
        for (TileAssignment tile : tiles.assignments()) {
            for (int k = 0; k < 2; k++) {
                double[] positive = new double[tile.rows() * tile.outputs()];
                double[] negative = new double[positive.length];
                int[] at = new int[positive.length];
                for (int i = 0; i < positive.length; i++) {
                    at[i] = (tile.firstRow() + i / tile.outputs()) * OUTPUTS + tile.firstOutput() + i % tile.outputs();
                    positive[i] = cells[k][at[i]];
                    negative[i] = cells[k + 2][at[i]];
                }
                double[] reduced = wires.model()
                        .effective(new CrossbarCells(tile.rows(), tile.outputs(), positive, negative), 0.3);
                for (int i = 0; i < reduced.length; i++) {
                    double value = design.codecs().get(0).valuePerMicrosiemens() * reduced[i];
                    assertThat((double) plan.cells().values()[k][at[i]]).isEqualTo(value, againstClosedForm(1e-6));
                }
            }
        }
    }

    @Test
    void rangesReachAsFarBelowZeroAsAbove() {
        Map<Integer, LayerWeights> weights = Map.of(0, new LayerWeights(new float[] {1f, 0.5f, -1f, -0.5f}, 2));
        Network network = Cases.dense(2, 2);
        ExactCell cell = new ExactCell(1f, 9f, 16);
        Readout.Adc adc = new Readout.Adc(4, 8, 100);
        // Outputs (1, 1/2) and (-1, -1/2) read with (1, 1): sums of 1.5 and -1.5.
        assertThat(ranges(network, weights, cell, adc))
                .containsExactly(new SynapsePlan.Converter(-8 * 1.5f / 7, 1.5f / 7, 16));
        Readout.Adc full = new Readout.Adc(4, 8, Readout.Adc.Range.FULL, 100, ConverterSpread.NONE, false);
        assertThat(ranges(network, weights, cell, full))
                .containsExactly(new SynapsePlan.Converter(-8 * 2f / 7, 2f / 7, 16));
        Readout.Adc granular = new Readout.Adc(4, 8, Readout.Adc.Range.GRANULAR, 100, ConverterSpread.NONE, false);
        SynapsePlan.Converter own = ranges(network, weights, cell, granular)[0];
        assertThat(own.step()).isEqualTo(2 / 15f / 2, againstClosedForm(1e-7f));
        assertThat(own.low()).isEqualTo(-8 * own.step());
    }

    private static SynapsePlan.Converter[] ranges(
            Network network, Map<Integer, LayerWeights> weights, CellModel cell, Readout.Adc adc) {
        ChipDesign design = ChipDesign.of(
                network,
                Hardware.allOnTiles(network, 2, 4, CodecKind.DIFFERENTIAL_PAIR, 4, cell, adc)
                        .withWires(shared(Solver.EXACT, 0)),
                weights);
        InputBatch images = new InputBatch(new float[] {1f, 1f}, 1, 1, new Encoder.Direct(), 1, 0, new long[1]);
        return RangeCalibrator.calibrate(design, Parameters.none(), images, 2).get(0);
    }

    @Test
    void aConverterWithAnotherGainStillReadsNoCurrentAsZero() {
        LayerTiles tiles =
                design(SPREAD, IDEAL, shared(Solver.EXACT, 0)).tiles().layers().getFirst();
        Readout.Adc adc =
                new Readout.Adc(6, 1, Readout.Adc.Range.CALIBRATED, 99.9, new ConverterSpread(0.1, 0, 0), false);
        ConverterErrors errors = ConverterBank.errors(adc, tiles, 2, new ChipInstance(0, 9, Map.of()), 0);
        for (int i = 0; i < errors.gain().length; i++) {
            assertThat(errors.gain()[i]).isNotEqualTo(1f);
            // Code 32 of 64 is 0.
            assertThat(32 * errors.gain()[i] + errors.offset()[i]).isCloseTo(32f, againstClosedForm(1e-5f));
        }
    }

    @Test
    void adaptiveConvertersKeepABitForTheSign() {
        LayerTiles two =
                design(SPREAD, IDEAL, WireSpec.ideal()).tiles().layers().getFirst();
        LayerTiles one =
                design(SPREAD, IDEAL, shared(Solver.EXACT, 0)).tiles().layers().getFirst();
        assertThat(AdaptiveBits.needed(8, two, SPREAD)).containsExactly(0, 2, 3, 4);
        assertThat(AdaptiveBits.needed(8, one, SPREAD)).containsExactly(0, 3, 4, 5);
        assertThat(AdaptiveBits.needed(4, one, SPREAD)).containsExactly(0, 3, 4, 4);
    }

    @Test
    void driftIsMadeUpForByTheCurrentOfTheSharedColumn() {
        CellModel cell = new DriftingCell(new ConductanceRange(2f, 40f), 4, 0.1f);
        ChipDesign design = design(cell, IDEAL, shared(Solver.EXACT, 0));
        ChipInstance chip = TileProgrammer.program(design, 5, 0);
        ChipInstance aged = ChipAgeing.at(design, chip, new Age(86400, 300), DriftCompensation.PER_COLUMN);
        float[][] before = chip.layers().get(0).conductances();
        ProgrammedLayer layer = aged.layers().get(0);
        float[][] now = layer.held();
        for (int k = 0; k < 2; k++) {
            for (int o = 0; o < OUTPUTS; o++) {
                double programmed = 0;
                double left = 0;
                for (int i = o; i < ROWS * OUTPUTS; i += OUTPUTS) {
                    programmed += Math.abs(before[k][i] - before[k + 2][i]);
                    left += Math.abs(now[k][i] - now[k + 2][i]);
                }
                assertThat(layer.gain(k, o))
                        .isEqualTo(layer.gain(k + 2, o))
                        .isNotEqualTo(1f)
                        .isCloseTo((float) (programmed / left), againstClosedForm(1e-5f));
            }
        }
    }

    @Test
    void exportedTilesShowBothCellsOfACrossingSideBySide() {
        ChipDesign design = design(SPREAD, IDEAL, shared(Solver.EXACT, 0));
        ChipInstance chip = TileProgrammer.program(design, 5, 0);
        LayerTiles tiles = design.tiles().layers().getFirst();
        TileConductances tile = TileConductances.of(design, tiles.address(1), chip, chip);
        float[][] cells = chip.layers().get(0).conductances();
        // Outputs 2 and 3, each with two columns of two cells.
        assertThat(tile.columns()).isEqualTo(8);
        for (int row = 0; row < tile.rows(); row++) {
            for (int column = 0; column < 8; column++) {
                int output = 2 + column / 4;
                int plane = column % 4 / 2 + column % 2 * 2;
                assertThat(tile.programmed()[row * 8 + column])
                        .isEqualTo(cells[plane][(tile.part().firstRow() + row) * OUTPUTS + output]);
            }
        }
    }

    @Test
    void whatHasNoPairsOrNoSignIsRefused() {
        Network network = Cases.dense(ROWS, OUTPUTS);
        WireSpec wires = shared(Solver.EXACT, 0);
        ExactCell cell = new ExactCell(0f, 8f, 16);
        for (CodecKind kind : new CodecKind[] {
            CodecKind.OFFSET_COLUMN, CodecKind.UNIT_COLUMN, CodecKind.DUMMY_COLUMN, CodecKind.BINARY_PLANES
        }) {
            assertThatThrownBy(() -> Hardware.allOnTiles(network, 3, 9, kind, 4, cell, IDEAL)
                            .withWires(wires))
                    .hasMessage("wire topology c puts both cells of a pair on one column; codec " + kind.id()
                            + " of layer fc has no pairs");
        }
        assertThatThrownBy(() -> Hardware.allOnTiles(
                                network, 3, 9, CodecKind.DIFFERENTIAL_PAIR, 4, cell, new Readout.Adc(1, 8, 99.9))
                        .withWires(wires))
                .hasMessage("the bits of a converter must be at least 2 with wire topology c, whose columns carry"
                        + " currents of both signs, got 1");
        CellModel sensed = new TernaryCell(new ConductanceRange(1f, 9f), 0f, 0f, Optional.of(new TernarySense(0.5)));
        assertThatThrownBy(() -> Hardware.allOnTiles(network, 3, 9, CodecKind.TERNARY_PAIR, 4, sensed, IDEAL)
                        .withWires(wires))
                .hasMessageStartingWith("wire topology c leaves the sense amplifier (sense_threshold) of cell ");
    }
}
