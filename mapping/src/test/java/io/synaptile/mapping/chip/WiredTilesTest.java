/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.mapping.chip;

import static io.synaptile.testing.Tolerance.againstClosedForm;
import static io.synaptile.testing.Tolerance.againstReference;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.synaptile.devices.wire.CrossbarCells;
import io.synaptile.devices.wire.Topology;
import io.synaptile.devices.wire.WireModel;
import io.synaptile.mapping.Cases;
import io.synaptile.mapping.ExactCell;
import io.synaptile.mapping.Hardware;
import io.synaptile.mapping.Readout;
import io.synaptile.mapping.WireSpec;
import io.synaptile.mapping.WireSpec.Solver;
import io.synaptile.mapping.codec.CodecKind;
import io.synaptile.mapping.codec.WeightCodec;
import io.synaptile.mapping.tile.LayerTiles;
import io.synaptile.mapping.tile.TileAssignment;
import io.synaptile.sim.compute.ColumnWires;
import io.synaptile.sim.compute.LayerArrays;
import io.synaptile.sim.network.Network;
import io.synaptile.sim.network.Parameters;
import java.util.Arrays;
import java.util.Map;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Wires of the arrays of a chip, against the model of one array at a time. */
class WiredTilesTest {
    private static final int ROWS = 7;
    private static final int OUTPUTS = 5;
    private static final ExactCell CELL = new ExactCell(2f, 40f, 32);

    private static ChipDesign design(CodecKind codec, WireSpec wires) {
        Network network = Cases.dense(ROWS, OUTPUTS);
        return ChipDesign.of(
                network,
                Hardware.allOnTiles(network, 3, 5, codec, 4, CELL, new Readout.Ideal())
                        .withWires(wires),
                Hardware.weights(network, 4, Cases.random(11)));
    }

    private static LayerArrays plan(ChipDesign design) {
        return DeployedNetwork.of(design, TileProgrammer.program(design, 1, 0), Parameters.none(), Map.of())
                .plan()
                .synapses()
                .get(0)
                .arrays()
                .orElseThrow()
                .first();
    }

    private static WireSpec wires(Topology topology, Solver solver, double ohm) {
        return new WireSpec(new WireModel(topology, topology == Topology.A ? ohm : 0, ohm), solver, 0.3);
    }

    private static WireSpec ends(Topology topology, Solver solver, double ohm, double driver, double sense) {
        return new WireSpec(new WireModel(topology, ohm, ohm, driver, sense), solver, 0.3);
    }

    @ParameterizedTest
    @EnumSource(Solver.class)
    void aMatrixStandsForEveryArray(Solver solver) {
        for (Topology topology : new Topology[] {Topology.A, Topology.Z}) {
            assertMatrix(CodecKind.DIFFERENTIAL_PAIR, wires(topology, solver, 200));
        }
        assertMatrix(CodecKind.DIFFERENTIAL_PAIR, wires(Topology.B, Solver.EFFECTIVE, 200));
        assertMatrix(CodecKind.DIFFERENTIAL_PAIR, ends(Topology.A, solver, 200, 900, 700));
        assertMatrix(CodecKind.DIFFERENTIAL_PAIR, ends(Topology.Z, solver, 0, 900, 0));
        assertMatrix(CodecKind.DIFFERENTIAL_PAIR, ends(Topology.Z, solver, 0, 0, 700));
        assertMatrix(CodecKind.DIFFERENTIAL_PAIR, ends(Topology.B, Solver.EFFECTIVE, 0, 0, 700));
    }

    @ParameterizedTest
    @EnumSource(names = {"UNIT_COLUMN", "DUMMY_COLUMN"})
    void sharedColumnsLieAtTheEndOfTheirArray(CodecKind codec) {
        assertMatrix(codec, wires(Topology.A, Solver.EXACT, 200));
    }

    /** Every array is solved on its own here, its columns in the order of the assignment. */
    private static void assertMatrix(CodecKind kind, WireSpec wires) {
        ChipDesign design = design(kind, wires);
        WeightCodec codec = design.codecs().get(0);
        LayerTiles tiles = design.tiles().layers().getFirst();
        float[][] programmed =
                TileProgrammer.program(design, 1, 0).layers().get(0).conductances();
        LayerArrays plan = plan(design);
        assertThat(plan.circuit().wires()).isEmpty();
        assertThat(plan.cells().values()[0])
                .isNotEqualTo(plan(design(kind, WireSpec.ideal())).cells().values()[0]);
        for (TileAssignment tile : tiles.assignments()) {
            int own = tile.outputs() * tiles.columnsPerWeight();
            int columns = own + tiles.columnsPerTile();
            double[] cells = new double[tile.rows() * columns];
            for (int i = 0; i < cells.length; i++) {
                cells[i] = programmed[plane(i % columns, own, tiles)][cell(i, columns, own, tile, tiles)];
            }
            CrossbarCells array = CrossbarCells.single(tile.rows(), columns, cells);
            double[] solved = switch (wires.solver()) {
                case EXACT -> wires.model().transfer(array);
                case ONE_PASS -> wires.model().onePassTransfer(array);
                case EFFECTIVE -> wires.model().effective(array, 0.3);
            };
            for (int i = 0; i < cells.length; i++) {
                assertThat(plan.cells().values()[plane(i % columns, own, tiles)][cell(i, columns, own, tile, tiles)])
                        .isEqualTo(codec.cellValue((float) solved[i]));
            }
        }
    }

