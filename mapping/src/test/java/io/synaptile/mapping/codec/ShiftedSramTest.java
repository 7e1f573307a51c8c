/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.mapping.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.synaptile.devices.CellModel;
import io.synaptile.devices.sram.SramShiftCell;
import io.synaptile.mapping.Cases;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ShiftedSramTest {
    private static float[] stored(CellModel cell, WeightCodec codec, float[] weights) {
        float[] back = new float[weights.length];
        new WeightVariation(codec, cell, weights.length).draw(weights, back, Cases.random(1));
        return back;
    }

    @Test
    void wordsReachFromMinusOneToOneStepBelowOne() {
        SramShiftCell cell = new SramShiftCell(3, 0);
        ShiftedSram codec = new ShiftedSram(3, 0, cell);
        float[] weights = {-2f, -1f, -0.3f, 0f, 0.25f, 0.4f, 1f};
        assertThat(stored(cell, codec, weights)).containsExactly(-1f, -1f, -0.25f, 0f, 0.25f, 0.5f, 0.75f);
    }

    @ParameterizedTest
    @CsvSource({"1,0", "2,-1", "4,2", "8,-3"})
    void oneBitMoreThanTheQuantiserHoldsItsLevelsShifted(int bits, int shift) {
        SramShiftCell cell = new SramShiftCell(bits + 2, shift);
        float[] weights = Cases.quantised(bits, 100, Cases.random(2));
        for (int i = 0; i < weights.length; i++) {
            weights[i] *= 0.5f * cell.shiftedWord().orElseThrow().gain();
        }
        WeightCodec codec = new ShiftedSram(bits + 2, shift, cell);
        assertThat(stored(cell, codec, weights)).containsExactly(weights);
        assertThat(codec.columnGain())
                .containsExactly(cell.shiftedWord().orElseThrow().gain());
    }

    @Test
    void impossibleWordsAreRefused() {
        assertThatThrownBy(() -> new ShiftedSram(1, 0, new SramShiftCell(1, 0))).hasMessageContaining("2 to 16, got 1");
        assertThatThrownBy(() -> new ShiftedSram(4, 17, new SramShiftCell(4, 0)))
                .hasMessageContaining("got 17");
        assertThatThrownBy(() -> new ShiftedSram(4, 0, new SramShiftCell(3, 0))).hasMessageContaining("16 levels");
    }
}
