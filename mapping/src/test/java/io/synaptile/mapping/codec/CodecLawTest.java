/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.mapping.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.synaptile.devices.CellModel;
import io.synaptile.devices.sram.SramShiftCell;
import io.synaptile.mapping.Cases;
import io.synaptile.mapping.ExactCell;
import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The law of every codec: decode of encode is quantisation, and the identity on a grid that the codec holds. */
class CodecLawTest {
    /** Every codec that takes any grid, with a few seeds each. */
    static Stream<Arguments> kindsAndSeeds() {
        return Arrays.stream(CodecKind.values())
                .filter(kind -> !kind.digital() && kind != CodecKind.TERNARY_PAIR)
                .flatMap(kind -> LongStream.range(0, 25).mapToObj(seed -> Arguments.of(kind, seed)));
    }

    private static WeightGrid grid(RandomGenerator random) {
        return switch (random.nextInt(4)) {
            case 0 -> new WeightGrid.KBit(1 + random.nextInt(6));
            case 1 -> new WeightGrid.Dorefa(1 + random.nextInt(6));
            case 2 -> new WeightGrid.Ternary();
            default -> new WeightGrid.None();
        };
    }

    /** Weights on all kinds of levels of a grid, in -a to a. */
    private static float[] levels(WeightGrid grid, RandomGenerator random) {
        int steps = grid.steps(4);
        float scale = grid.ownScale() ? 0.05f + 2 * random.nextFloat() : 1f;
        float[] weights = new float[60];
        for (int i = 0; i < weights.length; i++) {
            int j = grid.oddSteps() ? 2 * random.nextInt(steps / 2 + 1) + 1 : random.nextInt(steps + 1);
            weights[i] = (float) ((random.nextBoolean() ? 1 : -1) * (double) Math.min(j, steps) * scale / steps);
        }
        weights[0] = scale;
        return weights;
    }

    /** Rounding of sums of slices, and of the current of Gmin where it is subtracted. */
    private static float tolerance(WeightCodec codec, CellModel cell, float scale) {
        float largest = 0f;
        for (float gain : codec.columnGain()) {
            largest += Math.abs(gain * codec.cellValue(cell.range().maxMicrosiemens()));
        }
        return 4 * Math.ulp(Math.max(largest, scale));
    }

    private static float[] decoded(WeightCodec codec, float[] weights) {
        float[][] targets = new float[codec.planes()][weights.length];
        codec.encode(weights, targets);
        float[] back = new float[weights.length];
        codec.decode(targets, weights, back);
        return back;
    }

    @ParameterizedTest
    @MethodSource("kindsAndSeeds")
    void weightsOnAGridAreReadBack(CodecKind kind, long seed) {
        RandomGenerator random = Cases.random(seed);
        WeightGrid grid = grid(random);
        if (grid instanceof WeightGrid.None) {
            return;
        }
        boolean onlyMiddle = kind == CodecKind.DUMMY_COLUMN && !grid.oddSteps();
        int levels = onlyMiddle ? 2 * grid.steps(4) + 1 : 2 + random.nextInt(20);
        CellModel cell =
                new ExactCell(random.nextBoolean() ? 0f : 3 * random.nextFloat(), 10 + random.nextFloat(), levels);
        float[] weights = levels(grid, random);
        WeightCodec codec = kind.codec(new LayerWeights(weights, grid), cell, 4);
        float[] back = decoded(codec, weights);
        float tolerance = tolerance(codec, cell, weights[0]);
        for (int i = 0; i < back.length; i++) {
            assertThat(back[i])
                    .as("%s, seed %d, %s", kind, seed, grid)
                    .isBetween(weights[i] - tolerance, weights[i] + tolerance);
        }
    }

    @ParameterizedTest
    @MethodSource("kindsAndSeeds")
    void withoutCurrentAtGminTheKBitGridIsReadBackExactly(CodecKind kind, long seed) {
        RandomGenerator random = Cases.random(seed);
        int bits = 1 + random.nextInt(6);
        int levels = kind == CodecKind.DUMMY_COLUMN ? (1 << bits) + 1 : 2 + random.nextInt(20);
        float[] weights = Cases.quantised(bits, 60, random);
        WeightCodec codec =
                kind.codec(new LayerWeights(weights, bits), new ExactCell(0f, 10 + random.nextFloat(), levels), 4);
        assertThat(decoded(codec, weights)).as("%s, seed %d", kind, seed).containsExactly(weights);
    }

    @ParameterizedTest
    @MethodSource("kindsAndSeeds")
    void realWeightsGoToANearestStep(CodecKind kind, long seed) {
        RandomGenerator random = Cases.random(seed);
        int weightBits = 1 + random.nextInt(8);
        CellModel cell = new ExactCell(random.nextFloat(), 10f, 2 + random.nextInt(300));
        float[] weights = Cases.real(0.01f + random.nextFloat(), 60, random);
        LayerWeights layer = new LayerWeights(weights, 0);
        WeightCodec codec = kind.codec(layer, cell, weightBits);
        float[] back = decoded(codec, weights);
        double step = layer.fullScale() / (double) layer.steps(weightBits);
        double tolerance = tolerance(codec, cell, layer.fullScale());
        for (int i = 0; i < back.length; i++) {
            assertThat(Math.abs(back[i] - (double) weights[i]))
                    .as("%s, seed %d", kind, seed)
                    .isLessThanOrEqualTo(step / 2 + tolerance);
        }
        float[] twice = decoded(codec, back);
        for (int i = 0; i < back.length; i++) {
            assertThat((double) twice[i])
                    .as("%s, seed %d, twice", kind, seed)
                    .isBetween(back[i] - tolerance, back[i] + tolerance);
        }
    }

