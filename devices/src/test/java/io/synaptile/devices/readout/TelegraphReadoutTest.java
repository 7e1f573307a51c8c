/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.devices.readout;

import static io.synaptile.testing.Tolerance.againstDistribution;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.synaptile.devices.ConductanceRange;
import io.synaptile.devices.Moments;
import io.synaptile.devices.read.RandomTelegraph;
import java.util.Arrays;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TelegraphReadoutTest {
    private static final ConductanceRange RANGE = new ConductanceRange(2, 40);
    private static final double P = 0.3;
    private static final double DELTA = 0.25;
    private static final RandomTelegraph SIGNAL = new RandomTelegraph(P, DELTA, DELTA, 0);

    private static ArrayCells cells(int rows, int columns, float microsiemens, long key) {
        float[] all = new float[rows * columns];
        Arrays.fill(all, microsiemens);
        return new ArrayCells(rows, columns, all, new float[all.length], RANGE, key);
    }

    /** Row 0 read once at each of some steps. */
    private static float[] series(ReadableArray array, int columns, long image, int... steps) {
        float[] currents = new float[steps.length * columns];
        int[] start = new int[steps.length + 1];
        Arrays.setAll(start, i -> i);
        float[] drive = new float[steps.length];
        Arrays.fill(drive, 1f);
        array.read(new RowReads(image, steps, new long[steps.length], start, new int[steps.length], drive), currents);
        return currents;
    }

    @Test
    void everyReadSeesOneOfTwoStatesWithTheStatedMoments() {
        int columns = 1_000_000;
        ReadableArray array = new TelegraphReadout(SIGNAL, 3).open(cells(1, columns, 20, 7));
        float[] currents = series(array, columns, 99, 4);
        for (float current : currents) {
            assertThat(current == 20f || current == 15f).isTrue();
        }
        double amplitude = 20 * DELTA;
        Moments.of(currents).assertFits(20 - P * amplitude, amplitude * Math.sqrt(P * (1 - P)));
    }

    @ParameterizedTest
    @ValueSource(doubles = {0, 1, 5})
    void statesAreCorrelatedAsLongAsStated(double correlationSteps) {
        int columns = 200_000;
        ReadableArray array = new TelegraphReadout(SIGNAL, correlationSteps).open(cells(1, columns, 20, 7));
        float[] both = series(array, columns, 5, 3, 6);
        double mean = 20 - P * 20 * DELTA;
        double product = 0;
        for (int j = 0; j < columns; j++) {
            product += (both[j] - mean) * (both[columns + j] - mean) / columns;
        }
        double variance = Math.pow(20 * DELTA, 2) * P * (1 - P);
        double expected = correlationSteps == 0 ? 0 : Math.exp(-3 / correlationSteps);
        assertThat(product / variance).isCloseTo(expected, againstDistribution(0.015));
    }

    @Test
    void aStateDependsOnArrayImageAndStepAlone() {
        TelegraphReadout readout = new TelegraphReadout(SIGNAL, 2);
        ReadableArray array = readout.open(cells(3, 50, 20, 7));
        float[] together = series(array, 50, 5, 0, 1, 2, 5, 1);
        for (int i = 0; i < 5; i++) {
            int step = new int[] {0, 1, 2, 5, 1}[i];
            assertThat(series(readout.open(cells(3, 50, 20, 7)), 50, 5, step))
                    .isEqualTo(Arrays.copyOfRange(together, i * 50, (i + 1) * 50));
        }
        assertThat(series(array, 50, 6, 0)).isNotEqualTo(Arrays.copyOf(together, 50));
    }

    @Test
    void cellsWithoutAmplitudeAreSummed() {
        ReadableArray array = new TelegraphReadout(new RandomTelegraph(0.5, 0, 0, 1), 0).open(cells(4, 3, 10, 1));
        float[] currents = new float[6];
        array.read(
                new RowReads(
                        1, new int[] {0, 2}, new long[2], new int[] {0, 3, 4}, new int[] {0, 2, 3, 1}, new float[] {
                            1, 0.5f, 1, 1
                        }),
                currents);
        assertThat(currents).containsExactly(25, 25, 25, 10, 10, 10);
    }

    @Test
    void amplitudesAreLogNormalAndGrowTowardsHighResistance() {
        int columns = 20_000;
        ArrayReadout readout = new TelegraphReadoutProvider()
                .create(Map.of("probability", 1.0, "amplitude_hrs", 0.05, "amplitude_lrs", 0.01, "sigma_ln", 0.4));
        for (float microsiemens : new float[] {2, 21, 40}) {
            float[] currents = series(readout.open(cells(1, columns, microsiemens, 3)), columns, 1, 0);
            float[] logarithms = new float[columns];
            for (int j = 0; j < columns; j++) {
                logarithms[j] = (float) Math.log(1 - currents[j] / (double) microsiemens);
            }
            double median = 0.05 - (microsiemens - 2) / 38 * 0.04;
            Moments.of(logarithms).assertFits(Math.log(median), 0.4);
        }
    }

    @Test
    void optionsAreChecked() {
        TelegraphReadoutProvider provider = new TelegraphReadoutProvider();
        assertThatThrownBy(() -> provider.create(Map.of("correlation_steps", -1.0)))
                .hasMessageStartingWith("correlation_steps must be at least 0, got -1");
        assertThatThrownBy(() -> provider.create(Map.of("probability", 2.0))).hasMessageStartingWith("probability ");
    }
}
