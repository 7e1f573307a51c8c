/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.reports.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.SplittableRandom;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class NumbersTest {
    static LongStream seeds() {
        return LongStream.range(0, 100);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void exactNumbersReadBackAsTheSameDouble(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        for (int i = 0; i < 100; i++) {
            double value = Double.longBitsToDouble(random.nextLong());
            if (Double.isFinite(value)) {
                assertThat(Double.parseDouble(Numbers.exact(value))).isEqualTo(value);
            }
            double ordinary = random.nextDouble(1, 10) * Math.pow(10, random.nextInt(-8, 14));
            assertThat(Double.parseDouble(Numbers.exact(ordinary))).isEqualTo(ordinary);
            assertThat(Numbers.exact(ordinary)).doesNotContain("E");
        }
    }

    @Test
    void valuesThatAreNoNumbersAreEmptyOrRefused() {
        assertThat(Numbers.exact(Double.NaN)).isEmpty();
        assertThat(Numbers.exact(-0.0)).isEqualTo("0");
        assertThatThrownBy(() -> Numbers.exact(Double.NEGATIVE_INFINITY)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void whatIsWrittenIsReadBack() {
        for (double value : new double[] {0, -1.5, 97.273, 1e-300, 3.2e15, Double.MIN_VALUE}) {
            assertThat(Numbers.parse(Numbers.exact(value))).isEqualTo(value);
        }
        assertThat(Numbers.parse("")).isNaN();
    }

    @ParameterizedTest
    @ValueSource(strings = {"NaN", "Infinity", "0x1p3", "1d", " 1", "1,5", ".5", "1e5", "1E400", "1E101", "\u0663"})
    void whatIsNeverWrittenIsRefused(String text) {
        assertThatThrownBy(() -> Numbers.parse(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(text);
    }

    @ParameterizedTest
    @CsvSource({
        "0,0",
        "0.123456,0.1235",
        "97.273,97.27",
        "1234.5,1\u202f234",
        "63542125,63\u202f542\u202f125",
        "0.00001,1.000e-05",
        "NaN,-"
    })
    void readableNumbersHaveFourDigitsAndGroups(double value, String text) {
        assertThat(Numbers.readable(value)).isEqualTo(text);
    }
}