    @Test
    void weightsAboveFullScaleSaturate() {
        float[] weights = {3f, -3f};
        for (CodecKind kind : CodecKind.values()) {
            if (kind.digital()) {
                continue;
            }
            WeightCodec codec = kind.codec(new LayerWeights(new float[] {1f}, 3), new ExactCell(0f, 8f, 16), 4);
            assertThat(decoded(codec, weights)).as(kind.id()).containsExactly(1f, -1f);
        }
    }

    @Test
    void handWorkedOffsetColumn() {
        // M = 2, codes 0 to 4 of 5 levels over 1 to 9 uS: 2 uS a code, Gmin half a code; step 1/2.
        CellModel cell = new ExactCell(1f, 9f, 5);
        float[] weights = {-1f, -0.5f, 0f, 0.5f, 1f};
        LayerWeights layer = new LayerWeights(weights, 2);
        WeightCodec offset = CodecKind.OFFSET_COLUMN.codec(layer, cell, 4);
        float[][] targets = new float[1][5];
        offset.encode(weights, targets);
        assertThat(targets[0]).containsExactly(1f, 3f, 5f, 7f, 9f);
        assertThat(offset.cellValue(7f)).isEqualTo(1.75f);
        assertThat(offset.counted(weights).orElseThrow()).containsOnly(-1.25f);
        for (CodecKind kind : List.of(CodecKind.UNIT_COLUMN, CodecKind.DUMMY_COLUMN)) {
            WeightCodec column = kind.codec(layer, cell, 4);
            assertThat(column.columnsPerTile()).isEqualTo(1);
            float[][] planes = new float[2][5];
            column.encode(weights, planes);
            assertThat(planes[1]).containsOnly(5f);
            assertThat(column.columnGain()).containsExactly(1f, -1f);
            assertThat(column.counted(weights)).isEmpty();
        }
    }

    @Test
    void dummyColumnIsInTheMiddleOfEverySlice() {
        // 3 bits of odd levels, slices of 2 bits: codes 0 to 7, digits to 3 and to 1.
        float[] weights = {-1f, -1 / 7f, 1 / 7f, 1f};
        LayerWeights layer = new LayerWeights(weights, new WeightGrid.Dorefa(3));
        WeightCodec dummy = CodecKind.DUMMY_COLUMN.codec(layer, new ExactCell(0f, 3f, 4), 4);
        float[][] planes = new float[4][4];
        dummy.encode(weights, planes);
        assertThat(planes).isDeepEqualTo(new float[][] {
            {0f, 3f, 0f, 3f}, {0f, 0f, 1f, 1f}, {1.5f, 1.5f, 1.5f, 1.5f}, {0.5f, 0.5f, 0.5f, 0.5f}
        });
        assertThatThrownBy(() ->
                        CodecKind.DUMMY_COLUMN.codec(new LayerWeights(new float[1], 4), new ExactCell(0f, 3f, 16), 4))
                .hasMessage("codec dummy-column needs a cell of at least 17 levels for weights of 17 levels,"
                        + " cell 'exact' has 16; raise the bits of a cell, or take codec unit-column or offset-column");
    }

    @Test
    void handWorkedBinaryPlanes() {
        // M = 4 takes 3 bits; -3 is stored as 8 - 3 = 101b.
        float[] weights = {0.75f, -0.75f, 1f, -1f};
        WeightCodec binary = CodecKind.BINARY_PLANES.codec(new LayerWeights(weights, 3), new ExactCell(1f, 3f, 16), 4);
        float[][] planes = new float[3][4];
        binary.encode(weights, planes);
        assertThat(planes).isDeepEqualTo(new float[][] {{3f, 3f, 1f, 1f}, {3f, 1f, 1f, 1f}, {1f, 3f, 3f, 3f}});
        // Gmin is half a code of a quarter: 7/8 for all bits, and 2 for the mask.
        assertThat(binary.counted(weights).orElseThrow()).containsExactly(-0.875f, -2.875f, -0.875f, -2.875f);
    }

    @Test
    void twoSidedCellsMoveInOppositeDirections() {
        float[] weights = {1f, 0.5f, 0.25f, 0f, -0.25f, -1f};
        WeightCodec pair =
                CodecKind.DIFFERENTIAL_TWO_SIDED.codec(new LayerWeights(weights, 3), new ExactCell(0f, 4f, 5), 4);
        float[][] planes = new float[2][6];
        pair.encode(weights, planes);
        assertThat(planes).isDeepEqualTo(new float[][] {{4f, 3f, 3f, 2f, 2f, 0f}, {0f, 1f, 2f, 2f, 3f, 4f}});
    }

    @Test
    void aDigitHasTheSameConductanceInEverySlice() {
        float[] weights = {0.5f};
        WeightCodec sliced = CodecKind.BIT_SLICED.codec(new LayerWeights(weights, 2), new ExactCell(0f, 15f, 16), 4);
        float[][] planes = new float[2][1];
        sliced.encode(weights, planes);
        // M = 2 needs digits to 2 of 2 bits: code 1 of 3; a whole-range pair would write code 1 of 2.
        assertThat(planes[0]).containsExactly(5f);
        assertThat(sliced.id()).isEqualTo("bit-sliced");
    }

    @Test
    void digitalWordsRoundToo() {
        WeightCodec words = CodecKind.SHIFTED_SRAM.codec(new LayerWeights(new float[1], 0), new SramShiftCell(4, 0), 4);
        assertThat(decoded(words, new float[] {0.3f, -1f, 2f})).containsExactly(0.25f, -1f, 0.875f);
    }
}
