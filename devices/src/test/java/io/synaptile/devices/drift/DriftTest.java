/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.devices.drift;

import static io.synaptile.testing.Tolerance.againstClosedForm;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.synaptile.devices.Age;
import io.synaptile.devices.CellDraws;
import io.synaptile.devices.ConductanceRange;
import java.util.List;
import org.junit.jupiter.api.Test;

class DriftTest {
    private static final CellDraws CELL = CellDraws.of(1, CellDraws.Effect.DRIFT);

    @Test
    void exponentsAreLinearBetweenRowsAndConstantOutside() {
        ExponentTable table =
                new ExponentTable(List.of(2d, 10d, 20d), List.of(0.1, 0.06, 0.02), List.of(0.04, 0.02, 0d));
        assertThat(table.nuMean(1)).isEqualTo(0.1);
        assertThat(table.nuMean(2)).isEqualTo(0.1);
        assertThat(table.nuMean(6)).isCloseTo(0.08, againstClosedForm(1e-15));
        assertThat(table.nuSigma(15)).isCloseTo(0.01, againstClosedForm(1e-15));
        assertThat(table.nuMean(40)).isEqualTo(0.02);
    }

    @Test
    void aTableThatDoesNotRiseOrHasAnotherLengthIsRefused() {
        assertThatThrownBy(() -> new ExponentTable(List.of(2d, 2d), List.of(0.1, 0.1), List.of(0d, 0d)))
                .hasMessage("drift.table_uS must rise, got [2.0, 2.0]");
        assertThatThrownBy(() -> new ExponentTable(List.of(1d, 2d), List.of(0.1), List.of(0d, 0d)))
                .hasMessage("drift.nu must have one number per row of drift.table_uS, 2, got 1");
    }

    /** 100 = (99 + 1) / 1 times, exponent 1/2: a tenth. */
    @Test
    void aPowerLawFallsByItsExponent() {
        PowerLawDrift drift = new PowerLawDrift(new ExponentTable(List.of(0d), List.of(-0.5), List.of(0d)), 1);
        assertThat(drift.aged(20, 20, new Age(99, 300), CELL)).isCloseTo(2, againstClosedForm(1e-12));
        assertThat(drift.aged(20, 20, Age.NONE, CELL)).isEqualTo(20);
    }

    @Test
    void retentionTowardsAStateMovesBothSidesToIt() {
        ConductanceRange range = new ConductanceRange(0f, 40f);
        PowerRetention loss = new PowerRetention(0.5, 1, PowerRetention.Direction.TOWARDS, 0.5, range);
        Age four = new Age(4, 300);
        assertThat(loss.aged(10, 10, four, CELL)).isCloseTo(20, againstClosedForm(1e-12));
        assertThat(loss.aged(30, 30, four, CELL)).isCloseTo(15, againstClosedForm(1e-12));
        assertThat(loss.aged(20, 20, four, CELL)).isEqualTo(20);
        assertThat(loss.aged(30, 30, new Age(0.5, 300), CELL)).isEqualTo(30);
    }
}
