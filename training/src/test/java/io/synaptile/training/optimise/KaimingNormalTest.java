/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.training.optimise;

import static org.assertj.core.api.Assertions.assertThat;

import io.synaptile.sim.random.NoiseStream;
import io.synaptile.sim.random.Purpose;
import io.synaptile.testing.Tolerance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class KaimingNormalTest {
    /** Deviations within 4 standard errors, {@code deviation / sqrt(2 n)}, of n = 16,000 and more weights. */
    @ParameterizedTest
    @CsvSource({"0, 3, 3, 0.0589255651", "0.01, 3, 3, 0.0589255651", "0.01, 1, 1, 0.01", "0, 1, 1, 0.1767766953"})
    void weightsHaveTheDeviationOfTheirFan(double dense, int lines, int columns, double expected) {
        int[] shape = lines == 1 ? new int[] {64, 250} : new int[] {64, 28, lines, columns};
        float[] weights = new float[64 * (lines == 1 ? 250 : 28 * lines * columns)];
        new KaimingNormal(dense).fill(weights, NoiseStream.of(3, Purpose.TEST, 0, 0, 0), shape);

        double sum = 0;
        double squares = 0;
        for (float weight : weights) {
            sum += weight;
            squares += (double) weight * weight;
        }
        double mean = sum / weights.length;
        double deviation = Math.sqrt(squares / weights.length - mean * mean);
        double error = expected / Math.sqrt(2.0 * weights.length);
        assertThat(deviation).isCloseTo(expected, Tolerance.againstClosedForm(4 * error));
        assertThat(mean).isCloseTo(0, Tolerance.againstClosedForm(6 * error));
    }
}
