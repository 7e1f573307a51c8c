/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.devices;

import static io.synaptile.testing.Tolerance.againstDistribution;
import static org.assertj.core.api.Assertions.assertThat;

/** Mean and standard deviation of samples, and the tolerances of the statistical tests. */
public record Moments(double mean, double sd, int count) {
    public static Moments of(float[] samples) {
        double sum = 0;
        for (float sample : samples) {
            sum += sample;
        }
        double mean = sum / samples.length;
        double squares = 0;
        for (float sample : samples) {
            squares += (sample - mean) * (sample - mean);
        }
        return new Moments(mean, Math.sqrt(squares / (samples.length - 1)), samples.length);
    }

    /** Mean within 4 standard errors, standard deviation within 2 %. */
    public void assertFits(double expectedMean, double expectedSd) {
        assertThat(mean).as("mean").isCloseTo(expectedMean, againstDistribution(4 * expectedSd / Math.sqrt(count)));
        assertThat(sd).as("standard deviation").isCloseTo(expectedSd, againstDistribution(0.02 * expectedSd));
    }
}
