/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.devices.cost;

import static io.synaptile.testing.Tolerance.againstClosedForm;
import static io.synaptile.testing.Tolerance.againstIdentity;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EnergyBreakdownTest {
    private static final EnergyTable ISAAC = EnergyTable.profile("isaac32");
    private static final WordWidths WIDTHS = WordWidths.ofAdc(8);

    @Test
    void oneIsaacArrayReadByHand() {
        PhysicalActivity activity = PhysicalActivity.builder()
                .addDrivenRows(32, 128)
                .add(ActivityCount.ARRAY_READS, 1)
                .add(ActivityCount.COLUMN_READS, 128)
                .add(ActivityCount.ADC_CONVERSIONS, 128)
                .add(ActivityCount.SPIKE_HOP_BITS, 512)
                .add(ActivityCount.INPUT_BUFFER_BITS, 128)
                .build();
        EnergyBreakdown energy = EnergyBreakdown.of(activity, ISAAC, WIDTHS);
        assertThat(energy.of(EnergyComponent.ROW_ACTIVATION)).isCloseTo(32 * 0.417, againstClosedForm(1e-9));
        // A quarter of the rows of one array: a quarter of the 30 pJ of a dense read.
        assertThat(energy.of(EnergyComponent.CELL_READ)).isCloseTo(7.5, againstClosedForm(1e-9));
        assertThat(energy.of(EnergyComponent.ADC)).isCloseTo(128 * 1.667, againstClosedForm(1e-9));
        assertThat(energy.of(EnergyComponent.SPIKE_TRANSPORT)).isCloseTo(2 * 20.74, againstClosedForm(1e-9));
        assertThat(energy.of(EnergyComponent.INPUT_BUFFER)).isCloseTo(20.45 / 2, againstClosedForm(1e-9));
        assertThat(energy.of(EnergyComponent.NEURON_UPDATE)).isZero();
        assertThat(energy.unpriced()).isEmpty();
        assertThat(energy.mixesNodes()).as("all contributing entries are 32 nm").isFalse();
    }

    @Test
    void theNeuronOfUnstatedNodeMakesTheTotalMixed() {
        PhysicalActivity activity = PhysicalActivity.builder()
                .add(ActivityCount.NEURON_UPDATES, 1)
                .add(ActivityCount.ADC_CONVERSIONS, 1)
                .build();
        assertThat(EnergyBreakdown.of(activity, ISAAC, WIDTHS).mixesNodes()).isTrue();
    }

    @Test
    void noActivityCostsNothing() {
        EnergyBreakdown energy = EnergyBreakdown.of(PhysicalActivity.builder().build(), ISAAC, WIDTHS);
        assertThat(energy.totalPicojoules()).isZero();
        assertThat(energy.lines()).isEmpty();
        assertThat(energy.components().keySet()).containsExactly(EnergyComponent.values());
    }

    @Test
    void whatHasNoPriceIsNamed() {
        PhysicalActivity activity = PhysicalActivity.builder()
                .add(ActivityCount.ARRAY_NANOSECONDS, 100)
                .add(ActivityCount.SPIKE_HOPS, 3)
                .add(ActivityCount.SPIKE_HOP_BITS, 24)
                .build();
        EnergyBreakdown energy = EnergyBreakdown.of(activity, ISAAC, WIDTHS);
        assertThat(energy.unpriced()).as("hops are priced by their bits").isEmpty();
        assertThat(EnergyBreakdown.of(activity, EnergyTable.profile("reference-event"), WIDTHS)
                        .unpriced())
                .containsExactly(EnergyComponent.SPIKE_TRANSPORT, EnergyComponent.LEAKAGE);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void energyIsLinearInTheActivity(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        PhysicalActivity first = random(random);
        PhysicalActivity second = random(random);
        double apart = EnergyBreakdown.of(first, ISAAC, WIDTHS)
                .plus(EnergyBreakdown.of(second, ISAAC, WIDTHS))
                .totalPicojoules();
        double together = EnergyBreakdown.of(first.plus(second), ISAAC, WIDTHS).totalPicojoules();
        assertThat(together).as("seed %d", seed).isCloseTo(apart, againstIdentity(1e-9 * apart));
        double half = EnergyBreakdown.of(first, ISAAC, WIDTHS).times(0.5).totalPicojoules();
        assertThat(half)
                .isCloseTo(
                        EnergyBreakdown.of(first, ISAAC, WIDTHS).totalPicojoules() / 2, againstIdentity(1e-9 * apart));
    }

    @Test
    void everyLineCarriesCountPriceAndSource() {
        PhysicalActivity activity = PhysicalActivity.builder()
                .add(ActivityCount.ADC_CONVERSIONS, 10)
                .build();
        List<EnergyLine> lines = EnergyBreakdown.of(activity, ISAAC, WIDTHS).lines();
        assertThat(lines).hasSize(1);
        EnergyLine line = lines.getFirst();
        assertThat(line.count()).isEqualTo(10);
        assertThat(line.event().count().unit()).isEqualTo("conversions");
        assertThat(line.unit().picojoules()).isEqualTo(1.667);
        assertThat(line.unit().origin().source()).contains("ISAAC");
        assertThat(line.unit().nodeNanometres()).hasValue(32);
        assertThat(line.energyPicojoules()).isEqualTo(16.67);
    }

    @Test
    void negativeCountsAreRefused() {
        assertThatThrownBy(() -> new PhysicalActivity(Map.of(ActivityCount.ARRAY_READS, -1d)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("ARRAY_READS must be finite and at least 0, got -1.0");
        assertThatThrownBy(() -> new WordWidths(0, 16, 16, 4))
                .hasMessage("adc width must be between 1 and 64 bits, got 0");
    }

    private static PhysicalActivity random(SplittableRandom random) {
        PhysicalActivity.Builder builder = PhysicalActivity.builder();
        for (ActivityCount count : ActivityCount.values()) {
            builder.add(count, random.nextInt(1000));
        }
        return builder.build();
    }

    /** Two conversions at 4 bits and three at 8, of a converter of 8 bits, at 0.79 and 1.667 pJ. */
    @Test
    void conversionsOfFewerBitsArePricedByTheirOwn() {
        PhysicalActivity activity = PhysicalActivity.builder()
                .addConversions(4, 2)
                .addConversions(8, 3)
                .build();
        assertThat(activity.of(ActivityCount.ADC_CONVERSIONS)).isEqualTo(5);
        EnergyBreakdown energy = EnergyBreakdown.of(
                activity.plus(activity).times(0.5), EnergyTable.profile("isaac32"), WordWidths.ofAdc(8));
        assertThat(energy.lines()).hasSize(2);
        assertThat(energy.of(EnergyComponent.ADC)).isCloseTo(2 * 0.79 + 3 * 1.667, againstClosedForm(1e-12));
    }

    /** Digital words on tiles are read array by array and have no analogue cell whose price could be missing. */
    @Test
    void arrayReadsAloneAreNoCellRead() {
        PhysicalActivity digital = PhysicalActivity.builder()
                .add(ActivityCount.ARRAY_READS, 3)
                .add(ActivityCount.SRAM_MACS, 5)
                .add(ActivityCount.PE_CYCLES, 2)
                .build();
        assertThat(EnergyBreakdown.of(digital, EnergyTable.profile("digital-sram65"), WordWidths.ofAdc(8))
                        .unpriced())
                .isEmpty();
        PhysicalActivity cells =
                PhysicalActivity.builder().add(ActivityCount.DRIVEN_CELLS, 3).build();
        assertThat(EnergyBreakdown.of(cells, EnergyTable.profile("digital-sram65"), WordWidths.ofAdc(8))
                        .unpriced())
                .containsExactlyInAnyOrder(EnergyComponent.ROW_ACTIVATION, EnergyComponent.CELL_READ);
    }
}
