/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.devices.ideal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.synaptile.devices.Age;
import io.synaptile.devices.CellModel;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class IdealCellTest {
    @Test
    void everyTargetIsReachedAndReadExactlyWithoutDrawing() {
        CellModel cell = new IdealCellProvider().create(Map.of("range_uS", List.of(0L, 30L), "bits", 2L));
        float[] targets = {0f, 10f, 20f, 30f};
        float[] actual = new float[4];
        SplittableRandom random = new SplittableRandom(5);
        cell.program(targets, actual, random);
        assertThat(actual).containsExactly(targets);
        assertThat(cell.levels()).isEqualTo(4);
        float[] mean = new float[4];
        float[] sigma = {1f, 1f, 1f, 1f};
        cell.readMoments(actual, actual, mean, sigma, Age.NONE, random);
        assertThat(mean).containsExactly(targets);
        assertThat(sigma).containsOnly(0f);
        assertThat(random.nextLong()).isEqualTo(new SplittableRandom(5).nextLong());
    }

    @Test
    void badRangeIsRefusedByItsKey() {
        IdealCellProvider provider = new IdealCellProvider();
        assertThatThrownBy(() -> provider.create(Map.of("range_uS", List.of(40L, 2L))))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("range_uS must be [min, max] with 0 <= min < max, got [40, 2]");
        assertThatThrownBy(() -> provider.create(Map.of("range_uS", 40L)))
                .hasMessage("range_uS must be two numbers [min, max] in uS, got 40");
        assertThatThrownBy(() -> provider.create(Map.of("range_uS", List.of(2L, "x"))))
                .hasMessage("range_uS must be two numbers [min, max] in uS, got [2, x]");
    }
}
