/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.devices.temperature;

import static io.synaptile.testing.Tolerance.againstClosedForm;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.synaptile.devices.Age;
import io.synaptile.devices.CellDraws;
import org.junit.jupiter.api.Test;

class TemperatureTest {
    private static final CellDraws CELL = CellDraws.of(1, CellDraws.Effect.TEMPERATURE);
    /** kB T in eV at 300 K. */
    private static final double THERMAL = 0.025851999786435535;

    /** An energy of kB 300 K between 300 and 600 K: exp(1/2). */
    @Test
    void activatedConductionGrowsWithTemperature() {
        assertThat(new ArrheniusConduction(THERMAL, 300).aged(10, 10, new Age(0, 600), CELL))
                .isCloseTo(10 * Math.exp(0.5), againstClosedForm(1e-9));
        assertThat(new ArrheniusConduction(THERMAL, 300).aged(10, 10, Age.NONE, CELL))
                .isEqualTo(10);
    }

    @Test
    void metallicConductionFallsWithTemperature() {
        MetallicConduction metal = new MetallicConduction(0.004, 300);
        assertThat(metal.aged(10, 10, new Age(0, 350), CELL)).isCloseTo(10 / 1.2, againstClosedForm(1e-12));
        assertThat(new MetallicConduction(-0.01, 300).aged(10, 10, new Age(0, 400), CELL))
                .isZero();
    }

    @Test
    void aWarmCellFeelsMoreTime() {
        Age felt = new RetentionAcceleration(THERMAL, 300).felt(new Age(100, 600));
        assertThat(felt.seconds()).isCloseTo(100 * Math.exp(0.5), againstClosedForm(1e-7));
        assertThat(felt.kelvin()).isEqualTo(600);
        assertThat(RetentionAcceleration.NONE.felt(new Age(100, 600))).isEqualTo(new Age(100, 600));
        assertThatThrownBy(() -> new RetentionAcceleration(-1, 300))
                .hasMessage("retention.activation_eV must be at least 0, got -1.0");
    }
}
