/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.devices.fault;

import static io.synaptile.testing.Tolerance.againstDistribution;
import static org.assertj.core.api.Assertions.assertThat;

import io.synaptile.devices.CellFault;
import io.synaptile.devices.CellPlaces;
import io.synaptile.devices.Moments;
import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FaultPatternTest {
    private static final int DRAWS = 1_000_000;
    private static final long KEY = 0x5eedL;

    @Test
    void aRowOrColumnFailsAsAWhole() {
        CellPlaces.Array array = new CellPlaces.Array(60, 50, 7);
        byte[] rows = marked(new FaultPattern(0.2, 0, 0, 0, 0.5), array);
        byte[] columns = marked(new FaultPattern(0, 0.2, 0, 0, 0.5), array);
        byte[] ofRow = new byte[60];
        byte[] ofColumn = new byte[50];
        for (int i = 0; i < array.cells(); i++) {
            ofRow[array.row(i)] = array.column(i) == 0 ? rows[i] : ofRow[array.row(i)];
            ofColumn[array.column(i)] = array.row(i) == 0 ? columns[i] : ofColumn[array.column(i)];
        }
        byte[] both = marked(new FaultPattern(0.2, 0.2, 0, 0, 0.5), array);
        for (int i = 0; i < array.cells(); i++) {
            assertThat(rows[i]).isEqualTo(ofRow[array.row(i)]);
            assertThat(columns[i]).isEqualTo(ofColumn[array.column(i)]);
            assertThat(both[i]).isEqualTo(columns[i] == CellFault.NONE ? rows[i] : columns[i]);
        }
        assertThat(ofRow).contains(CellFault.NONE, CellFault.OFF, CellFault.ON);
        assertThat(ofColumn).contains(CellFault.NONE, CellFault.OFF, CellFault.ON);
    }

    @Test
    void linesFailWithTheirProbability() {
        double mean = 0.2 * (0.3 - 0.7);
        double sd = Math.sqrt(0.2 - mean * mean);
        Moments.of(wide(marked(new FaultPattern(0.2, 0, 0, 0, 0.3), new CellPlaces.Array(DRAWS, 1, 0))))
                .assertFits(mean, sd);
        Moments.of(wide(marked(new FaultPattern(0, 0.2, 0, 0, 0.3), new CellPlaces.Array(1, DRAWS, 0))))
                .assertFits(mean, sd);
    }

    /** The number of failed cells of an array: mean and variance from the places that two clusters share. */
    @ParameterizedTest
    @CsvSource({"0, 1, 0.05", "1, 5, 0.01", "2.3, 21, 0.004", "5, 81, 0.0005"})
    void clustersCoverTheShareOfTheirDensity(double radius, int places, double density) {
        int side = 1000;
        byte[] map = marked(new FaultPattern(0, 0, density, radius, 0), new CellPlaces.Array(side, side, 0));
        double p = 1 - Math.pow(1 - density, places);
        double variance = 0;
        for (int dy = -11; dy <= 11; dy++) {
            for (int dx = -11; dx <= 11; dx++) {
                int together = 2 * places - shared(dy, dx, radius);
                variance += Math.pow(1 - density, together) - (1 - p) * (1 - p);
            }
        }
        assertThat(-Moments.of(wide(map)).mean()).isCloseTo(p, againstDistribution(4 * Math.sqrt(variance) / side));
        // Cells at the edge fail as often as the others.
        double edge = 0;
        for (int i = 0; i < side; i++) {
            edge += map[i] + map[(side - 1) * side + i] + map[i * side] + map[i * side + side - 1];
        }
        assertThat(-edge / (4 * side)).isCloseTo(p, againstDistribution(4 * Math.sqrt(variance / (4 * side))));
    }

    /** Places within the radius of both of two cells. */
    private static int shared(int dy, int dx, double radius) {
        int count = 0;
        for (int y = -6; y <= 6; y++) {
            for (int x = -6; x <= 6; x++) {
                boolean one = Math.hypot(y, x) <= radius;
                boolean other = Math.hypot(y - dy, x - dx) <= radius;
                count += one && other ? 1 : 0;
            }
        }
        return count;
    }

    /** Every failed cell belongs to a disc of failed cells, as far as the array reaches. */
    @ParameterizedTest
    @ValueSource(doubles = {1, 2.3, 5})
    void clustersAreRound(double radius) {
        int side = 60;
        byte[] map = marked(new FaultPattern(0, 0, 0.002, radius, 0), new CellPlaces.Array(side, side, 0));
        boolean[] covered = new boolean[map.length];
        for (int y = -6; y < side + 6; y++) {
            for (int x = -6; x < side + 6; x++) {
                if (disc(map, side, y, x, radius).allMatch(i -> map[i] == CellFault.OFF)) {
                    disc(map, side, y, x, radius).forEach(i -> covered[i] = true);
                }
            }
        }
        for (int i = 0; i < map.length; i++) {
            assertThat(covered[i]).isEqualTo(map[i] == CellFault.OFF);
        }
        assertThat(map).contains(CellFault.NONE, CellFault.OFF);
    }

    private static IntStream disc(byte[] map, int side, int y, int x, double radius) {
        return IntStream.range(0, map.length).filter(i -> Math.hypot(i / side - y, i % side - x) <= radius);
    }

    /** Cells of which nothing is known fail one by one, as often as those of an array. */
    @Test
    void cellsApartHaveTheSameShare() {
        FaultPattern pattern = new FaultPattern(0.1, 0.05, 0.01, 1, 0);
        double p = 1 - 0.9 * 0.95 * Math.pow(0.99, 5);
        Moments.of(wide(marked(pattern, new CellPlaces.Apart(DRAWS)))).assertFits(-p, Math.sqrt(p * (1 - p)));
    }

    @ParameterizedTest
    @ValueSource(doubles = {0.001, 0.05, 0.375})
    void exactProportionsAreMetWithoutReplacement(double part) {
        for (int n : new int[] {1, 7, 64, 1000}) {
            byte[] exact = new byte[n];
            byte[] drawn = new byte[n];
            new StuckCells(part, 2 * part / 3, true, FaultPattern.NONE).mark(exact, new SplittableRandom(n));
            new StuckCells(part, 2 * part / 3).mark(drawn, new SplittableRandom(n));
            assertThat(count(exact, CellFault.OFF)).isEqualTo((int) Math.rint(part * n));
            assertThat(count(exact, CellFault.ON)).isEqualTo((int) Math.rint(2 * part / 3 * n));
            // The same numbers decide: cells of one map are those of the other, as far as the shorter reaches.
            int fewer = Math.min(count(exact, CellFault.OFF), count(drawn, CellFault.OFF));
            int common = 0;
            for (int i = 0; i < n; i++) {
                common += exact[i] == CellFault.OFF && drawn[i] == CellFault.OFF ? 1 : 0;
            }
            assertThat(common).isEqualTo(fewer);
        }
    }

    private static int count(byte[] map, byte fault) {
        int count = 0;
        for (byte one : map) {
            count += one == fault ? 1 : 0;
        }
        return count;
    }

    @Test
    void exactProportionsMayTakeEveryCell() {
        byte[] all = new byte[9];
        new StuckCells(0, 1, true, FaultPattern.NONE).mark(all, new SplittableRandom(1));
        assertThat(all).containsOnly(CellFault.ON);
        Arrays.fill(all, CellFault.NONE);
        new StuckCells(1, 0, true, FaultPattern.NONE).mark(all, new SplittableRandom(1));
        assertThat(all).containsOnly(CellFault.OFF);
    }

    private static byte[] marked(FaultPattern pattern, CellPlaces places) {
        byte[] map = new byte[places.cells()];
        pattern.mark(map, places, KEY);
        return map;
    }

    private static float[] wide(byte[] map) {
        float[] wide = new float[map.length];
        for (int i = 0; i < map.length; i++) {
            wide[i] = map[i];
        }
        return wide;
    }
}
