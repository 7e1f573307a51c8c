/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.devices.programming;

import static io.synaptile.testing.Tolerance.againstDistribution;
import static org.assertj.core.api.Assertions.assertThat;

import io.synaptile.devices.CellPlaces;
import io.synaptile.devices.Moments;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class SharedErrorTest {
    private static final int DRAWS = 1_000_000;
    private static final SharedError SHARED = new SharedError(6, 3, 2);

    @Test
    void theThreePartsAddUpToOneStandardNormal() {
        assertThat(SHARED.total()).isEqualTo(7);
        Moments.of(drawn(SHARED, new CellPlaces.Apart(DRAWS), 1)).assertFits(0, 1);
    }

    @Test
    void cellsOfOneColumnDifferByTheirOwnPart() {
        float[] column = drawn(SHARED, new CellPlaces.Array(DRAWS, 1, 0), 2);
        Moments moments = Moments.of(column);
        assertThat(moments.sd()).isCloseTo(6d / 7, againstDistribution(0.02 * 6 / 7));
        assertThat(Math.abs(moments.mean())).isGreaterThan(4 / Math.sqrt(DRAWS));
    }

    @Test
    void columnsOfOneArrayDifferByTheirPartToo() {
        Moments moments = Moments.of(drawn(SHARED, new CellPlaces.Array(1, DRAWS, 0), 3));
        assertThat(moments.sd()).isCloseTo(Math.sqrt(45) / 7, againstDistribution(0.02));
    }

    @Test
    void columnsShareOneNumberThroughAllRows() {
        CellPlaces.Array places = new CellPlaces.Array(20, 30, 4);
        float[] cells = drawn(new SharedError(0, 1, 0), places, 4);
        float[] ofColumn = new float[30];
        for (int i = 0; i < cells.length; i++) {
            if (places.row(i) == 0) {
                ofColumn[places.column(i)] = cells[i];
            }
        }
        for (int i = 0; i < cells.length; i++) {
            assertThat(cells[i]).isEqualTo(ofColumn[places.column(i)]);
        }
        assertThat(ofColumn).doesNotHaveDuplicates();
    }

    /** One number per write, another in another write: a million arrays. */
    @Test
    void arraysDifferByTheirPart() {
        float[] arrays = new float[DRAWS];
        int alike = 0;
        SplittableRandom random = new SplittableRandom(5);
        for (int i = 0; i < DRAWS; i++) {
            double[] normals = new double[2];
            new SharedError(0, 0, 2).apply(normals, new CellPlaces.Array(1, 2, 0), random.nextLong());
            alike += normals[0] == normals[1] ? 1 : 0;
            arrays[i] = (float) normals[0];
        }
        assertThat(alike).isEqualTo(DRAWS);
        Moments.of(arrays).assertFits(0, 1);
    }

    private static float[] drawn(SharedError shared, CellPlaces places, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        double[] normals = new double[places.cells()];
        for (int i = 0; i < normals.length; i++) {
            normals[i] = random.nextGaussian();
        }
        shared.apply(normals, places, random.nextLong());
        float[] cells = new float[normals.length];
        for (int i = 0; i < cells.length; i++) {
            cells[i] = (float) normals[i];
        }
        return cells;
    }
}
