/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.mapping.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.synaptile.devices.sram.SramShiftCell;
import io.synaptile.mapping.ExactCell;
import org.junit.jupiter.api.Test;

class CodecKindTest {
    private static final LayerWeights WEIGHTS = new LayerWeights(new float[] {0.3f, -0.6f}, 0);

    @Test
    void codecsAreFoundByTheNameTheyReport() {
        for (CodecKind kind : CodecKind.values()) {
            ExactCell analogue = new ExactCell(0f, 1f, 16);
            WeightCodec codec = kind.codec(WEIGHTS, kind.digital() ? new SramShiftCell(4, 0) : analogue, 4);
            assertThat(CodecKind.of(kind.id())).isEqualTo(kind);
            boolean hybrid = kind == CodecKind.RRAM_PLUS_SHIFTED_SRAM;
            assertThat(codec.id()).isEqualTo((hybrid ? CodecKind.DIFFERENTIAL_PAIR : kind).id());
        }
    }

    @Test
    void unknownCodecIsRefusedWithTheKnownOnes() {
        assertThatThrownBy(() -> CodecKind.of("pair"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("hardware.codec must be one of differential-pair, ternary-pair, shifted-sram,"
                        + " rram-plus-shifted-sram, got 'pair'");
    }

    @Test
    void digitalWordsNeedADigitalCell() {
        assertThatThrownBy(() -> CodecKind.SHIFTED_SRAM.codec(WEIGHTS, new ExactCell(0f, 1f, 16), 4))
                .hasMessageContaining("hardware.cell.kind sram-shift, got exact");
    }

    @Test
    void quantisedWeightsFixFullScaleAndSteps() {
        LayerWeights quantised = new LayerWeights(new float[] {0.125f, -0.25f}, 4);
        assertThat(quantised.fullScale()).isEqualTo(1f);
        assertThat(quantised.steps(7)).isEqualTo(8);
        assertThat(WEIGHTS.fullScale()).isEqualTo(0.6f);
        assertThat(WEIGHTS.steps(7)).isEqualTo(127);
        assertThat(new LayerWeights(new float[3], 0).fullScale()).isEqualTo(1f);
        assertThatThrownBy(() -> new LayerWeights(new float[1], -1)).hasMessageContaining("quantise.bits");
    }

    @Test
    void slicesAreAsWideAsTheCellAllows() {
        LayerWeights eightBits = new LayerWeights(new float[] {1f}, 8);
        // 128 steps take 8 bits of magnitude: one cell of 2 bits per slice, one of 3 (of 9 levels).
        assertThat(CodecKind.DIFFERENTIAL_PAIR
                        .codec(eightBits, new ExactCell(0f, 1f, 4), 4)
                        .columnsPerWeight())
                .isEqualTo(8);
        assertThat(CodecKind.DIFFERENTIAL_PAIR
                        .codec(eightBits, new ExactCell(0f, 1f, 9), 4)
                        .columnsPerWeight())
                .isEqualTo(6);
    }
}
