/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.training.optimise;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ScheduleTest {
    /** Vector lr_schedules, seed0. */
    @ParameterizedTest
    @CsvSource({"0, 0.1", "50, 0.1", "51, 0.01", "70, 0.01", "71, 0.001", "90, 0.001", "91, 0.0001", "99, 0.0001"})
    void steppedRateDropsAfterTheEpochsOfTheVector(int epoch, float rate) {
        assertThat(SteppedSchedule.published(0.1, 100).rate(epoch))
                .isCloseTo(rate, Percentage.withPercentage(1e-4));
    }

    /** 0.5, 0.7 and 0.9 of 15 epochs are 7.5, 10.5 and 13.5: the drops follow epochs 7, 10 and 13. */
    @ParameterizedTest
    @CsvSource({"7, 1", "8, 0.1", "10, 0.1", "11, 0.01", "13, 0.01", "14, 0.001"})
    void sharesThatAreNotWholeEpochsRoundDown(int epoch, float rate) {
        assertThat(SteppedSchedule.published(1, 15).rate(epoch)).isCloseTo(rate, Percentage.withPercentage(1e-4));
    }

    @Test
    void productsThatAreWholeButForRoundingAreNotCutShort() {
        for (int epochs = 10; epochs <= 1000; epochs += 10) {
            Schedule schedule = new SteppedSchedule(1, epochs, List.of(0.7));
            assertThat(schedule.rate(epochs * 7 / 10)).isEqualTo(1f);
            assertThat(schedule.rate(epochs * 7 / 10 + 1)).isEqualTo(0.1f);
        }
    }

    /** Vector lr_schedules, both cosine rows. */
    @ParameterizedTest
    @CsvSource({
        "200, 0, 0.1", "200, 50, 0.085355", "200, 100, 0.05", "200, 150, 0.014645",
        "320, 80, 0.085355", "320, 160, 0.05", "320, 319, 0.000002"
    })
    void cosineFollowsTheVector(int epochs, int epoch, float rate) {
        assertThat(new CosineSchedule(0.1, epochs).rate(epoch)).isEqualTo(rate, within(1e-6f));
    }

    @Test
    void constantStays() {
        assertThat(Schedule.constant(0.25).rate(0)).isEqualTo(0.25f);
        assertThat(Schedule.constant(0.25).rate(1000)).isEqualTo(0.25f);
    }

    @Test
    void impossibleRatesAreRefused() {
        assertThatThrownBy(() -> Schedule.constant(0)).hasMessage("lr must be above 0, got 0.0");
        assertThatThrownBy(() -> SteppedSchedule.published(-1, 10)).hasMessage("lr must be above 0, got -1.0");
        assertThatThrownBy(() -> new CosineSchedule(Double.NaN, 10)).hasMessage("lr must be above 0, got NaN");
    }
}
