/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.mapping.codec;

import static io.synaptile.testing.Tolerance.againstClosedForm;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.synaptile.devices.sram.SramShiftCell;
import io.synaptile.mapping.ExactCell;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

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
                .hasMessage("codec must be one of differential-pair, differential-two-sided,"
                        + " bit-sliced, offset-column, unit-column, dummy-column, binary-planes, ternary-pair,"
                        + " shifted-sram, rram-plus-shifted-sram, got 'pair'");
    }

    @Test
    void digitalWordsNeedADigitalCell() {
        assertThatThrownBy(() -> CodecKind.SHIFTED_SRAM.codec(WEIGHTS, new ExactCell(0f, 1f, 16), 4))
                .hasMessageContaining("cell sram-shift, got exact");
    }

    @Test
    void quantisedWeightsFixFullScaleAndSteps() {
        LayerWeights quantised = new LayerWeights(new float[] {0.125f, -0.25f}, 4);
        assertThat(quantised.fullScale()).isEqualTo(1f);
        assertThat(quantised.steps(7)).isEqualTo(8);
        assertThat(WEIGHTS.fullScale()).isEqualTo(0.6f);
        assertThat(WEIGHTS.steps(7)).isEqualTo(127);
        assertThat(new LayerWeights(new float[3], 0).fullScale()).isEqualTo(1f);
        assertThatThrownBy(() -> new LayerWeights(new float[1], -1))
                .hasMessageContaining("the bits of a quantised weight");
    }

    @Test
    void gridsOfOtherQuantisersFixTheirOwnScaleAndSteps() {
        LayerWeights dorefa = new LayerWeights(new float[] {1 / 7f, -3 / 7f}, new WeightGrid.Dorefa(3));
        assertThat(dorefa.fullScale()).isEqualTo(1f);
        assertThat(dorefa.steps(4)).isEqualTo(7);
        assertThat(dorefa.quantiserBits()).isEqualTo(3);
        LayerWeights signs = new LayerWeights(new float[] {0.3f, -0.3f}, new WeightGrid.Dorefa(1));
        assertThat(signs.fullScale()).isEqualTo(0.3f);
        assertThat(signs.steps(4)).isEqualTo(1);
        LayerWeights ternary = new LayerWeights(new float[] {0.2f, 0f, -0.2f}, new WeightGrid.Ternary());
        assertThat(ternary.fullScale()).isEqualTo(0.2f);
        assertThat(ternary.steps(4)).isEqualTo(1);
        assertThat(ternary.quantised()).isTrue();
        assertThatThrownBy(() -> new WeightGrid.Dorefa(17))
                .hasMessage("the bits of a quantised weight must be 1 to 16, got 17");
    }

    /** Every level of every quantiser, on slices of one to four bits; exact where one slice holds the level. */
    @ParameterizedTest
    @CsvSource({"1,1", "2,1", "2,2", "3,2", "3,3", "4,1", "4,2", "4,4", "8,2", "8,4"})
    void dorefaLevelsAreReadBack(int bits, int cellBits) {
        int n = (1 << bits) - 1;
        float scale = bits == 1 ? 0.37f : 1f;
        float[] levels = new float[n + 1];
        for (int j = 0; j <= n; j++) {
            levels[j] = (float) (scale * (2.0 * j - n) / n);
        }
        LayerWeights weights = new LayerWeights(levels, new WeightGrid.Dorefa(bits));
        ExactCell cell = new ExactCell(1.3f, 123.457f, 1 << cellBits);
        float[] back = decoded(CodecKind.DIFFERENTIAL_PAIR.codec(weights, cell, 4), levels);
        if (bits <= cellBits) {
            assertThat(back).containsExactly(levels);
        } else {
            // One rounding per slice.
            assertThat(back).containsExactly(levels, againstClosedForm(3e-7f));
        }
    }

    @Test
    void ternaryLevelsAreReadBackExactlyByBothPairs() {
        float[] levels = {0.37f, 0f, -0.37f, 0f};
        LayerWeights weights = new LayerWeights(levels, new WeightGrid.Ternary());
        for (CodecKind kind : List.of(CodecKind.TERNARY_PAIR, CodecKind.DIFFERENTIAL_PAIR)) {
            WeightCodec codec = kind.codec(weights, new ExactCell(2f, 40f, 2), 4);
            assertThat(codec.columnsPerWeight()).isEqualTo(2);
            assertThat(decoded(codec, levels)).as(kind.id()).containsExactly(levels);
        }
    }

    private static float[] decoded(WeightCodec codec, float[] weights) {
        float[][] targets = new float[codec.columnsPerWeight()][weights.length];
        codec.encode(weights, targets);
        float[] back = new float[weights.length];
        codec.decode(targets, weights, back);
        return back;
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
