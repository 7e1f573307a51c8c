/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.training;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EpochOrderTest {
    @Test
    void shuffledIsAPermutationOfItsSeedAndEpoch() {
        int[] order = EpochOrder.shuffled(1000, 4, 2);
        assertThat(order).containsExactly(EpochOrder.shuffled(1000, 4, 2));
        assertThat(order).isNotEqualTo(EpochOrder.shuffled(1000, 4, 3));
        assertThat(order).isNotEqualTo(EpochOrder.shuffled(1000, 5, 2));
        assertThat(Arrays.stream(order).sorted())
                .containsExactlyElementsOf(IntStream.range(0, 1000).boxed().toList());
    }

    /** 6,000 shuffles of three: each of six orders within five standard deviations (29) of 1,000. */
    @Test
    void allOrdersAreEquallyLikely() {
        int[] counts = new int[27];
        for (int epoch = 0; epoch < 6000; epoch++) {
            int[] order = EpochOrder.shuffled(3, 1, epoch);
            counts[order[0] * 9 + order[1] * 3 + order[2]]++;
        }
        assertThat(Arrays.stream(counts).filter(count -> count > 0)).hasSize(6).allMatch(c -> Math.abs(c - 1000) < 145);
    }

    @ParameterizedTest
    @CsvSource({"1, 1", "100, 32", "3059, 64", "65, 64", "64, 64", "7, 100"})
    void batchesCoverEverythingAndDifferByAtMostOne(int size, int batch) {
        int batches = EpochOrder.batches(size, batch);
        assertThat(EpochOrder.start(0, batches, size)).isZero();
        assertThat(EpochOrder.start(batches, batches, size)).isEqualTo(size);
        int[] sizes = IntStream.range(0, batches)
                .map(b -> EpochOrder.start(b + 1, batches, size) - EpochOrder.start(b, batches, size))
                .toArray();
        assertThat(Arrays.stream(sizes).max().orElseThrow()).isLessThanOrEqualTo(batch);
        assertThat(Arrays.stream(sizes).min().orElseThrow())
                .isGreaterThanOrEqualTo(Arrays.stream(sizes).max().orElseThrow() - 1);
    }
}
