/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.devices;

import static io.synaptile.testing.Tolerance.againstDistribution;
import static org.assertj.core.api.Assertions.assertThat;

import io.synaptile.devices.CellDraws.Effect;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class CellDrawsTest {
    private static final int DRAWS = 1_000_000;

    @ParameterizedTest
    @EnumSource(Effect.class)
    void firstNumbersOfAllCellsAreStandardNormalAndUncorrelatedWithTheirNeighbours(Effect effect) {
        CellDraws draws = CellDraws.of(42, effect);
        float[] normals = new float[DRAWS];
        double neighbours = 0;
        for (int i = 0; i < DRAWS; i++) {
            normals[i] = (float) draws.at(i).nextGaussian();
            neighbours += i == 0 ? 0 : normals[i] * normals[i - 1];
        }
        Moments.of(normals).assertFits(0, 1);
        assertThat(neighbours / DRAWS).isCloseTo(0, againstDistribution(4 / Math.sqrt(DRAWS)));
    }

    @Test
    void uniformNumbersHaveTheirMoments() {
        CellDraws draws = CellDraws.of(7, Effect.DRIFT);
        float[] uniform = new float[DRAWS];
        for (int i = 0; i < DRAWS; i++) {
            uniform[i] = (float) draws.at(i).nextDouble();
        }
        Moments.of(uniform).assertFits(0.5, Math.sqrt(1 / 12d));
    }

    @Test
    void numbersOfTwoEffectsAreUncorrelated() {
        CellDraws drift = CellDraws.of(42, Effect.DRIFT);
        CellDraws relaxation = CellDraws.of(42, Effect.RELAXATION);
        double product = 0;
        for (int i = 0; i < DRAWS; i++) {
            product += drift.at(i).nextGaussian() * relaxation.at(i).nextGaussian();
        }
        assertThat(product / DRAWS).isCloseTo(0, againstDistribution(4 / Math.sqrt(DRAWS)));
    }

    @Test
    void aCellHasTheSameNumbersWhateverWasDrawnBefore() {
        CellDraws draws = CellDraws.of(1, Effect.WRITE_VERIFY);
        long first = draws.at(3).nextLong();
        long second = draws.nextLong();
        for (int i = 0; i < 10; i++) {
            draws.at(2).nextGaussian();
        }
        draws.at(3);
        assertThat(draws.nextLong()).isEqualTo(first);
        assertThat(draws.nextLong()).isEqualTo(second).isNotEqualTo(first);
        assertThat(CellDraws.of(2, Effect.WRITE_VERIFY).at(3).nextLong()).isNotEqualTo(first);
    }

    /** Words that a chip written today must have tomorrow. */
    @Test
    void wordsStayTheSame() {
        CellDraws draws = CellDraws.of(1, Effect.RANGE_SPREAD);
        assertThat(new long[] {
                    draws.at(0).nextLong(), draws.nextLong(), draws.at(1).nextLong()
                })
                .containsExactly(WORDS);
    }

    private static final long[] WORDS = {-2686954463040945602L, -907812680696223899L, 2501701743165286305L};
}
