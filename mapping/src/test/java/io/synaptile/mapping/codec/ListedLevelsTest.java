/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.mapping.codec;

import static io.synaptile.testing.Tolerance.againstClosedForm;
import static org.assertj.core.api.Assertions.assertThat;

import io.synaptile.devices.CellModel;
import io.synaptile.devices.CellModels;
import io.synaptile.mapping.Cases;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Codecs on a cell whose levels are listed. */
class ListedLevelsTest {
    private static CellModel cell(List<?> levels) {
        return CellModels.load().create("rram", Map.of("programming.kind", "none", "levels_uS", levels));
    }

    private static float[][] targets(CodecKind kind, CellModel cell, float[] weights, int bits) {
        WeightCodec codec = kind.codec(new LayerWeights(weights, bits), cell, 4);
        float[][] targets = new float[codec.planes()][weights.length];
        codec.encode(weights, targets);
        return targets;
    }

    @ParameterizedTest
    @EnumSource(
            value = CodecKind.class,
            names = {"SHIFTED_SRAM"},
            mode = EnumSource.Mode.EXCLUDE)
    void onlyLevelsAreWrittenAndTheNearest(CodecKind kind) {
        List<Double> levels = List.of(1.0, 1.5, 4.0, 5.0, 9.5, 14.0, 15.0, 21.0, 28.0);
        CellModel listed = cell(levels);
        CellModel even = CellModels.load()
                .create("rram", Map.of("programming.kind", "none", "range_uS", List.of(1.0, 28.0), "bits", 8L));
        float[] weights = Cases.quantised(3, 60, Cases.random(3));
        float[][] written = targets(kind, listed, weights, 3);
        assertThat(written).isNotEmpty();
        for (float[] plane : written) {
            for (float value : plane) {
                assertThat(levels).contains((double) value);
            }
        }
        if (kind == CodecKind.DIFFERENTIAL_PAIR) {
            float[][] wanted = targets(kind, even, weights, 3);
            for (int p = 0; p < written.length; p++) {
                for (int i = 0; i < weights.length; i++) {
                    assertThat(written[p][i])
                            .isEqualTo(listed.levelList().orElseThrow().nearest(wanted[p][i]));
                }
            }
        }
    }

    @Test
    void equalStepsInAListAreEqualSteps() {
        List<Double> steps = new ArrayList<>();
        for (int i = 0; i < 16; i++) {
            steps.add(2 + 38 * i / 15.0);
        }
        CellModel even = CellModels.load().create("rram", Map.of("programming.kind", "none"));
        float[] weights = Cases.real(1f, 60, Cases.random(5));
        for (CodecKind kind : List.of(CodecKind.DIFFERENTIAL_PAIR, CodecKind.OFFSET_COLUMN, CodecKind.BIT_SLICED)) {
            assertThat(targets(kind, cell(steps), weights, 0)).isDeepEqualTo(targets(kind, even, weights, 0));
        }
    }

    /** What a level is off its place comes back as an error of the weight. */
    @Test
    void theDistanceToALevelIsAnErrorOfTheWeight() {
        float[] weights = {0f, 0.5f, -0.5f, 1f};
        LayerWeights layer = new LayerWeights(weights, new WeightGrid.KBit(2));
        WeightCodec codec = CodecKind.DIFFERENTIAL_PAIR.codec(layer, cell(List.of(0L, 9L, 23L, 40L)), 4);
        float[][] targets = new float[codec.planes()][weights.length];
        float[] back = new float[weights.length];
        codec.encode(weights, targets);
        codec.decode(targets, weights, back);
        assertThat(back).containsExactly(new float[] {0f, 0.575f, -0.575f, 1f}, againstClosedForm(1e-6f));
    }
}
