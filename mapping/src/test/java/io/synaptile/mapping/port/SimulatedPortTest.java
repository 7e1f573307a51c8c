/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.mapping.port;

import static io.synaptile.testing.Tolerance.againstClosedForm;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.synaptile.devices.CellModel;
import io.synaptile.devices.ConductanceRange;
import io.synaptile.devices.readout.RowReads;
import io.synaptile.mapping.Cases;
import io.synaptile.mapping.DriftingCell;
import io.synaptile.mapping.ExactCell;
import io.synaptile.mapping.SpreadCell;
import io.synaptile.sim.random.NoiseStream;
import io.synaptile.sim.random.Purpose;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SimulatedPortTest {
    private static final int ROWS = 9;
    private static final int COLUMNS = 7;
    private static final long SEED = 5;
    private static final ProgramOrder.Draws DRAWS = new ProgramOrder.Draws(3, 2, 1);
    private static final PortLimits LIMITS = new PortLimits(0.2, 2, 0, 0, 1000);
    private static final CellModel EXACT = new ExactCell(2f, 40f, 16);

    private static SimulatedPort port(CellModel cell, ColumnErrors errors, PortLimits limits) {
        return new SimulatedPort(new SimulatedArray(
                "bench", "S1", "array0", 0, ROWS, COLUMNS, cell, Optional.empty(), errors, limits, SEED));
    }

    private static float[] targets(int cells) {
        RandomGenerator random = Cases.random(1);
        float[] target = new float[cells];
        for (int i = 0; i < cells; i++) {
            target[i] = 2f + 38f * random.nextFloat();
        }
        return target;
    }

    private static ProgramOrder all() {
        return ProgramOrder.of(ROWS, COLUMNS, targets(ROWS * COLUMNS), DRAWS);
    }

    /** Every row alone, then rows 0 to 2 with different drives. */
    private static RowReads reads() {
        int[] start = new int[ROWS + 2];
        int[] row = new int[ROWS + 3];
        float[] drive = new float[row.length];
        for (int i = 0; i < ROWS; i++) {
            start[i + 1] = i + 1;
            row[i] = i;
            drive[i] = 1f;
        }
        for (int i = 0; i < 3; i++) {
            row[ROWS + i] = i;
            drive[ROWS + i] = 0.5f * (i + 1);
        }
        start[ROWS + 1] = row.length;
        long[] key = new long[ROWS + 1];
        Arrays.setAll(key, i -> 100 + i);
        return new RowReads(77, new int[ROWS + 1], key, start, row, drive);
    }

    @Test
    void holdsWhatATileOfTheSameDrawsHolds() {
        CellModel cell = new SpreadCell(2f, 40f, 16, 0.1f);
        ProgramReport report = port(cell, ColumnErrors.NONE, LIMITS).program(all());
        float[] expected = new float[ROWS * COLUMNS];
        cell.program(
                targets(expected.length),
                expected,
                NoiseStream.of(SEED, Purpose.PROGRAMMING, DRAWS.layer(), DRAWS.array(), DRAWS.instance()));
        assertThat(report.reached()).containsExactly(expected);
        assertThat(report.status()).containsOnly(ProgramReport.Status.REACHED);
        assertThat(report.pulses()).containsOnly(1);
    }

    @Test
    void columnsAreSumsOfDrivenCells() {
        SimulatedPort port = port(EXACT, ColumnErrors.NONE, LIMITS);
        port.program(all());
        float[] currents = port.multiply(COLUMNS, List.of(reads())).microsiemens();
        float[] cells = targets(ROWS * COLUMNS);
        for (int c = 0; c < COLUMNS; c++) {
            for (int r = 0; r < ROWS; r++) {
                assertThat(currents[r * COLUMNS + c]).isEqualTo(cells[r * COLUMNS + c]);
            }
            float sum = 0.5f * cells[c] + cells[COLUMNS + c] + 1.5f * cells[2 * COLUMNS + c];
            assertThat(currents[ROWS * COLUMNS + c]).isCloseTo(sum, againstClosedForm(1e-4f));
        }
        float[] some = port.multiply(2, List.of(reads())).microsiemens();
        assertThat(some).hasSize(2 * (ROWS + 1));
        assertThat(some[2]).isEqualTo(currents[COLUMNS]);
    }

    @Test
    void readsRepeatWithTheirKeysAndDoNotDependOnOthers() {
        SimulatedPort port = port(EXACT, new ColumnErrors(0, 0, 0.5), LIMITS);
        port.program(all());
        float[] together = port.multiply(COLUMNS, List.of(reads(), reads())).microsiemens();
        int half = together.length / 2;
        assertThat(Arrays.copyOf(together, half)).containsExactly(Arrays.copyOfRange(together, half, together.length));
        assertThat(port.multiply(COLUMNS, List.of(reads())).microsiemens())
                .containsExactly(Arrays.copyOf(together, half));
        assertThat(together[0]).isNotEqualTo(targets(1)[0]);
    }

    @Test
    void calibrationTakesGainAndOffsetOff() {
        SimulatedPort port = port(EXACT, new ColumnErrors(0.1, 3, 0), LIMITS);
        port.program(all());
        float[] cells = targets(ROWS * COLUMNS);
        float[] before = port.multiply(COLUMNS, List.of(reads())).microsiemens();
        assertThat(Math.abs(before[0] - cells[0])).isGreaterThan(0.1f);
        ColumnCalibration found = port.calibrate();
        assertThat(port.facts().calibration()).isEqualTo(found.name()).isNotEmpty();
        assertThat(found.gain()[0]).isNotEqualTo(1f);
        float[] after = port.multiply(COLUMNS, List.of(reads())).microsiemens();
        for (int i = 0; i < ROWS * COLUMNS; i++) {
            assertThat(after[i]).isCloseTo(cells[i], againstClosedForm(1e-3f));
        }
    }

    @Test
    void writesAgainUntilCellsAreNearEnough() {
        CellModel cell = new SpreadCell(2f, 40f, 16, 0.1f);
        ProgramOrder once = all();
        ProgramOrder order = new ProgramOrder(ROWS, COLUMNS, once.target(), Optional.empty(), 0.5f, 40, DRAWS);
        ProgramReport report = port(cell, ColumnErrors.NONE, LIMITS).program(order);
        for (int i = 0; i < report.reached().length; i++) {
            boolean near = Math.abs(report.reached()[i] - order.target()[i]) <= 0.5f;
            assertThat(report.status()[i]).isEqualTo(near ? ProgramReport.Status.REACHED : ProgramReport.Status.MISSED);
            assertThat(report.pulses()[i]).isBetween(1, 40);
        }
        assertThat(report.count(ProgramReport.Status.REACHED)).isGreaterThan(ROWS * COLUMNS * 9 / 10);
        assertThat(report.allPulses()).isGreaterThan(ROWS * COLUMNS);
    }

    @Test
    void leavesCellsOutsideTheMaskAsTheyAre() {
        SimulatedPort port = port(EXACT, ColumnErrors.NONE, LIMITS);
        port.program(all());
        BitSet some = new BitSet();
        some.set(4);
        float[] low = new float[ROWS * COLUMNS];
        Arrays.fill(low, 2f);
        ProgramReport report = port.program(new ProgramOrder(ROWS, COLUMNS, low, Optional.of(some), 0, 0, DRAWS));
        float[] expected = targets(ROWS * COLUMNS);
        expected[4] = 2f;
        assertThat(report.reached()).containsExactly(expected);
        assertThat(port.read(ROWS, COLUMNS, 1).mean()).containsExactly(expected);
        assertThat(report.allPulses()).isEqualTo(1);
    }

    @Test
    void refusesPulsesBeyondTheLifeOfACell() {
        SimulatedPort port = port(EXACT, ColumnErrors.NONE, new PortLimits(0, 0, 0, 2, 1000));
        port.program(all());
        port.program(all());
        ProgramReport third = port.program(all());
        assertThat(third.status()).containsOnly(ProgramReport.Status.REFUSED);
        assertThat(third.reached()).containsExactly(targets(ROWS * COLUMNS));
        assertThat(port.facts().wornPulses()).isEqualTo(2);
    }

    @Test
    void refusesWhatExceedsALimitOrHasNoSense() {
        SimulatedPort port = port(EXACT, ColumnErrors.NONE, LIMITS);
        port.program(all());
        float[] high = targets(ROWS * COLUMNS);
        high[8] = 41f;
        assertThatThrownBy(() -> port.program(ProgramOrder.of(ROWS, COLUMNS, high, DRAWS)))
                .isInstanceOf(PortException.class)
                .hasMessage("board bench, array array0, program: target 41.0 uS of row 1, column 1 lies outside 2.0 to"
                        + " 40.0 uS; nothing was written");
        assertThat(port.read(ROWS, COLUMNS, 1).mean()).containsExactly(targets(ROWS * COLUMNS));
        high[8] = Float.NaN;
        assertThatThrownBy(() -> port.program(ProgramOrder.of(ROWS, COLUMNS, high, DRAWS)))
                .hasMessageContaining("target NaN uS");
        assertThatThrownBy(() -> port.multiply(COLUMNS + 1, List.of(reads()))).hasMessageContaining("9 x 7");
        RowReads one = reads();
        one.row()[0] = ROWS;
        assertThatThrownBy(() -> port.multiply(COLUMNS, List.of(one))).hasMessageContaining("row 9 of an array of 9");
        RowReads strong = reads();
        strong.drive()[0] = 2.5f;
        assertThatThrownBy(() -> port.multiply(COLUMNS, List.of(strong)))
                .hasMessageContaining("exceeds 2.0 times the read voltage");
        SimulatedPort slow = port(EXACT, ColumnErrors.NONE, new PortLimits(0, 0, 0, 0, 5));
        slow.program(all());
        assertThatThrownBy(() -> slow.multiply(COLUMNS, List.of(reads()))).hasMessageContaining("at most 5");
        assertThatThrownBy(() -> port.age(-1, 300)).hasMessageContaining("age must be at least 0 s");
    }

    @Test
    void cellsThatWereNeverWrittenAreNotReady() {
        SimulatedPort port = port(EXACT, ColumnErrors.NONE, LIMITS);
        List<ThrowingCallable> calls = List.of(
                () -> port.multiply(COLUMNS, List.of(reads())),
                () -> port.read(ROWS, COLUMNS, 1),
                () -> port.age(1, 300));
        for (ThrowingCallable call : calls) {
            assertThatThrownBy(call)
                    .isInstanceOfSatisfying(
                            PortException.class, e -> assertThat(e.kind()).isEqualTo(PortException.Kind.UNREADY))
                    .hasMessageEndingWith("cells were never programmed");
        }
    }

    @ParameterizedTest
    @ValueSource(floats = {0f, -0f, -1f, Float.NaN, Float.POSITIVE_INFINITY})
    void refusesDrivesThatAreNotAboveZero(float drive) {
        SimulatedPort port = port(EXACT, ColumnErrors.NONE, LIMITS);
        port.program(all());
        RowReads weak = reads();
        weak.drive()[3] = drive;
        assertThatThrownBy(() -> port.multiply(COLUMNS, List.of(weak)))
                .isInstanceOfSatisfying(
                        PortException.class, e -> assertThat(e.kind()).isEqualTo(PortException.Kind.INVALID))
                .hasMessageContaining("drive " + drive + " of row 3 must be above 0 and finite");
    }

    @ParameterizedTest
    @CsvSource({"1, 0", "2, 2"})
    void refusesRowsThatDoNotAscend(int first, int second) {
        SimulatedPort port = port(EXACT, ColumnErrors.NONE, LIMITS);
        port.program(all());
        RowReads back = reads();
        back.row()[ROWS] = first;
        back.row()[ROWS + 1] = second;
        assertThatThrownBy(() -> port.multiply(COLUMNS, List.of(back)))
                .isInstanceOfSatisfying(
                        PortException.class, e -> assertThat(e.kind()).isEqualTo(PortException.Kind.INVALID))
                .hasMessageContaining("row " + second + " comes after row " + first + "; rows of a read must ascend");
    }

    @Test
    void aReadWithoutRowsShowsColumnsWithoutCurrent() {
        SimulatedPort port = port(EXACT, ColumnErrors.NONE, LIMITS);
        port.program(all());
        RowReads none = new RowReads(1, new int[2], new long[] {4, 5}, new int[3], new int[0], new float[0]);
        assertThat(port.multiply(COLUMNS, List.of(none)).microsiemens())
                .hasSize(2 * COLUMNS)
                .containsOnly(0f);
    }

    @Test
    void readsOfACellAreLimitedAsThoseOfColumnsAre() {
        SimulatedPort port = port(EXACT, ColumnErrors.NONE, new PortLimits(0, 0, 0, 0, 5));
        port.program(all());
        assertThat(port.read(1, 1, 5).mean()).hasSize(1);
        assertThatThrownBy(() -> port.read(1, 1, 6))
                .isInstanceOfSatisfying(
                        PortException.class, e -> assertThat(e.kind()).isEqualTo(PortException.Kind.LIMIT))
                .hasMessageContaining("6 reads of every cell in one call, at most 5");
    }

    @Test
    void targetsOfCellsThatAreNotWrittenDoNotMatter() {
        SimulatedPort port = port(new SpreadCell(2f, 40f, 16, 0.1f), ColumnErrors.NONE, LIMITS);
        port.program(all());
        BitSet some = new BitSet();
        some.set(4);
        float[] low = new float[ROWS * COLUMNS];
        low[4] = 2f;
        ProgramReport report = port.program(new ProgramOrder(ROWS, COLUMNS, low, Optional.of(some), 0, 0, DRAWS));
        assertThat(report.pulses()[4]).isEqualTo(1);
        assertThat(report.allPulses()).isEqualTo(1);
    }

    @Test
    void columnsSaturate() {
        SimulatedPort port = port(EXACT, ColumnErrors.NONE, new PortLimits(0.5, 0, 10, 0, 1000));
        port.program(all());
        ColumnReadings readings = port.multiply(COLUMNS, List.of(reads()));
        float[] cells = targets(ROWS * COLUMNS);
        for (int i = 0; i < cells.length; i++) {
            assertThat(readings.microsiemens()[i]).isEqualTo(Math.min(20f, cells[i]));
            assertThat(readings.saturated().get(i)).isEqualTo(cells[i] > 20f);
        }
    }

    @Test
    void agesAsItsCellsDo() {
        SimulatedPort port = port(new DriftingCell(new ConductanceRange(2f, 40f), 16, 0.1f), ColumnErrors.NONE, LIMITS);
        float[] target = new float[ROWS * COLUMNS];
        Arrays.fill(target, port.facts().range().maxMicrosiemens());
        port.program(ProgramOrder.of(ROWS, COLUMNS, target, DRAWS));
        float before = port.read(1, 1, 1).mean()[0];
        port.age(1e6, 300);
        assertThat(port.read(1, 1, 1).mean()[0]).isNotEqualTo(before);
    }
}
