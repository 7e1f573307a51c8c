/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.devices.sram;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.synaptile.devices.ShiftedWord;
import java.util.Arrays;
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
        assertThat(new ShiftedWord(2, -1).gain()).isEqualTo(0.5f);
        assertThat(new ShiftedWord(2, 0).gain()).isEqualTo(1f);
        assertThat(new ShiftedWord(2, 2).gain()).isEqualTo(4f);
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

    @Test
    void bitsFlipIndependentlyWithTheirProbability() {
        int words = 250_000;
        float[] stored = new float[words];
        Arrays.fill(stored, 5f);
        float[] flipped = new float[words];
        new SramShiftCell(4, 0, 0.01).program(stored, flipped, new SplittableRandom(5));
        float[] more = new float[words];
        new SramShiftCell(4, 0, 0.02).program(stored, more, new SplittableRandom(5));
        int[] flips = new int[4];
        for (int i = 0; i < words; i++) {
            int changed = (int) flipped[i] ^ 5;
            for (int bit = 0; bit < 4; bit++) {
                flips[bit] += changed >> bit & 1;
            }
            // Bits that flip at a small probability flip at a larger one.
            assertThat(changed & ~((int) more[i] ^ 5)).isZero();
        }
        double error = Math.sqrt(0.01 * 0.99 / words);
        for (int count : flips) {
            assertThat(count / (double) words).isBetween(0.01 - 4 * error, 0.01 + 4 * error);
        }
        assertThatThrownBy(() -> new SramShiftCell(4, 0, 1.5))
                .hasMessage("flip_probability must be between 0 and 1, got 1.5");
    }
}
