/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.training.conversion;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.synaptile.testing.Tolerance;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class OrderStatisticTest {
    private static double percentile(double percentile, boolean positiveOnly, float... values) {
        OrderStatistic statistic = new OrderStatistic(percentile, positiveOnly);
        for (int pass = 0; pass < OrderStatistic.PASSES; pass++) {
            for (float value : values) {
                statistic.add(value);
            }
            statistic.endPass();
        }
        return statistic.value();
    }

    /** Vector percentile_linear of the method's specification. */
    @ParameterizedTest
    @CsvSource({"50, 0.3", "90, 3.52", "99.7, 6.3136", "99.9, 6.3712"})
    void theVectorIsReached(double percentile, double expected) {
        float[] values = {0f, 0f, 0f, 0.1f, 0.2f, 0.4f, 0.8f, 1.6f, 3.2f, 6.4f};

        assertThat(percentile(percentile, false, values)).isCloseTo(expected, Tolerance.againstReference(1e-5));
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 10, 997, 5000})
    void itIsThePercentileOfTheSortedValues(int count) {
        Random random = new Random(count);
        float[] values = new float[count];
        for (int i = 0; i < count; i++) {
            values[i] = random.nextInt(4) == 0 ? 0f : (float) Math.exp(4 * random.nextGaussian());
        }
        for (double percentile : new double[] {0.01, 17, 50, 99.9, 100}) {
            assertThat(percentile(percentile, false, values)).isEqualTo(ofSorted(values, percentile));
            float[] positive = positive(values);
            assertThat(percentile(percentile, true, values))
                    .isEqualTo(positive.length == 0 ? 0 : ofSorted(positive, percentile));
        }
    }

    private static float[] positive(float... values) {
        float[] sorted = values.clone();
        Arrays.sort(sorted);
        int zeros = 0;
        while (zeros < sorted.length && sorted[zeros] == 0f) {
            zeros++;
        }
        return Arrays.copyOfRange(sorted, zeros, sorted.length);
    }

    private static double ofSorted(float[] values, double percentile) {
        float[] sorted = values.clone();
        Arrays.sort(sorted);
        double position = (sorted.length - 1) * (percentile / 100);
        int below = (int) position;
        double low = sorted[below];
        return low + (position - below) * (sorted[Math.min(below + 1, sorted.length - 1)] - low);
    }

    @Test
    void zerosOfEitherSignAreOneValue() {
        assertThat(percentile(50, false, -0f, 0f, 0f)).isZero();
        assertThat(percentile(50, true, -0f, 2f)).isEqualTo(2);
    }

    @Test
    void whatIsNoActivationIsRefused() {
        OrderStatistic statistic = new OrderStatistic(50, false);
        for (float value : new float[] {-1f, Float.NaN, Float.POSITIVE_INFINITY}) {
            assertThatThrownBy(() -> statistic.add(value)).isInstanceOf(IllegalArgumentException.class);
        }
        assertThatThrownBy(() -> new OrderStatistic(0, false)).hasMessageContaining("percentile must lie above 0");
    }
}
