/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.devices.cost;

import static io.synaptile.testing.Tolerance.againstClosedForm;
import static io.synaptile.testing.Tolerance.againstIdentity;
import static io.synaptile.testing.Tolerance.againstPublishedPercent;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TechnologyScalingTest {
    /** Relative energies at nominal voltage, printed to three digits. */
    @ParameterizedTest
    @CsvSource({
        "130, 6.30",
        "90, 3.21",
        "65, 1.68",
        "45, 1.02",
        "32, 0.541",
        "20, 0.176",
        "14, 0.0962",
        "10, 0.0702",
        "7, 0.0478"
    })
    void energiesAtNominalVoltageAreThoseOfTheFit(int node, double energy) {
        assertThat(TechnologyScaling.nominalEnergy(node)).isCloseTo(energy, againstPublishedPercent(0.5));
    }

    @Test
    void betweenNodesEnergyAndAreaAreOnTheLine() {
        double low = TechnologyScaling.nominalEnergy(32);
        double high = TechnologyScaling.nominalEnergy(45);
        assertThat(TechnologyScaling.nominalEnergy(40))
                .isCloseTo(low + 8.0 / 13 * (high - low), againstClosedForm(1e-12));
        assertThat(TechnologyScaling.areaFactor(130, 65)).isCloseTo(0.23, againstClosedForm(1e-12));
        assertThat(TechnologyScaling.areaFactor(65, 65)).isEqualTo(1);
        assertThat(TechnologyScaling.areaFactor(90, 110)).isCloseTo((0.44 + 0.28) / 0.44, againstClosedForm(1e-12));
    }

    @Test
    void thereAndBackIsOne() {
        double there = TechnologyScaling.energyFactor(65, 22);
        assertThat(there * TechnologyScaling.energyFactor(22, 65)).isCloseTo(1, againstIdentity(1e-12));
        assertThat(TechnologyScaling.energyFactor(65, 65, 1.1)).isEqualTo(1);
    }

    @Test
    void nodesAndVoltagesOutsideTheFitAreRefused() {
        assertThatThrownBy(() -> TechnologyScaling.energyFactor(65, 5))
                .hasMessage("technology scaling covers 7 to 130 nm, got 5 nm");
        assertThatThrownBy(() -> TechnologyScaling.energyFactor(180, 65))
                .hasMessage("technology scaling covers 7 to 130 nm, got 180 nm");
        assertThatThrownBy(() -> TechnologyScaling.energyFactor(65, 65, 0))
                .hasMessageStartingWith("the scaling law has no energy at 65 nm and 0.0 V");
    }

    /** Values of the fit, printed to two or three digits. */
    @ParameterizedTest
    @CsvSource({
        "65, 4, 3.50",
        "65, 6, 4.03",
        "65, 8, 6.49",
        "65, 10, 12.5",
        "32, 4, 0.92",
        "32, 6, 1.06",
        "32, 8, 1.71",
        "32, 10, 3.30",
        "22, 4, 0.46",
        "22, 6, 0.53",
        "22, 8, 0.85",
        "22, 10, 1.63"
    })
    void surveyedConvertersCostWhatTheFitSays(int node, int bits, double picojoules) {
        assertThat(new AdcSurvey(node, 1e8).picojoules(bits)).isCloseTo(picojoules, againstPublishedPercent(1));
    }

    @Test
    void fasterConvertersCostMore() {
        assertThat(new AdcSurvey(32, 1e11).picojoules(8)).isGreaterThan(2 * new AdcSurvey(32, 1e8).picojoules(8));
        assertThat(new AdcSurvey(32, 1e8).squareMicrometres(8))
                .as("three to five times ISAAC's")
                .isBetween(3 * 1200.0, 5 * 1200.0);
    }

    @Test
    void impossibleConvertersAreRefused() {
        assertThatThrownBy(() -> new AdcSurvey(0, 1e9)).hasMessageContaining("at least 1 nm, got 0");
        assertThatThrownBy(() -> new AdcSurvey(32, 0)).hasMessageContaining("above 0 per second, got 0.0");
        assertThatThrownBy(() -> new AdcSurvey(32, 1e9).picojoules(0)).hasMessageContaining("at least 1 bit, got 0.0");
    }
}
