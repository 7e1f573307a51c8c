/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.devices.cost;

import static io.synaptile.testing.Tolerance.againstClosedForm;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
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
        ReadTiming timing = ReadTiming.profile(profile, 8, 6);
        assertThat(timing.source()).isNotBlank();
        assertThat(timing.columnsPerAdc()).isEqualTo(profile.equals("digital-sram65") ? 1 : 8);
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
        assertThat(LatencyModel.sequentialNanoseconds(new double[][] {{1, 2}, {0, 4}, {8, 16}}, Dataflow.chain(2)))
                .isEqualTo(31);
    }

    /** 26 clocks at 250 MHz; eight conversions of 1.4 (b + 1) ns; integration, sampling and 2^(b-1) decision steps; one clock at 100 MHz. */
    @Test
    void publishedReadsTakeTheirPublishedTime() {
        assertThat(ReadTiming.spikesim65(8).arrayReadNanoseconds()).isEqualTo(104);
        assertThat(ReadTiming.spikesim65(16).arrayReadNanoseconds()).isEqualTo(208);
        assertThat(ReadTiming.neurram130(1, 3).arrayReadNanoseconds()).isEqualTo(270 + 300 + 4 * 300);
        assertThat(ReadTiming.neurosim22(8, 6).arrayReadNanoseconds()).isCloseTo(8 * 1.4 * 7, againstClosedForm(1e-9));
        assertThat(ReadTiming.digitalSram65().arrayReadNanoseconds()).isEqualTo(10);
    }

    /** Two steps of three layers, worked by hand. */
    @Test
    void pipelinesOverlapLayers() {
        double[][] steps = {{4, 8, 2}, {10, 6, 1}};
        Dataflow chain = Dataflow.chain(3);
        assertThat(LatencyModel.sequentialNanoseconds(steps, chain)).isEqualTo(31);
        assertThat(LatencyModel.layerPipelineNanoseconds(steps, chain)).isEqualTo(14 + 10);
        assertThat(LatencyModel.imageIntervalNanoseconds(steps)).isEqualTo(8 + 10);
        // Step 1: starts 0, 3, 9; ends 4, 11, 11. Step 2: starts 0, 7.5, 12; ends 10, 13.5, 13.
        assertThat(LatencyModel.positionPipelineNanoseconds(steps, chain, 0.75)).isEqualTo(11 + 13.5);
        assertThat(LatencyModel.positionPipelineNanoseconds(steps, chain, 1)).isEqualTo(31);
        assertThatThrownBy(() -> LatencyModel.positionPipelineNanoseconds(steps, chain, 1.5))
                .hasMessage("the part of a layer done before the next starts must be 0 to 1, got 1.5");
    }

    /** A block with a shortcut: the second layer and the shortcut both read the first, the last reads both. */
    @Test
    void branchesWorkSideBySide() {
        Dataflow block = Dataflow.of(List.of(new int[0], new int[] {0}, new int[] {0}, new int[] {1, 2}));
        double[][] steps = {{4, 8, 2, 1}, {1, 2, 6, 1}};
        assertThat(LatencyModel.sequentialNanoseconds(steps, block)).isEqualTo(4 + 8 + 1 + 1 + 6 + 1);
        assertThat(LatencyModel.layerPipelineNanoseconds(steps, block)).isEqualTo(4 + 8 + 1 + 6);
        assertThat(LatencyModel.imageIntervalNanoseconds(steps)).isEqualTo(8 + 6);
        // Step 1: starts 0, 2, 2, 6; ends 4, 10, 4, 7. Step 2: starts 0, 0.5, 0.5, 3.5; ends 1, 2.5, 6.5, 4.5.
        assertThat(LatencyModel.positionPipelineNanoseconds(steps, block, 0.5)).isEqualTo(10 + 6.5);
        assertThatThrownBy(() -> Dataflow.of(List.of(new int[] {0}))).hasMessage("layer 0 cannot wait for layer 0");
        assertThatThrownBy(() -> LatencyModel.sequentialNanoseconds(steps, Dataflow.chain(3)))
                .hasMessage("times of 4 layers, where 3 are known");
    }

    @Test
    void eventsShareTheLinkAndTheLastGoesItsWay() {
        assertThat(MeshTiming.PUMA.nanoseconds(0, 3)).isZero();
        assertThat(MeshTiming.PUMA.nanoseconds(96, 2.5)).isEqualTo(3 + 2.5);
        assertThatThrownBy(() -> new MeshTiming(1, 0, "none"))
                .hasMessage("a hop needs at least 0 ns and a link more than 0 bits per ns, got 1.0 and 0.0");
    }

    /** Rows, settling and integration stay; what a converter and the adders behind it take goes. */
    @ParameterizedTest
    @CsvSource({"isaac32, 100", "spikesim65, 104", "neurosim22, 10", "neurram130, 270", "reference-event, 11"})
    void withoutAConverterOnlyTheColumnTakesTime(String profile, double nanoseconds) {
        assertThat(ReadTiming.profile(profile, 64, 8).withoutConversion().arrayReadNanoseconds())
                .isEqualTo(nanoseconds);
    }

    /** 640 accumulates on 16 channels are 40 clocks. */
    @Test
    void aDigitalLayerAddsAllItsChannelsInAClock() {
        assertThat(DigitalTiming.profile("isaac32").nanoseconds(640, 16)).isEqualTo(40);
        assertThat(DigitalTiming.profile("spikesim65").nanoseconds(640, 16)).isEqualTo(160);
        assertThat(DigitalTiming.profile("isaac32").nanoseconds(0, 16)).isZero();
        assertThatThrownBy(() -> new DigitalTiming(-1, "none")).hasMessage("a clock needs at least 0 ns, got -1.0");
    }

    @ParameterizedTest
    @MethodSource("io.synaptile.devices.cost.EnergyTable#profiles")
    void everyProfileSaysWhoseTimesItUses(String profile) {
        ChipTiming timing = ChipTiming.profile(profile, 8, 6);
        assertThat(List.of(
                        timing.read().source(),
                        timing.digital().source(),
                        timing.mesh().source()))
                .allSatisfy(source -> assertThat(source).hasSizeGreaterThan(20));
        assertThat(timing.mesh().source().startsWith("as isaac32")).isEqualTo(!profile.equals("isaac32"));
    }

    @Test
    void impossibleTimesAreRefused() {
        assertThatThrownBy(() -> ReadTiming.isaac32(0)).hasMessage("columns_per_adc must be at least 1, got 0");
        assertThatThrownBy(() -> new ReadTiming(-1, 0, 0, 0, 1, false, "none"))
                .hasMessage("wordline time must be at least 0 ns, got -1.0");
        assertThatThrownBy(() -> LatencyModel.layerStepNanoseconds(1, 0, 0, ReadTiming.isaac32(8)))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> DigitalTiming.profile("isaac"))
                .hasMessageStartingWith("unknown timing profile 'isaac'");
        assertThatThrownBy(() -> MeshTiming.profile("isaac")).hasMessageStartingWith("unknown timing profile 'isaac'");
        assertThatThrownBy(() -> ReadTiming.profile("isaac", 8, 6))
                .hasMessage("unknown timing profile 'isaac'; known: isaac32, spikesim65, neurosim22, neurram130,"
                        + " digital-sram65, reference-event");
    }
}
