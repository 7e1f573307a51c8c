/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.mapping.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.synaptile.devices.CellModel;
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
import org.junit.jupiter.params.provider.ValueSource;

/** Pairs with significance: the law of every codec, and how they are filled. */
class NPairsTest {
    private static final List<List<Integer>> FACTORS = List.of(
            List.of(1),
            List.of(1, 1),
            List.of(1, 2),
            List.of(1, 4),
            List.of(1, 4, 16),
            List.of(1, 1, 8),
            List.of(1, 2, 2));

    static Stream<Arguments> factorsAndSeeds() {
        return FACTORS.stream()
                .flatMap(factors -> LongStream.range(0, 15).mapToObj(seed -> Arguments.of(factors, seed)));
    }

    private static WeightCodec codec(List<Integer> factors, LayerWeights weights, CellModel cell) {
        return new NPairs(factors).codec(weights, cell, 4);
    }

    private static float[][] encoded(WeightCodec codec, float[] weights) {
        float[][] targets = new float[codec.planes()][weights.length];
        codec.encode(weights, targets);
        return targets;
    }

    @ParameterizedTest
    @MethodSource("factorsAndSeeds")
    void weightsOnAGridAreReadBack(List<Integer> factors, long seed) {
        RandomGenerator random = Cases.random(seed);
        int bits = 1 + random.nextInt(4);
        CellModel cell = new ExactCell(3 * random.nextFloat(), 10 + random.nextFloat(), 9 + random.nextInt(40));
        float[] weights = Cases.quantised(bits, 60, random);
        WeightCodec codec = codec(factors, new LayerWeights(weights, bits), cell);
        assertThat(codec.columnsPerWeight()).isEqualTo(2 * factors.size());
        float[] back = new float[weights.length];
        codec.decode(encoded(codec, weights), weights, back);
        for (int i = 0; i < back.length; i++) {
            assertThat(back[i]).as("%s, seed %d", factors, seed).isBetween(weights[i] - 1e-6f, weights[i] + 1e-6f);
        }
    }

    @ParameterizedTest
    @MethodSource("factorsAndSeeds")
    void realWeightsGoToANearestStepAndStayThere(List<Integer> factors, long seed) {
        RandomGenerator random = Cases.random(seed);
        CellModel cell = new ExactCell(random.nextFloat(), 10f, 16 + random.nextInt(100));
        float[] weights = Cases.real(0.01f + random.nextFloat(), 60, random);
        LayerWeights layer = new LayerWeights(weights, 0);
        WeightCodec codec = codec(factors, layer, cell);
        float[] back = new float[weights.length];
        codec.decode(encoded(codec, weights), weights, back);
        double step = layer.fullScale() / 15.0;
        for (int i = 0; i < back.length; i++) {
            assertThat(Math.abs(back[i] - (double) weights[i])).isLessThanOrEqualTo(step / 2 + 1e-6);
        }
        float[] twice = new float[back.length];
        codec.decode(encoded(codec, back), back, twice);
        assertThat(twice).containsExactly(back);
    }

    /** Of all ways to write a number, the one with most in the first pair, then in the second, and so on. */
    @ParameterizedTest
    @MethodSource("factorsAndSeeds")
    void theLeastSignificantPairIsFilledFirst(List<Integer> factors, long seed) {
        RandomGenerator random = Cases.random(seed);
        CellModel cell = new ExactCell(0f, 1f, 9 + random.nextInt(12));
        float[] weights = Cases.quantised(4, 20, random);
        SignificantPairs codec = (SignificantPairs) codec(factors, new LayerWeights(weights, 4), cell);
        float[][] targets = encoded(codec, weights);
        for (int i = 0; i < weights.length; i++) {
            int carrying = weights[i] < 0 ? factors.size() : 0;
            int[] written = new int[factors.size()];
            int number = 0;
            for (int k = 0; k < written.length; k++) {
                written[k] = Math.round(targets[carrying + k][i] * codec.codes());
                number += factors.get(k) * written[k];
                assertThat(targets[factors.size() - carrying + k][i]).isZero();
            }
            assertThat(written).containsExactly(fullestFirst(factors, 0, number, codec.codes()));
        }
    }

    /** Codes of pairs from {@code pair} on that add up to a number, by trying; null if there are none. */
    private static int[] fullestFirst(List<Integer> factors, int pair, int number, int codes) {
        if (pair == factors.size()) {
            return number == 0 ? new int[factors.size()] : null;
        }
        for (int own = Math.min(codes, number / factors.get(pair)); own >= 0; own--) {
            int[] rest = fullestFirst(factors, pair + 1, number - own * factors.get(pair), codes);
            if (rest != null) {
                rest[pair] = own;
                return rest;
            }
        }
        return null;
    }

    @Test
    void fullScaleIsAllPairsAtGmax() {
        for (List<Integer> factors : FACTORS) {
            float[] weights = {1f, -1f};
            WeightCodec codec = codec(factors, new LayerWeights(weights, 4), new ExactCell(2f, 40f, 17));
            float[][] targets = encoded(codec, weights);
            for (int k = 0; k < factors.size(); k++) {
                assertThat(targets[k]).containsExactly(40f, 2f);
                assertThat(targets[factors.size() + k]).containsExactly(2f, 40f);
                assertThat(codec.columnGain()[k]).isEqualTo(factors.get(k).floatValue());
            }
        }
    }

    /** Codes 0 to 3 of a pair (1, 4): 5 is 1 + 1 4, where 3 + 2 would fill the first pair more and fit no second. */
    @Test
    void whatIsLeftIsWholeInTheNextPair() {
        WeightCodec codec = codec(List.of(1, 4), new LayerWeights(new float[] {15f}, 0), new ExactCell(0f, 3f, 4));
        float[] weights = new float[16];
        for (int j = 0; j < 16; j++) {
            weights[j] = j;
        }
        float[][] targets = encoded(codec, weights);
        for (int j = 0; j < 16; j++) {
            assertThat(targets[0][j]).isEqualTo(j % 4);
            assertThat(targets[1][j]).isEqualTo(j / 4);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "2", "1,3", "4,1", "1,4,2", "0", "-1", "1,8192", "1,1,1,1,1,1,1,1,1"})
    void otherFactorsAreRefused(String list) {
        List<Integer> factors = list.isEmpty()
                ? List.of()
                : Arrays.stream(list.split(",")).map(Integer::valueOf).toList();
        assertThatThrownBy(() -> new NPairs(factors))
                .hasMessageStartingWith("the factors of the pairs must be 1 to 8 powers of two")
                .hasMessageEndingWith("got " + factors);
    }

    @Test
    void tooFewLevelsAreRefused() {
        LayerWeights weights = new LayerWeights(new float[] {1f}, 8);
        assertThatThrownBy(() -> codec(List.of(1, 4), weights, new ExactCell(0f, 1f, 16)))
                .hasMessage("codec n-pairs with factors [1, 4] cannot hold the 128 steps of a weight in cells"
                        + " of 16 levels; raise the bits of a cell, add pairs, or lower the weight bits");
        assertThatThrownBy(() -> codec(List.of(1, 8), new LayerWeights(new float[] {1f}, 1), new ExactCell(0f, 1f, 4)))
                .hasMessageContaining("cannot hold the 1 steps");
    }
}
