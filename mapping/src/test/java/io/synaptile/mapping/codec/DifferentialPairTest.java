/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.mapping.codec;

import static io.synaptile.testing.Tolerance.againstIdentity;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.synaptile.mapping.Cases;
import io.synaptile.mapping.ExactCell;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class DifferentialPairTest {
    private static final ExactCell CELL = new ExactCell(2f, 40f, 16);

    private static float[] decoded(WeightCodec codec, float[] weights) {
        float[][] targets = new float[codec.columnsPerWeight()][weights.length];
        codec.encode(weights, targets);
        float[] back = new float[weights.length];
        codec.decode(targets, weights, back);
        return back;
    }

    @Test
    void slicesAndPlanesAreWrittenLeastSignificantFirstPositiveFirst() {
        DifferentialPair codec = new DifferentialPair(15f, 15, 2, new ExactCell(10f, 40f, 4));
        float[][] targets = new float[4][2];
        codec.encode(new float[] {6f, -13f}, targets);
        // 6 = 2 + 1 * 4, 13 = 1 + 3 * 4; one code is 10 uS above the one before, code 0 is 10 uS.
        assertThat(targets).isDeepEqualTo(new float[][] {{30f, 10f}, {20f, 10f}, {10f, 20f}, {10f, 40f}});
        assertThat(codec.columnGain()).containsExactly(1f, 4f, -1f, -4f);
        assertThat(codec.cellValue(30f)).isEqualTo(2f);
        assertThat(codec.cellValue(25f)).isEqualTo(1.5f);
        assertThat(codec.cellValue(5f)).isEqualTo(-0.5f);
        assertThat(codec.valuePerMicrosiemens()).isEqualTo(0.1f);
        assertThat(codec.slices()).isEqualTo(2);
    }

    @Test
    void aSingleSliceSpreadsItsStepsOverTheWholeRange() {
        DifferentialPair codec = new DifferentialPair(1f, 8, 4, CELL);
        float[][] targets = new float[2][3];
        codec.encode(new float[] {1f, -0.5f, 0.125f}, targets);
        assertThat(targets).isDeepEqualTo(new float[][] {{40f, 2f, 6.75f}, {2f, 21f, 2f}});
    }

    @ParameterizedTest
    @CsvSource({"1,1", "2,1", "3,1", "3,2", "4,1", "4,2", "4,3", "4,4", "8,2", "8,3", "8,4"})
    void levelsOfTheQuantiserAreReadBackExactly(int bits, int cellBits) {
        int m = 1 << bits - 1;
        float[] weights = new float[2 * m + 1];
        for (int j = -m; j <= m; j++) {
            weights[j + m] = (float) j / m;
        }
        for (float min : new float[] {0f, 2f, 1.3f, 7.7f}) {
            for (float max : new float[] {9.1f, 40f, 123.457f}) {
                WeightCodec codec = new DifferentialPair(1f, m, cellBits, new ExactCell(min, max, 16));
                assertThat(decoded(codec, weights)).as("range %s-%s", min, max).containsExactly(weights);
            }
        }
    }

    @ParameterizedTest
    @MethodSource("io.synaptile.mapping.Cases#seeds")
    void readingBackIsQuantisationToTheNearestStep(long seed) {
        RandomGenerator random = Cases.random(seed);
        float scale = 0.01f + 3 * random.nextFloat();
        int bits = 1 + random.nextInt(10);
        int steps = (1 << bits) - 1;
        float[] weights = Cases.real(scale, 50, random);
        WeightCodec codec = new DifferentialPair(scale, steps, 1 + random.nextInt(4), CELL);
        float[] back = decoded(codec, weights);
        for (int i = 0; i < weights.length; i++) {
            double step = scale / (double) steps;
            double nearest = Math.rint(weights[i] / step) * step;
            assertThat((double) back[i]).as("seed %d", seed).isBetween(nearest - 1e-6 * scale, nearest + 1e-6 * scale);
        }
        assertThat(decoded(codec, back)).as("seed %d, twice", seed).containsExactly(back);
    }

    @Test
    void minimumConductanceCancelsInThePair() {
        DifferentialPair codec = new DifferentialPair(1f, 15, 4, CELL);
        float[] back = new float[1];
        codec.decode(new float[][] {{20f}, {2f}}, back, back);
        float[] raised = new float[1];
        codec.decode(new float[][] {{25f}, {7f}}, raised, raised);
        assertThat(raised[0]).isEqualTo(back[0], againstIdentity(1e-6f));
    }

    @Test
    void weightsAboveFullScaleSaturateAndAreCounted() {
        DifferentialPair codec = new DifferentialPair(0.5f, 7, 3, CELL);
        float[] weights = {0.5f, 0.51f, -2f, -0.5f, 0f};
        assertThat(codec.saturated(weights)).isEqualTo(2);
        assertThat(decoded(codec, weights)).containsExactly(0.5f, 0.5f, -0.5f, -0.5f, 0f);
    }

    @Test
    void codesThatTheCellCannotTellApartAreRefused() {
        assertThatThrownBy(() -> new DifferentialPair(1f, 8, 4, new ExactCell(0f, 1f, 8)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("codes 0 to 8 need a cell of at least 9 levels, cell 'exact' has 8; raise"
                        + " the bits of a cell or lower the weight bits");
        assertThatThrownBy(() -> new DifferentialPair(1f, 0, 4, CELL)).hasMessageContaining("steps");
        assertThatThrownBy(() -> new DifferentialPair(1f, 65536, 4, CELL)).hasMessageContaining("65536");
        assertThatThrownBy(() -> new DifferentialPair(1f, 8, 0, CELL))
                .hasMessage("the bits of a cell must be at least 1, got 0");
        assertThatThrownBy(() -> new DifferentialPair(0f, 8, 1, CELL)).hasMessageContaining("above 0");
    }
}
