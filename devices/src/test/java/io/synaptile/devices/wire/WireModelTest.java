/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.devices.wire;

import static io.synaptile.testing.Tolerance.againstClosedForm;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.synaptile.devices.SplitMix64Stream;
import java.util.Arrays;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class WireModelTest {
    private static final double EXACT = 1e-9;

    static LongStream seeds() {
        return LongStream.rangeClosed(1, 60);
    }

    /** An array of odd shape, its inputs and its wires. */
    private static final class Case {
        final SplitMix64Stream random;
        final WireModel wires;
        final CrossbarCells cells;
        final double[] drive;
        final double volts;

        Case(long seed, Topology topology) {
            random = new SplitMix64Stream(seed * 7 + topology.ordinal());
            int rows = 1 + whole(9);
            int columns = 1 + whole(9);
            wires = new WireModel(
                    topology, resistance(), resistance(), none() ? 0 : resistance(), none() ? 0 : resistance());
            cells = new CrossbarCells(
                    rows, columns, values(rows * columns), topology == Topology.C ? values(rows * columns) : null);
            drive = new double[rows];
            for (int i = 0; i < rows; i++) {
                drive[i] = whole(3) == 0 ? random.nextUniform() : whole(2);
            }
            volts = 0.05 + random.nextUniform();
        }

        private int whole(int below) {
            return (int) (random.nextUniform() * below);
        }

        /** From a hundredth of an ohm to 10 kiloohm. */
        private double resistance() {
            return Math.pow(10, 6 * random.nextUniform() - 2);
        }

        private boolean none() {
            return whole(2) == 0;
        }

        private double[] values(int count) {
            double[] values = new double[count];
            for (int i = 0; i < count; i++) {
                values[i] = whole(5) == 0 ? 0 : 200 * random.nextUniform();
            }
            return values;
        }
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void exactCurrentsAreThoseOfTheNodalEquations(long seed) {
        for (Topology topology : Topology.values()) {
            Case drawn = new Case(seed, topology);
            double[] expected = NodalReference.currents(drawn.cells, drawn.wires, drawn.drive, drawn.volts);
            double[] currents = drawn.wires.currents(drawn.cells, drawn.drive, drawn.volts);
            assertClose(currents, expected, EXACT);
        }
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void oneMatrixStandsForALinearArray(long seed) {
        for (Topology topology : new Topology[] {Topology.A, Topology.Z}) {
            Case drawn = new Case(seed, topology);
            double[] matrix = drawn.wires.transfer(drawn.cells);
            double[] onePass = drawn.wires.onePassTransfer(drawn.cells);
            for (double[] drive : new double[][] {drawn.drive, oneRow(drawn.cells, 0), allRows(drawn.cells)}) {
                double[] expected = NodalReference.currents(drawn.cells, drawn.wires, drive, drawn.volts);
                assertClose(product(matrix, drive, drawn.volts), expected, EXACT);
                double[] first = FixedPoint.currents(drawn.cells, drawn.wires, drive, drawn.volts, 1);
                assertClose(product(onePass, drive, drawn.volts), first, EXACT);
            }
        }
    }

    private static double[] oneRow(CrossbarCells cells, int row) {
        double[] drive = new double[cells.rows()];
        drive[row] = 1;
        return drive;
    }

    private static double[] allRows(CrossbarCells cells) {
        double[] drive = new double[cells.rows()];
        Arrays.fill(drive, 1);
        return drive;
    }

    private static double[] product(double[] matrix, double[] drive, double volts) {
        int columns = matrix.length / drive.length;
        double[] current = new double[columns];
        for (int cell = 0; cell < matrix.length; cell++) {
            current[cell % columns] += matrix[cell] * drive[cell / columns] * volts;
        }
        return current;
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void onePassIsTheFirstStepOfTheFixedPointIteration(long seed) {
        for (Topology topology : Topology.values()) {
            Case drawn = new Case(seed, topology);
            double[] expected = FixedPoint.currents(drawn.cells, drawn.wires, drawn.drive, drawn.volts, 1);
            assertClose(drawn.wires.onePassCurrents(drawn.cells, drawn.drive, drawn.volts), expected, EXACT);
        }
    }

    @Test
    void largeArrayAgreesWithTheFixedPointIteration() {
        CrossbarCells cells = drawn(128, 128, 20e3, 200e3, 16, 4711);
        WireModel wires = new WireModel(Topology.A, 0.5, 1);
        double[] drive = spikes(128, 0.3, 4712);
        double[] expected = FixedPoint.currents(cells, wires, drive, 0.1, 400);
        assertClose(wires.currents(cells, drive, 0.1), expected, EXACT);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void wiresWithoutResistanceChangeNothing(long seed) {
        for (Topology topology : Topology.values()) {
            Case drawn = new Case(seed, topology);
            WireModel none = new WireModel(topology, 0, 0);
            assertThat(none.resistive()).isFalse();
            double[] source = new double[drawn.cells.positive().length];
            Arrays.setAll(source, drawn.cells::source);
            double[] ideal = product(source, drawn.drive, drawn.volts);
            assertClose(none.currents(drawn.cells, drawn.drive, drawn.volts), ideal, 1e-14);
            assertClose(none.onePassCurrents(drawn.cells, drawn.drive, drawn.volts), ideal, 1e-14);
            assertThat(none.effective(drawn.cells, 0.3)).isEqualTo(source);
            if (topology.linear()) {
                assertThat(none.transfer(drawn.cells)).isEqualTo(source);
            }
        }
    }

    /** The published errors of the approximations; the arrays here are others of the same recipe. */
    @ParameterizedTest
    @CsvSource({
        "B,  64, 64,  20e3, 200e3,  0.1, 0.49, 0.14, 0.003",
        "A,  64, 64, 100e3, 1.7e6,  0.1, 1.57, 0.70, 0.03",
        "B, 128, 64,  20e3, 200e3,  0.2, 2.84, 0.67, 0.11",
        "A,  64, 64,   6e3, 100e3,  0.3, 24.7, 4.2,  6.6"
    })
    void approximationsHaveTheStatedErrors(
            Topology topology,
            int rows,
            int columns,
            double rOn,
            double rOff,
            double activity,
            double ignoredPercent,
            double effectivePercent,
            double onePassPercent) {
        WireModel wires = new WireModel(topology, 1, 1);
        double ignored = 0;
        double effective = 0;
        double onePass = 0;
        int vectors = 12;
        CrossbarCells cells = drawn(rows, columns, rOn, rOff, topology == Topology.B && rows == 128 ? 4 : 16, 99);
        double[] reduced = wires.effective(cells, activity);
        for (int v = 0; v < vectors; v++) {
            double[] drive = spikes(rows, activity, 1000 + v);
            double[] exact = wires.currents(cells, drive, 0.1);
            ignored += meanError(product(cells.positive(), drive, 0.1), exact) / vectors;
            effective += meanError(product(reduced, drive, 0.1), exact) / vectors;
            onePass += meanError(wires.onePassCurrents(cells, drive, 0.1), exact) / vectors;
        }
        assertThat(100 * ignored).isBetween(ignoredPercent / 1.4, ignoredPercent * 1.4);
        assertThat(100 * effective).isBetween(effectivePercent / 1.4, effectivePercent * 1.4);
        assertThat(100 * onePass).isBetween(onePassPercent / 1.4, onePassPercent * 1.4);
    }

    private static double meanError(double[] currents, double[] exact) {
        double sum = 0;
        for (int j = 0; j < exact.length; j++) {
            sum += Math.abs(currents[j] / exact[j] - 1) / exact.length;
        }
        return sum;
    }

    private static CrossbarCells drawn(int rows, int columns, double rOn, double rOff, int levels, long seed) {
        SplitMix64Stream random = new SplitMix64Stream(seed);
        double[] cells = new double[rows * columns];
        for (int i = 0; i < cells.length; i++) {
            double level = Math.floor(random.nextUniform() * levels) / (levels - 1);
            cells[i] = 1e6 / rOff + level * (1e6 / rOn - 1e6 / rOff);
        }
        return CrossbarCells.single(rows, columns, cells);
    }

    private static double[] spikes(int rows, double probability, long seed) {
        SplitMix64Stream random = new SplitMix64Stream(seed);
        double[] spikes = new double[rows];
        Arrays.setAll(spikes, _ -> random.nextUniform() < probability ? 1 : 0);
        return spikes;
    }

    private static void assertClose(double[] values, double[] expected, double relative) {
        assertThat(values).hasSameSizeAs(expected);
        double largest = Arrays.stream(expected).map(Math::abs).max().orElseThrow();
        for (int i = 0; i < values.length; i++) {
            // Differences of pairs may cancel to nearly nothing, so the scale is that of all columns.
            assertThat(Math.abs(values[i] - expected[i]))
                    .as("column %d: %s, expected %s", i, values[i], expected[i])
                    .isLessThanOrEqualTo(relative * largest);
        }
    }

    /** The nodal reference needs a wire; without one a column is a node, whose converter sees all cells at once. */
    @ParameterizedTest
    @MethodSource("seeds")
    void convertersHaveInputsWithoutWiresToo(long seed) {
        for (Topology topology : Topology.values()) {
            Case drawn = new Case(seed, topology);
            double ohm = drawn.resistance();
            WireModel wires = new WireModel(topology, 0, 0, 0, ohm);
            assertThat(wires.resistive()).isTrue();
            int columns = drawn.cells.columns();
            double[] expected = new double[columns];
            double[] onePass = new double[columns];
            for (int j = 0; j < columns; j++) {
                double source = 0;
                double load = 0;
                for (int i = 0; i < drawn.drive.length; i++) {
                    source += drawn.drive[i] * drawn.cells.source(i * columns + j);
                    load += (topology.linear() ? 1 : drawn.drive[i]) * drawn.cells.load(i * columns + j);
                }
                expected[j] = drawn.volts * source / (1 + 1e-6 * ohm * load);
                onePass[j] = drawn.volts * source * (1 - 1e-6 * ohm * load);
            }
            assertClose(wires.currents(drawn.cells, drawn.drive, drawn.volts), expected, EXACT);
            assertClose(wires.onePassCurrents(drawn.cells, drawn.drive, drawn.volts), onePass, EXACT);
            WireModel thin = new WireModel(topology, 0, 1e-9, 0, ohm);
            assertClose(thin.currents(drawn.cells, drawn.drive, drawn.volts), expected, 1e-7);
        }
    }

    /** With one cell the driver is in series with it. */
    @Test
    void driverCellAndConverterAreInSeries() {
        CrossbarCells cell = CrossbarCells.single(1, 1, new double[] {50});
        for (Topology topology : new Topology[] {Topology.A, Topology.Z}) {
            double[] current = new WireModel(topology, 0, 0, 2000, 3000).currents(cell, new double[] {1}, 0.5);
            assertThat(current[0]).isCloseTo(1e6 * 0.5 / (20_000 + 2000 + 3000), againstClosedForm(1e-9));
        }
        assertThat(new WireModel(Topology.B, 10, 0, 2000, 0).resistive()).isFalse();
        assertThat(new WireModel(Topology.A, 0, 0, 2000, 0).effective(cell, 0.3)[0])
                .isCloseTo(50 * (1 - 50e-6 * 2000), againstClosedForm(1e-9));
        assertThat(new WireModel(Topology.B, 0, 0, 0, 3000).effective(cell, 0.3)[0])
                .isCloseTo(50 * (1 - 50e-6 * 3000), againstClosedForm(1e-9));
    }

    /** rho(T) = rho300 (1 + 0.00451 |T - 300|): 45.1 % more at 400 K; drivers and converters stay as they are. */
    @Test
    void wiresGetWarmAndDriversDoNot() {
        assertThat(new WireModel(Topology.A, 2, 4, 7, 8).at(400))
                .isEqualTo(new WireModel(Topology.A, 2 * 1.451, 4 * 1.451, 7, 8));
        WireModel room = new WireModel(Topology.A, 2.3, 4.1, 7, 8);
        assertThat(room.at(300)).isEqualTo(room);
    }

    @Test
    void modelsRefuseWhatTheyCannotCompute() {
        CrossbarCells cells = drawn(2, 3, 1e3, 1e4, 4, 1);
        WireModel gated = new WireModel(Topology.B, 0, 1);
        assertThatThrownBy(() -> gated.transfer(cells))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("topology B has no transfer matrix");
        assertThatThrownBy(() -> new WireModel(Topology.C, 0, 1).currents(cells, new double[2], 1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("topology C needs pairs of cells");
        assertThatThrownBy(() -> new WireModel(Topology.B, 0, 0, 0, Double.NaN))
                .hasMessage("the resistance of a converter's input must be finite and at least 0 ohm, got NaN");
        assertThatThrownBy(() -> gated.currents(cells, new double[3], 1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("3 inputs for 2 rows");
        assertThatThrownBy(() -> new WireModel(Topology.A, -1, 0))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("row wire must be finite and at least 0 ohm, got -1");
        assertThatThrownBy(() -> gated.effective(cells, 1.5))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("activity must be between 0 and 1, got 1.5");
    }
}
