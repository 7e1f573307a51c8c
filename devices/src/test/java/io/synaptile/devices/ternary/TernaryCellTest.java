/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.devices.ternary;

import static io.synaptile.testing.Tolerance.againstDistribution;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.synaptile.devices.ConductanceRange;
import io.synaptile.devices.Moments;
import java.util.Arrays;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class TernaryCellTest {
    private static final int DRAWS = 1_000_000;
    private static final ConductanceRange RANGE = new ConductanceRange(2f, 40f);

    @Test
    void highResistanceStateSpreadsByItsOwnSigma() {
        // 40 uS is 15 sigma away from 2 uS, so saturation plays no part.
        Moments logarithms = logarithms(new TernaryCell(RANGE, 0.1f, 0.2f), 2f);
        logarithms.assertFits(Math.log(2), 0.2);
    }

    @Test
    void lowResistanceStateSpreadsByItsOwnSigmaAndSaturatesAtTheMaximum() {
        float[] cells = programmed(new TernaryCell(RANGE, 0.1f, 0.5f), 40f);
        int saturated = 0;
        double sum = 0;
        for (float cell : cells) {
            saturated += cell == 40f ? 1 : 0;
            sum += Math.log(cell / 40.0);
        }
        // ln of min(e^(sz), 1) is s min(z, 0): half of the cells saturate, the mean is -s / sqrt(2 pi).
        assertThat(saturated / (double) DRAWS).isBetween(0.498, 0.502);
        double error = 0.1 * Math.sqrt(0.5 - 1 / (2 * Math.PI)) / Math.sqrt(DRAWS);
        assertThat(sum / DRAWS)
                .isBetween(-0.1 / Math.sqrt(2 * Math.PI) - 4 * error, -0.1 / Math.sqrt(2 * Math.PI) + 4 * error);
    }

    @Test
    void withoutSpreadBothStatesAreExact() {
        float[] states = {2f, 40f, 40f, 2f};
        new TernaryCell(RANGE, 0f, 0f).program(states, states, new SplittableRandom(3));
        assertThat(states).containsExactly(2f, 40f, 40f, 2f);
    }

    @Test
    void oneFactorScalesBothSpreads() {
        assertThat(new TernaryCellProvider().create(Map.of("programming.scale", 2, "sigma_lrs", 0.2, "sigma_hrs", 0.3)))
                .isEqualTo(new TernaryCell(RANGE, 0.4f, 0.6f));
    }

    /** d of two high resistances is normal with sd 0.3 sqrt(2); both sides of the threshold 0.6 are read as +-1. */
    @Test
    void aSenseAmplifierMisreadsZerosAsOftenAsTheirSpreadSays() {
        TernaryCell cell =
                (TernaryCell) new TernaryCellProvider().create(Map.of("sigma_hrs", 0.3, "sense_threshold", 0.6));
        float[] cells = programmed(cell, 2f);
        float[] positive = Arrays.copyOf(cells, DRAWS / 2);
        float[] negative = Arrays.copyOfRange(cells, DRAWS / 2, DRAWS);
        cell.sense().orElseThrow().decide(positive, negative, RANGE);
        int wrong = 0;
        for (int i = 0; i < positive.length; i++) {
            assertThat(positive[i] == 40f && negative[i] == 40f).isFalse();
            wrong += positive[i] == 40f || negative[i] == 40f ? 1 : 0;
        }
        double expected = 0.15729920705028513; // 2 (1 - Phi(0.6 / (0.3 sqrt 2))) = erfc(1)
        assertThat(wrong / (DRAWS / 2d))
                .isCloseTo(expected, againstDistribution(4 * Math.sqrt(expected * (1 - expected) / (DRAWS / 2d))));
    }

    @Test
    void aSenseAmplifierReadsTheStateOfAPair() {
        float[] positive = {40f, 2f, 2f, 30f, 4f, 0f};
        float[] negative = {2f, 40f, 2f, 3f, 3f, 0f};
        new TernarySense(1).decide(positive, negative, RANGE);
        assertThat(positive).containsExactly(40f, 2f, 2f, 40f, 2f, 2f);
        assertThat(negative).containsExactly(2f, 40f, 2f, 2f, 2f, 2f);
        assertThatThrownBy(() -> new TernaryCellProvider().create(Map.of("sense_threshold", -1)))
                .hasMessage("sense_threshold must be at least 0, got -1.0");
    }

    @Test
    void aNegativeSpreadIsRefused() {
        assertThatThrownBy(() -> new TernaryCellProvider().create(Map.of("sigma_hrs", -0.5)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("sigma_hrs must be at least 0, got -0.5");
    }

    private static Moments logarithms(TernaryCell cell, float target) {
        float[] cells = programmed(cell, target);
        for (int i = 0; i < cells.length; i++) {
            cells[i] = (float) Math.log(cells[i]);
        }
        return Moments.of(cells);
    }

    private static float[] programmed(TernaryCell cell, float target) {
        float[] cells = new float[DRAWS];
        Arrays.fill(cells, target);
        cell.program(cells, cells, new SplittableRandom(17));
        return cells;
    }
}
