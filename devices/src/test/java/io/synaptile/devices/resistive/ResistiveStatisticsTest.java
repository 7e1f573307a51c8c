/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.devices.resistive;

import static io.synaptile.testing.Tolerance.againstDistribution;
import static org.assertj.core.api.Assertions.assertThat;

import io.synaptile.devices.ConductanceRange;
import io.synaptile.devices.Moments;
import io.synaptile.devices.fault.StuckCells;
import io.synaptile.devices.programming.ExactProgramming;
import io.synaptile.devices.programming.GaussianVariation;
import io.synaptile.devices.programming.LogNormalSpread;
import io.synaptile.devices.programming.ProgrammingVariation;
import io.synaptile.devices.rram.LogNormalVariation;
import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Validation of the random effects at 1e6 draws: mean within 4 standard errors, standard deviation within 2 %. */
class ResistiveStatisticsTest {
    private static final int DRAWS = 1_000_000;

    /** Moments of exp(sz) and of min(exp(sz), 1): bntt-variation moment table, closed forms rounded to six digits. */
    @ParameterizedTest
    @CsvSource({
        "1, 1.003338, 0.082049, 0.969027, 0.044443",
        "2, 1.007896, 0.126909, 0.953650, 0.065853",
        "3, 1.021487, 0.212889, 0.927306, 0.101523",
        "4, 1.061675, 0.378578, 0.887174, 0.153417",
        "8, 1.070467, 0.408884, 0.881139, 0.160967"
    })
    void logNormalSpreadHasTheMomentsOfItsClosedForm(
            int bits, double mean, double sd, double saturatedMean, double saturatedSd) {
        ProgrammingVariation variation = new LogNormalSpread(LogNormalVariation.tableSigma(bits), 1);
        Moments.of(programmed(variation, 1f, 1000f)).assertFits(mean, sd);
        Moments.of(programmed(variation, 1f, 1f)).assertFits(saturatedMean, saturatedSd);
    }

    @Test
    void logNormalSpreadKeepsTheMedian() {
        float[] cells = programmed(new LogNormalSpread(0.34597, 2), 10f, 1000f);
        Arrays.sort(cells);
        double error = 10 * 2 * 0.34597 * Math.sqrt(Math.PI / 2 / DRAWS);
        assertThat((double) cells[DRAWS / 2]).isCloseTo(10, againstDistribution(4 * error));
    }

    @Test
    void gaussianSpreadRelativeToTheTargetOrToTheMaximum() {
        // Targets stand at least 6 sigma from both ends, so that clamping plays no part.
        Moments.of(programmed(new GaussianVariation(0.05, 2, GaussianVariation.Reference.TARGET), 20f, 40f))
                .assertFits(20, 2);
        Moments.of(programmed(new GaussianVariation(0.02, 1, GaussianVariation.Reference.MAX), 10f, 40f))
                .assertFits(10, 0.8);
    }

    @Test
    void gaussianSpreadIsClampedAtZero() {
        float[] cells = programmed(new GaussianVariation(1, 1, GaussianVariation.Reference.TARGET), 1f, 1000f);
        int atZero = 0;
        for (float cell : cells) {
            assertThat(cell).isGreaterThanOrEqualTo(0f);
            atZero += cell == 0f ? 1 : 0;
        }
        // P(z < -1) = 0.158655
        assertThat(atZero / (double) DRAWS)
                .isCloseTo(0.158655, againstDistribution(4 * Math.sqrt(0.158655 * 0.841345 / DRAWS)));
    }

    @Test
    void stuckCellsHaveTheMomentsOfTheirMixture() {
        ConductanceRange range = new ConductanceRange(2f, 40f);
        ResistiveCell cell =
                ResistiveCell.of("rram", range, 16, Writing.of(new ExactProgramming(), new StuckCells(0.09, 0.02)));
        float[] cells = new float[DRAWS];
        Arrays.fill(cells, 10f);
        cell.program(cells, cells, new SplittableRandom(99));
        double mean = 0.09 * 2 + 0.02 * 40 + 0.89 * 10;
        double variance = 0.09 * 4 + 0.02 * 1600 + 0.89 * 100 - mean * mean;
        Moments.of(cells).assertFits(mean, Math.sqrt(variance));
    }

    private static float[] programmed(ProgrammingVariation variation, float target, float max) {
        ResistiveCell cell =
                ResistiveCell.of("rram", new ConductanceRange(0f, max), 16, Writing.of(variation, StuckCells.NONE));
        float[] cells = new float[DRAWS];
        Arrays.fill(cells, target);
        cell.program(cells, cells, new SplittableRandom(2024));
        return cells;
    }
}
