/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.devices;

import static io.synaptile.testing.Tolerance.againstClosedForm;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.SplittableRandom;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LevelListTest {
    private static final LevelList LEVELS = new LevelList(List.of(2f, 5f, 11f, 40f));

    @Test
    void theNearestLevelIsTaken() {
        assertThat(LEVELS.nearest(2.1f)).isEqualTo(2f);
        assertThat(LEVELS.nearest(3.5f)).isEqualTo(2f);
        assertThat(LEVELS.nearest(3.6f)).isEqualTo(5f);
        assertThat(LEVELS.nearest(11f)).isEqualTo(11f);
        assertThat(LEVELS.nearest(30f)).isEqualTo(40f);
        assertThat(LEVELS.nearest(0f)).isEqualTo(2f);
        assertThat(LEVELS.nearest(99f)).isEqualTo(40f);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void noLevelIsNearer(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        TreeSet<Float> drawn = new TreeSet<>();
        for (int i = 0; i < 2 + seed * 3; i++) {
            drawn.add((float) random.nextDouble(0, 50));
        }
        LevelList levels = new LevelList(List.copyOf(drawn));
        for (int i = 0; i < 200; i++) {
            float wanted = (float) random.nextDouble(-5, 55);
            float nearest = levels.nearest(wanted);
            assertThat(drawn)
                    .contains(nearest)
                    .allSatisfy(level ->
                            assertThat(Math.abs(level - wanted)).isGreaterThanOrEqualTo(Math.abs(nearest - wanted)));
        }
    }

    @Test
    void aPlaceBetweenLevelsIsAPartOfTheirDistance() {
        assertThat(LEVELS.position(2)).isZero();
        assertThat(LEVELS.position(8)).isCloseTo(1.5, againstClosedForm(1e-12));
        assertThat(LEVELS.position(40)).isEqualTo(3);
        assertThat(LEVELS.position(1)).isZero();
        assertThat(LEVELS.position(50)).isEqualTo(3);
    }

    @Test
    void equalStepsSpanTheRange() {
        LevelList steps = LevelList.equalSteps(new ConductanceRange(2, 40), 3);
        assertThat(steps.microsiemens()).containsExactly(2f, 21f, 40f);
        assertThat(steps.range()).isEqualTo(new ConductanceRange(2, 40));
    }

    @Test
    void levelsMustRise() {
        for (List<Float> wrong : List.of(
                List.of(3f, 2f),
                List.of(2f, 2f),
                List.of(-1f, 2f),
                List.of(1f, Float.NaN),
                List.of(1f, Float.POSITIVE_INFINITY))) {
            assertThatThrownBy(() -> new LevelList(wrong))
                    .hasMessage("levels_uS must rise from 0 or more, got " + wrong);
        }
        assertThatThrownBy(() -> new LevelList(List.of(1f))).hasMessageStartingWith("levels_uS must have at least 2");
    }
}
