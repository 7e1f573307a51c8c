/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.reports.statistics;

import java.util.Arrays;
import java.util.Optional;
import org.apache.commons.statistics.distribution.TDistribution;

/**
 * A sample described, in the unit of its values.
 *
 * @param count number of values, at least 1
 * @param sd sample standard deviation (divisor n - 1), NaN for one value
 * @param ci95HalfWidth half width of the two-sided 95 % confidence interval of the mean by Student's t with n - 1 degrees of
 *     freedom, NaN for one value
 */
public record Statistics(int count, double mean, double sd, double min, double max, double ci95HalfWidth) {
    private static final double TAIL = 0.025;

    /** As {@link #of}; empty where a figure is not known, which is not finite. */
    public static Optional<Statistics> ofKnown(double... figures) {
        return Arrays.stream(figures).allMatch(Double::isFinite) ? Optional.of(of(figures)) : Optional.empty();
    }

    /**
     * Describes the values, summed in their order.
     *
     * @throws IllegalArgumentException if there are none or one is not finite
     */
    public static Statistics of(double... values) {
        if (values.length == 0) {
            throw new IllegalArgumentException("statistics need at least 1 value");
        }
        double sum = 0;
        double min = values[0];
        double max = values[0];
        for (double value : values) {
            if (!Double.isFinite(value)) {
                throw new IllegalArgumentException("statistics need finite values, got " + value);
            }
            sum += value;
            min = Math.min(min, value);
            max = Math.max(max, value);
        }
        double mean = sum / values.length;
        if (values.length == 1) {
            return new Statistics(1, mean, Double.NaN, min, max, Double.NaN);
        }
        double squares = 0;
        for (double value : values) {
            squares += (value - mean) * (value - mean);
        }
        double sd = Math.sqrt(squares / (values.length - 1));
        double t = TDistribution.of(values.length - 1).inverseSurvivalProbability(TAIL);
        return new Statistics(values.length, mean, sd, min, max, t * sd / Math.sqrt(values.length));
    }
}
