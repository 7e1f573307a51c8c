/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.mapping;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.synaptile.mapping.codec.CodecKind;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HardwareSpecTest {
    private static HardwareSpec spec(int rows, int columns, CodecKind codec, int weightBits, int digitalBits) {
        return new HardwareSpec(
                new TileSize(rows, columns),
                new LayerCells(codec, weightBits, new ExactCell(0f, 1f, 4)),
                new Readout.Adc(6, 8, 99.9),
                true,
                new LayerPlaces(Set.of("b", "a"), digitalBits));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "0|8|4|0|the rows of a tile must be at least 1, got 0",
                "8|-1|4|0|the columns of a tile must be at least 1, got -1",
                "8|8|0|0|the bits of a weight must be 1 to 16, got 0",
                "8|8|17|0|the bits of a weight must be 1 to 16, got 17",
                "8|8|4|1|the bits of a digital weight must be 0 (float) or 2 to 32, got 1",
                "8|8|4|33|the bits of a digital weight must be 0 (float) or 2 to 32, got 33"
            })
    void impossibleValuesAreRefusedByTheirKey(int rows, int columns, int weightBits, int digitalBits, String message) {
        assertThatThrownBy(() -> spec(rows, columns, CodecKind.DIFFERENTIAL_PAIR, weightBits, digitalBits))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(message);
    }

    @Test
    void digitalWordsAreNotConverted() {
        assertThatThrownBy(() -> spec(8, 8, CodecKind.SHIFTED_SRAM, 4, 0))
                .hasMessage("the read-out must be ideal for codec shifted-sram, whose words are summed" + " digitally");
    }

    @Test
    void impossibleConvertersAreRefusedByTheirKey() {
        assertThatThrownBy(() -> new Readout.Adc(0, 8, 99))
                .hasMessage("the bits of a converter must be 1 to 16, got 0");
        assertThatThrownBy(() -> new Readout.Adc(17, 8, 99))
                .hasMessage("the bits of a converter must be 1 to 16, got 17");
        assertThatThrownBy(() -> new Readout.Adc(4, 0, 99))
                .hasMessage("the columns of a converter must be at least 1, got 0");
        assertThatThrownBy(() -> new Readout.Adc(4, 8, 0))
                .hasMessage("the percentile at which a calibrated range ends must be above 0 and at most 100, got 0.0");
        assertThatThrownBy(() -> new Readout.Adc(4, 8, Double.NaN)).hasMessageContaining("NaN");
    }

    @Test
    void digitalWeightsAreExactWithoutBitsOrAsFloat() {
        assertThat(spec(8, 8, CodecKind.DIFFERENTIAL_PAIR, 4, 0).layers().exactDigitalWeights())
                .isTrue();
        assertThat(spec(8, 8, CodecKind.DIFFERENTIAL_PAIR, 4, 32).layers().exactDigitalWeights())
                .isTrue();
        assertThat(spec(8, 8, CodecKind.DIFFERENTIAL_PAIR, 4, 31).layers().exactDigitalWeights())
                .isFalse();
    }
}
