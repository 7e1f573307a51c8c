/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.devices.read;

import static io.synaptile.testing.Tolerance.againstClosedForm;
import static io.synaptile.testing.Tolerance.againstIdentity;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.synaptile.devices.Age;
import io.synaptile.devices.ConductanceRange;
import org.junit.jupiter.api.Test;

class ReadEffectsTest {
    private static final ConductanceRange RANGE = new ConductanceRange(0f, 40f);

    /** 10 uA at 50 MHz: 12.66 nA, that is 0.127 % of the conductance. */
    @Test
    void shotNoiseOfTenMicroamperes() {
        double volts = 0.5;
        double variance = new ShotNoise(volts, 10e-9).variance(20, 20, Age.NONE, RANGE);
        assertThat(Math.sqrt(variance) * volts)
                .isCloseTo(Math.sqrt(2 * 1.602176634e-19 * 10e-6 * 50e6) * 1e6, againstClosedForm(1e-12));
        assertThat(Math.sqrt(variance) / 20).isCloseTo(0.001266, againstClosedForm(1e-6));
    }

    /** 4 kB 300 K 20 uS 50 MHz: 4.07 nA; twice the temperature, twice the variance. */
    @Test
    void thermalNoiseOfTwentyMicrosiemens() {
        ThermalNoise noise = new ThermalNoise(0.5, 10e-9);
        double variance = noise.variance(20, 20, Age.NONE, RANGE);
        assertThat(Math.sqrt(variance) * 0.5).isCloseTo(0.00407, againstClosedForm(5e-6));
        assertThat(noise.variance(20, 20, new Age(0, 600), RANGE)).isCloseTo(2 * variance, againstClosedForm(1e-15));
    }

    /** Noise of a column is that of its summed conductance: variances of cells add up. */
    @Test
    void thermalAndShotNoiseOfCellsAddUpToThatOfTheirColumn() {
        for (ReadNoise noise : new ReadNoise[] {new ThermalNoise(0.3, 5e-9), new ShotNoise(0.3, 5e-9)}) {
            double cells = noise.variance(5, 5, Age.NONE, RANGE) + noise.variance(9, 9, Age.NONE, RANGE);
            assertThat(cells).isCloseTo(noise.variance(14, 14, Age.NONE, RANGE), againstIdentity(1e-18));
        }
    }

    @Test
    void cubicCurveLowersTheConductance() {
        assertThat(new CubicCurve(0.25, 0.4).effective(10)).isCloseTo(10 * (1 - 0.25 * 0.16), againstClosedForm(1e-12));
        assertThatThrownBy(() -> new CubicCurve(0.25, 2))
                .hasMessage("iv.cubic_per_V2 must be below 1 / V^2 = 0.25 at the read voltage, got 0.25");
    }

    @Test
    void aTelegraphSignalHasTheMomentsOfATwoValuedVariable() {
        RandomTelegraph telegraph = new RandomTelegraph(0.3, 0.1, 0.1, 0);
        // Values 1 and 0.8 with probabilities 0.7 and 0.3.
        assertThat(telegraph.meanFactor(0.2)).isCloseTo(0.94, againstClosedForm(1e-15));
        assertThat(telegraph.varianceFactor(0.2)).isCloseTo(0.7 + 0.3 * 0.64 - 0.94 * 0.94, againstClosedForm(1e-15));
    }
}
