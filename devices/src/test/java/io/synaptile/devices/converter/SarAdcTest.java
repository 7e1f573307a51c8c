/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.devices.converter;

import static io.synaptile.testing.Tolerance.againstDistribution;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SarAdcTest {
    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 6, 8, 12})
    void exactCapacitorsGiveEveryCode(int bits) {
        AdcCharacteristic ideal = new SarAdc(0, 0).draw(bits, new SplittableRandom(1));
        ideal.requireFit(bits);
        assertThat(ideal.codes()).containsExactly(IntStream.range(0, 1 << bits).toArray());
        assertThat(ideal.gain()).isEqualTo(1);
        assertThat(ideal.offset()).isZero();
    }

    @Test
    void mismatchBendsTheCurveMostWhereTheLargestCapacitorTakesOver() {
        int bits = 8;
        double[] squares = new double[1 << bits];
        int converters = 400;
        SplittableRandom random = new SplittableRandom(7);
        for (int n = 0; n < converters; n++) {
            AdcCharacteristic one = new SarAdc(0.5, 0).draw(bits, random);
            one.requireFit(bits);
            for (int i = 0; i < squares.length; i++) {
                squares[i] += Math.pow(one.codes()[i] - i, 2) / converters;
            }
        }
        // Capacitors of 2^7 parts have an error of 0.5 sqrt(128) = 5.7 parts; at the ends of the range all or none are
        // set.
        assertThat(Math.sqrt(squares[128])).isBetween(2.0, 6.0);
        assertThat(squares[0]).isLessThan(squares[128] / 4);
        assertThat(squares[255]).isLessThan(squares[128] / 4);
    }

    @Test
    void theComparatorShiftsAllCodesAlike() {
        SplittableRandom random = new SplittableRandom(3);
        double[] offsets = new double[20_000];
        Arrays.setAll(offsets, _ -> new SarAdc(0, 0.01).draw(6, random).offset());
        double mean = Arrays.stream(offsets).average().orElseThrow();
        double sd = Math.sqrt(Arrays.stream(offsets).map(x -> x * x).average().orElseThrow());
        assertThat(mean).isCloseTo(0, againstDistribution(4 * 0.64 / Math.sqrt(offsets.length)));
        assertThat(sd).isCloseTo(0.64, againstDistribution(0.02 * 0.64));
    }

    @Test
    void whatIsNoConverterIsRefused() {
        assertThatThrownBy(() -> new SarAdcProvider().create(Map.of("capacitor_sd", 2.0)))
                .hasMessage("capacitor_sd must be between 0 and 1, got 2.0");
        assertThatThrownBy(() -> new AdcCharacteristic(Double.NaN, 0, new int[0]).requireFit(4))
                .hasMessage("a converter has gain NaN and offset 0.0");
        assertThatThrownBy(() -> new AdcCharacteristic(1, 0, new int[3]).requireFit(2))
                .hasMessage("a converter of 2 bits has 3 codes, not 4");
        assertThatThrownBy(() -> new AdcCharacteristic(1, 0, new int[] {0, 1, 2, 4}).requireFit(2))
                .hasMessage("a converter of 2 bits has the code 4");
    }
}
