/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.devices.cost;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class LatencyModelTest {
    @ParameterizedTest
    @CsvSource({"1, 14", "8, 28", "64, 140"})
    void referenceReadTimeGrowsWithTheColumnsPerConverter(int columns, double nanoseconds) {
        assertThat(ReadTiming.referenceEvent(columns).arrayReadNanoseconds()).isEqualTo(nanoseconds);
    }

    @ParameterizedTest
    @CsvSource({"8, 100", "128, 100", "256, 200"})
    void isaacReadTakesAHundredNanosecondsUntilItsConverterIsSlower(int columns, double nanoseconds) {
        assertThat(ReadTiming.isaac32(columns).arrayReadNanoseconds()).isEqualTo(nanoseconds);
    }

    @ParameterizedTest
    @MethodSource("io.synaptile.devices.cost.EnergyTable#profiles")
    void everyEnergyProfileHasATiming(String profile) {
        assertThat(ReadTiming.profile(profile, 8).source()).isNotBlank();
        assertThat(ReadTiming.profile(profile, 8).columnsPerAdc()).isEqualTo(8);
    }

    @Test
    void positionsTakeTurnsAtTheCopiesOfALayer() {
        ReadTiming timing = ReadTiming.isaac32(128);
        assertThat(LatencyModel.layerStepNanoseconds(0, 1, 5, timing)).isZero();
        assertThat(LatencyModel.layerStepNanoseconds(10, 1, 5, timing)).isEqualTo(1005);
        assertThat(LatencyModel.layerStepNanoseconds(10, 4, 0, timing)).isEqualTo(300);
    }

    @Test
    void sequentialLatencyAddsLayersAndSteps() {
        assertThat(LatencyModel.sequentialNanoseconds(new double[][] {{1, 2}, {0, 4}, {8, 16}}))
                .isEqualTo(31);
    }

    @Test
    void impossibleTimesAreRefused() {
        assertThatThrownBy(() -> ReadTiming.isaac32(0)).hasMessage("columns_per_adc must be at least 1, got 0");
        assertThatThrownBy(() -> new ReadTiming(-1, 0, 0, 0, 1, false, "none"))
                .hasMessage("wordline time must be at least 0 ns, got -1.0");
        assertThatThrownBy(() -> LatencyModel.layerStepNanoseconds(1, 0, 0, ReadTiming.isaac32(8)))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> ReadTiming.profile("isaac", 8))
                .hasMessage("unknown timing profile 'isaac'; known: isaac32, reference-event");
    }
}