    private static int plane(int column, int own, LayerTiles tiles) {
        return column < own ? column % tiles.columnsPerWeight() : tiles.columnsPerWeight() + column - own;
    }

    private static int cell(int i, int columns, int own, TileAssignment tile, LayerTiles tiles) {
        int column = i % columns;
        int output = tile.firstOutput() + (column < own ? column / tiles.columnsPerWeight() : 0);
        return (tile.firstRow() + i / columns) * OUTPUTS + output;
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void gatedCellsKeepTheirValuesAndLoadTheirWires(boolean exact) {
        WireSpec wires = wires(Topology.B, exact ? Solver.EXACT : Solver.ONE_PASS, 200);
        ChipDesign design = design(CodecKind.DIFFERENTIAL_PAIR, wires);
        LayerArrays plan = plan(design);
        assertThat(plan.cells().values())
                .isDeepEqualTo(plan(design(CodecKind.DIFFERENTIAL_PAIR, WireSpec.ideal()))
                        .cells()
                        .values());
        ColumnWires columns = plan.circuit().wires().orElseThrow();
        assertThat(columns.exact()).isEqualTo(exact);
        WeightCodec codec = design.codecs().get(0);
        float[][] programmed =
                TileProgrammer.program(design, 1, 0).layers().get(0).conductances();
        for (int p = 0; p < programmed.length; p++) {
            assertThat(columns.offset(p)).isEqualTo(codec.cellValue(0f)).isNegative();
            for (int i = 0; i < programmed[p].length; i++) {
                assertThat(columns.load()[p][i]).isCloseTo(programmed[p][i] * 200e-6f, againstClosedForm(1e-9f));
            }
        }
    }

    /** What arrives of the current of a tile, in units of the weight, is what the model of the array says. */
    @ParameterizedTest
    @CsvSource({
        "300, 0, EXACT",
        "300, 0, ONE_PASS",
        "300, 1200, EXACT",
        "300, 1200, ONE_PASS",
        "0, 1200, EXACT",
        "0, 1200, ONE_PASS"
    })
    void gatedColumnsCarryTheCurrentsOfTheModel(double ohm, double sense, Solver solver) {
        WireSpec wires = ends(Topology.B, solver, ohm, 0, sense);
        ChipDesign design = design(CodecKind.DIFFERENTIAL_PAIR, wires);
        RandomGenerator random = Cases.random(5);
        float[] image = new float[ROWS];
        double[] drive = new double[ROWS];
        for (int row = 0; row < ROWS; row++) {
            image[row] = random.nextInt(3) / 2f;
            drive[row] = image[row];
        }
        WeightCodec codec = design.codecs().get(0);
        LayerTiles tiles = design.tiles().layers().getFirst();
        float[][] programmed =
                TileProgrammer.program(design, 1, 0).layers().get(0).conductances();
        double[] expected = new double[OUTPUTS];
        for (int first = 0; first < ROWS; first += 3) {
            int rows = Math.min(3, ROWS - first);
            double[] own = Arrays.copyOfRange(drive, first, first + rows);
            double inputs = Arrays.stream(own).sum();
            for (int p = 0; p < tiles.columnsPerWeight(); p++) {
                double[] cells = new double[rows * OUTPUTS];
                for (int i = 0; i < cells.length; i++) {
                    cells[i] = programmed[p][first * OUTPUTS + i];
                }
                CrossbarCells array = CrossbarCells.single(rows, OUTPUTS, cells);
                double[] microamperes = solver == Solver.EXACT
                        ? wires.model().currents(array, own, 1)
                        : wires.model().onePassCurrents(array, own, 1);
                for (int o = 0; o < OUTPUTS; o++) {
                    double value = microamperes[o] * codec.valuePerMicrosiemens() + inputs * codec.cellValue(0f);
                    expected[o] += codec.columnGain()[p] * value;
                }
            }
        }
        float[] scores = DeployedOnBackendTest.scores(
                DeployedNetwork.of(design, TileProgrammer.program(design, 1, 0), Parameters.none(), Map.of())
                        .plan(),
                image);
        for (int o = 0; o < OUTPUTS; o++) {
            assertThat(scores[o]).isCloseTo((float) expected[o], againstReference(1e-5f));
        }
    }

    @Test
    void wiresWithoutResistanceLeaveThePlanAsItIs() {
        LayerArrays ideal = plan(design(CodecKind.DIFFERENTIAL_PAIR, WireSpec.ideal()));
        for (Topology topology : new Topology[] {Topology.A, Topology.Z, Topology.B}) {
            for (Solver solver : Solver.values()) {
                LayerArrays wired = plan(design(CodecKind.DIFFERENTIAL_PAIR, wires(topology, solver, 0)));
                assertThat(wired.circuit().wires()).isEmpty();
                assertThat(wired.cells().values()).isDeepEqualTo(ideal.cells().values());
            }
        }
    }

    @Test
    void approximationsBeyondTheirReachAreRefused() {
        assertThatThrownBy(() -> plan(design(CodecKind.DIFFERENTIAL_PAIR, wires(Topology.B, Solver.EFFECTIVE, 1e5))))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("the wire solver must be exact: with all rows driven, drops along the wires of a tile of"
                        + " 3 x 5 cells could exceed the read voltage");
    }

    @Test
    void activityIsChecked() {
        WireModel model = new WireModel(Topology.B, 0, 1);
        assertThatThrownBy(() -> new WireSpec(model, Solver.EXACT, 1.5))
                .hasMessage("the activity that wires assume must be 0 to 1, got 1.5");
    }
}
