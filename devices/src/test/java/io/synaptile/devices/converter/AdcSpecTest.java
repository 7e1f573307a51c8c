/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.devices.converter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AdcSpecTest {
    @Test
    void twoBitConverterByHand() {
        AdcSpec adc = new AdcSpec(2, 1f, 7f);
        assertThat(adc.step()).isEqualTo(2f);
        assertThat(adc.codes()).isEqualTo(4);
        // Halfway inputs 2, 4, 6 go to the even code: 0, 2, 2.
        assertThat(adc.quantise(2f)).isEqualTo(1f);
        assertThat(adc.quantise(4f)).isEqualTo(5f);
        assertThat(adc.quantise(6f)).isEqualTo(5f);
        assertThat(adc.quantise(2.5f)).isEqualTo(3f);
        assertThat(adc.quantise(-10f)).isEqualTo(1f);
        assertThat(adc.quantise(10f)).isEqualTo(7f);
        assertThat(adc.code(7f)).isEqualTo(3);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 4, 8, 12, 16})
    void insideTheRangeTheErrorIsAtMostHalfAStepAndConversionIsIdempotent(int bits) {
        AdcSpec adc = new AdcSpec(bits, 0f, 100f);
        SplittableRandom random = new SplittableRandom(bits);
        for (int i = 0; i < 1000; i++) {
            float input = random.nextFloat(0f, 100f);
            float output = adc.quantise(input);
            assertThat(Math.abs(output - input)).isLessThanOrEqualTo(0.5f * adc.step() + 1e-4f);
            assertThat(adc.quantise(output)).isEqualTo(output);
        }
    }

    @ParameterizedTest
    @CsvSource({"128, 2, 9", "128, 1, 8", "1, 1, 1", "127, 1, 7", "64, 1, 7", "255, 1, 8", "128, 4, 11", "1, 8, 8"})
    void exactSumsNeedTheseBits(int rows, int cellBits, int bits) {
        assertThat(AdcSpec.bitsForExactSum(rows, cellBits)).isEqualTo(bits);
        assertThat((int) Math.ceil(Math.log(rows * ((1 << cellBits) - 1) + 1) / Math.log(2) - 1e-12))
                .isEqualTo(bits);
    }

    @Test
    void badSpecificationsAreRefused() {
        assertThatThrownBy(() -> new AdcSpec(0, 0f, 1f)).hasMessage("ADC bits must be between 1 and 16, got 0");
        assertThatThrownBy(() -> new AdcSpec(17, 0f, 1f)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new AdcSpec(4, 1f, 1f))
                .hasMessage("ADC range must be finite with low < high, got 1.0 to 1.0");
        assertThatThrownBy(() -> new AdcSpec(4, 0f, Float.POSITIVE_INFINITY))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new AdcSpec(8, 0f, Float.MIN_VALUE)).hasMessageContaining("too narrow for 8 bits");
        assertThatThrownBy(() -> AdcSpec.bitsForExactSum(0, 1)).isInstanceOf(IllegalArgumentException.class);
    }
}
