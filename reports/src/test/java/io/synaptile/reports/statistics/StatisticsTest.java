/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.reports.statistics;

import static io.synaptile.testing.Tolerance.againstPublished;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class StatisticsTest {
    @Test
    void handWorkedSample() {
        Statistics sample = Statistics.of(2, 4, 4, 4, 5, 5, 7, 9);

        assertThat(sample.count()).isEqualTo(8);
        assertThat(sample.mean()).isEqualTo(5);
        assertThat(sample.sd()).isEqualTo(Math.sqrt(32.0 / 7));
        assertThat(sample.min()).isEqualTo(2);
        assertThat(sample.max()).isEqualTo(9);
        // Student's t for 7 degrees of freedom and 0.975, from published tables: 2.365.
        assertThat(sample.ci95HalfWidth()).isCloseTo(2.365 * sample.sd() / Math.sqrt(8), againstPublished(1e-3));
    }

    /** Tabulated two-sided 95 % values of Student's t for 1, 4 and 19 degrees of freedom. */
    @Test
    void intervalUsesStudentsT() {
        assertThat(halfWidthPerStandardError(2)).isCloseTo(12.706, againstPublished(5e-4));
        assertThat(halfWidthPerStandardError(5)).isCloseTo(2.776, againstPublished(5e-4));
        assertThat(halfWidthPerStandardError(20)).isCloseTo(2.093, againstPublished(5e-4));
    }

    @Test
    void oneValueHasNoSpread() {
        Statistics one = Statistics.of(3.5);
        assertThat(one.mean()).isEqualTo(3.5);
        assertThat(one.sd()).isNaN();
        assertThat(one.ci95HalfWidth()).isNaN();
    }

    @Test
    void impossibleSamplesAreRefused() {
        assertThatThrownBy(Statistics::of).hasMessage("statistics need at least 1 value");
        assertThatThrownBy(() -> Statistics.of(1, Double.NaN)).hasMessage("statistics need finite values, got NaN");
    }

    private static double halfWidthPerStandardError(int count) {
        double[] values = new double[count];
        values[0] = 1;
        Statistics sample = Statistics.of(values);
        return sample.ci95HalfWidth() / (sample.sd() / Math.sqrt(count));
    }
}
