/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.devices.sram;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class SramShiftCellTest {
    @Test
    void everyWordIsStoredExactly() {
        SramShiftCell cell = new SramShiftCell(16, 0);
        float[] words = new float[cell.levels()];
        for (int i = 0; i < words.length; i++) {
            words[i] = i;
        }
        float[] stored = new float[words.length];
        cell.program(words, stored, new SplittableRandom(1));
        assertThat(stored).containsExactly(words);
        assertThat(cell.range().maxMicrosiemens()).isEqualTo(65535f);
    }

    @Test
    void aTargetBetweenTwoWordsIsRoundedHalfToEven() {
        float[] words = {0.5f, 1.5f, 2.4f, 2.6f};
        new SramShiftCell(2, 0).program(words, words, new SplittableRandom(1));
        assertThat(words).containsExactly(0f, 2f, 2f, 3f);
    }

    @Test
    void shiftIsAnExactPowerOfTwo() {
        assertThat(new SramShiftCell(2, -1).gain()).isEqualTo(0.5f);
        assertThat(new SramShiftCell(2, 0).gain()).isEqualTo(1f);
        assertThat(new SramShiftCell(2, 2).gain()).isEqualTo(4f);
    }

    @Test
    void widthAndShiftOutOfRangeAreRefused() {
        SramShiftCellProvider provider = new SramShiftCellProvider();
        assertThatThrownBy(() -> provider.create(Map.of("bits", 17L)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("bits must be a whole number between 1 and 16, got 17");
        assertThatThrownBy(() -> provider.create(Map.of("shift", 1.5)))
                .hasMessage("shift must be a whole number between -16 and 16, got 1.5");
        assertThatThrownBy(() -> new SramShiftCell(0, 0)).hasMessage("bits must be between 1 and 16, got 0");
        assertThatThrownBy(() -> new SramShiftCell(2, 17)).hasMessage("shift must be between -16 and 16, got 17");
    }
}
