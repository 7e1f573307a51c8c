/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.devices.cost;

import static io.synaptile.testing.Tolerance.againstClosedForm;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class AreaTableTest {
    private static final String HEADER = "component,um2,per,node_nm,precision_bits,scaled,source,note\n";

    @ParameterizedTest
    @MethodSource("io.synaptile.devices.cost.EnergyTable#profiles")
    void everyProfileOfAChipHasAreasWithSources(String profile) {
        assertThat(AreaTable.profile(profile).isPresent()).isEqualTo(!profile.equals("reference-event"));
        AreaTable.profile(profile)
                .ifPresent(table -> assertThat(table.entries())
                        .isNotEmpty()
                        .allSatisfy(area -> assertThat(area.source()).hasSizeGreaterThan(10)));
    }

    /** One ISAAC tile of 96 arrays with a converter of 8 bits each, worked by hand. */
    @Test
    void partsOfAnIsaacTileAddUp() {
        AreaBreakdown area = AreaTable.profile("isaac32")
                .orElseThrow()
                .area(
                        Map.of(
                                AreaComponent.CELL, 96 * 16384.0,
                                AreaComponent.ROW_DRIVER, 96 * 128.0,
                                AreaComponent.ADC, 96.0,
                                AreaComponent.TILE_BUFFER, 96.0,
                                AreaComponent.ROUTER, 96.0),
                        WordWidths.ofAdc(8));
        assertThat(area.squareMicrometres())
                .isCloseTo(96 * (25 + 128 * 0.166015625 + 1200) + 83000 + 37500, againstClosedForm(1e-6));
        assertThat(area.unknown()).isEmpty();
    }

    @Test
    void convertersGrowWithTheirBits() {
        AreaTable table = AreaTable.profile("isaac32").orElseThrow();
        assertThat(adc(table, 4)).isEqualTo(361.04);
        assertThat(adc(table, 8)).isEqualTo(1200);
        assertThat(adc(table, 2)).isCloseTo(361.04 - 2 * (476.91 - 361.04), againstClosedForm(1e-9));
        assertThat(adc(table.withAdc(new AdcSurvey(32, 1e9), 6), 6))
                .isEqualTo(new AdcSurvey(32, 1e9).squareMicrometres(6));
    }

    @Test
    void whatTheTableDoesNotKnowIsNamed() {
        AreaBreakdown area = AreaTable.profile("digital-sram65")
                .orElseThrow()
                .area(Map.of(AreaComponent.ADC, 2.0, AreaComponent.MEMORY_BIT, 10.0), WordWidths.ofAdc(8));
        assertThat(area.unknown()).containsExactly(AreaComponent.ADC);
        assertThat(area.squareMicrometres()).isCloseTo(7.391, againstClosedForm(1e-12));
    }

    @Test
    void onlyDigitalPartsShrinkWithTheNode() {
        AreaTable table = AreaTable.profile("spikesim65").orElseThrow().scaledTo(32);
        AreaBreakdown area =
                table.area(Map.of(AreaComponent.MEMORY_BIT, 1.0, AreaComponent.CELL, 4096.0), WordWidths.ofAdc(4));
        AreaLine cells = area.lines().get(0);
        AreaLine bit = area.lines().get(1);
        assertThat(cells.squareMicrometres()).isCloseTo(26.2144, againstClosedForm(1e-9));
        assertThat(cells.origin().scaled()).isFalse();
        assertThat(bit.squareMicrometres()).isCloseTo(0.7391 * 0.072 / 0.23, againstClosedForm(1e-9));
        assertThat(bit.origin().scaled()).isTrue();
        assertThat(bit.origin().nodeNanometres()).isEqualTo(32);
    }

    @Test
    void malformedLinesAreRefusedByFileAndLine() {
        assertThatThrownBy(() -> AreaTable.parse("a.csv", HEADER + "wall,1,,65,,no,s,\n"))
                .hasMessageStartingWith("a.csv, line 2: unknown component 'wall'; known: cell, row_driver,");
        assertThatThrownBy(() -> AreaTable.parse("a.csv", HEADER + "cell,1,,,,no,s,\n"))
                .hasMessage("a.csv, line 2: node_nm must be given");
        assertThatThrownBy(() -> AreaTable.parse("a.csv", HEADER + "cell,-1,,65,,no,s,\n"))
                .hasMessage("a.csv, line 2: um2 must be at least 0, got -1.0");
        assertThatThrownBy(() -> AreaTable.profile("isaac")).hasMessageStartingWith("unknown area profile 'isaac'");
    }

    private static double adc(AreaTable table, int bits) {
        return table.area(Map.of(AreaComponent.ADC, 1.0), WordWidths.ofAdc(bits))
                .squareMicrometres();
    }
}
