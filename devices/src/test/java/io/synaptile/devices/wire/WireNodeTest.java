/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.devices.wire;

import static io.synaptile.testing.Tolerance.againstClosedForm;
import static io.synaptile.testing.Tolerance.againstPublishedPercent;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WireNodeTest {
    /** Percent; the published resistances have three digits. */
    private static final double ROUNDING = 0.4;

    @ParameterizedTest
    @CsvSource({
        "130, 0.287, 0.861, 0.144",
        "90,  0.500, 1.500, 0.250",
        "65,  0.495, 1.486, 0.248",
        "45,  0.697, 2.091, 0.349",
        "32,  1.044, 3.131, 0.522",
        "22,  1.563, 4.689, 0.782",
        "14,  2.031, 6.094, 1.016",
        "7,   4.170, 12.51, 2.085"
    })
    void segmentsHaveThePublishedResistance(int node, double four, double twelve, double two) {
        WireNode wires = WireNode.of(node);
        assertThat(wires.segmentOhm(4)).isCloseTo(four, againstPublishedPercent(ROUNDING));
        assertThat(wires.segmentOhm(12)).isCloseTo(twelve, againstPublishedPercent(ROUNDING));
        assertThat(wires.segmentOhm(2)).isCloseTo(two, againstPublishedPercent(ROUNDING));
    }

    @Test
    void heatRaisesTheResistance() {
        assertThat(WireNode.temperatureFactor(300)).isEqualTo(1);
        assertThat(WireNode.temperatureFactor(400)).isCloseTo(1.451, againstClosedForm(1e-12));
    }

    @Test
    void otherNodesAreRefused() {
        assertThatThrownBy(() -> WireNode.of(28))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("wires of the 28 nm node are not known, only those of [130, 90, 65, 45, 32, 22, 14, 7]");
    }
}
