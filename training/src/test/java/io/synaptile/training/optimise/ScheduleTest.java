/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.training.optimise;

import static io.synaptile.testing.Tolerance.againstClosedForm;
import static io.synaptile.testing.Tolerance.againstClosedFormPercent;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ScheduleTest {
    /** Definition: divided by 10 once 50, 70 and 90 % of the epochs have been trained, for every number of epochs. */
    @Test
    void theRateDropsOnceTheSharesOfTheEpochsAreOver() {
        for (int epochs = 1; epochs <= 400; epochs++) {
            Schedule schedule = SteppedSchedule.onTime(1, epochs);
            for (int epoch = 0; epoch < epochs; epoch++) {
                int over = 0;
                for (int percent : new int[] {50, 70, 90}) {
                    over += 100 * epoch >= percent * epochs ? 1 : 0;
                }
                assertThat(schedule.rate(epoch))
                        .as("epoch %d of %d", epoch, epochs)
                        .isCloseTo((float) Math.pow(10, -over), againstClosedFormPercent(1e-4));
            }
        }
    }

    @ParameterizedTest
    @CsvSource({
        "1, 0, 1",
        "2, 0, 1",
        "2, 1, 0.1",
        "3, 1, 1",
        "3, 2, 0.1",
        "4, 2, 0.1",
        "4, 3, 0.01",
        "10, 4, 1",
        "10, 5, 0.1",
        "10, 7, 0.01",
        "10, 9, 0.001",
        "15, 7, 1",
        "15, 8, 0.1",
        "15, 10, 0.1",
        "15, 11, 0.01",
        "15, 14, 0.001"
    })
    void fewEpochsDropToo(int epochs, int epoch, float rate) {
        assertThat(SteppedSchedule.onTime(1, epochs).rate(epoch)).isCloseTo(rate, againstClosedFormPercent(1e-4));
    }

    /** Vector lr_schedules, seed0. */
    @ParameterizedTest
    @CsvSource({"0, 0.1", "50, 0.1", "51, 0.01", "70, 0.01", "71, 0.001", "90, 0.001", "91, 0.0001", "99, 0.0001"})
    void thePublishedRateDropsAfterTheEpochsOfTheVector(int epoch, float rate) {
        assertThat(SteppedSchedule.asPublished(0.1, 100).rate(epoch)).isCloseTo(rate, againstClosedFormPercent(1e-4));
    }

    /** The published code compares {@code epoch == share * epochs}: 15 epochs never drop, 90 skip the product 0.7 * 90. */
    @Test
    void thePublishedRateSkipsSharesThatAreNoWholeEpochs() {
        assertThat(SteppedSchedule.asPublished(1, 15).rate(14)).isEqualTo(1f);
        assertThat(SteppedSchedule.asPublished(1, 2).rate(1)).isEqualTo(1f);
        assertThat(SteppedSchedule.asPublished(1, 4).rate(3)).isEqualTo(0.1f);
        assertThat(0.7 * 90).isLessThan(63);
        assertThat(SteppedSchedule.asPublished(1, 90).rate(89)).isCloseTo(0.01f, againstClosedFormPercent(1e-4));
    }

    /** Vector lr_schedules, both cosine rows. */
    @ParameterizedTest
    @CsvSource({
        "200, 0, 0.1",
        "200, 50, 0.085355",
        "200, 100, 0.05",
        "200, 150, 0.014645",
        "320, 80, 0.085355",
        "320, 160, 0.05",
        "320, 319, 0.000002"
    })
    void cosineFollowsTheVector(int epochs, int epoch, float rate) {
        assertThat(new CosineSchedule(0.1, epochs).rate(epoch)).isEqualTo(rate, againstClosedForm(1e-6f));
    }

    @Test
    void constantStays() {
        assertThat(Schedule.constant(0.25).rate(0)).isEqualTo(0.25f);
        assertThat(Schedule.constant(0.25).rate(1000)).isEqualTo(0.25f);
    }

    @Test
    void impossibleRatesAreRefused() {
        assertThatThrownBy(() -> Schedule.constant(0)).hasMessage("lr must be above 0, got 0.0");
        assertThatThrownBy(() -> SteppedSchedule.onTime(-1, 10)).hasMessage("lr must be above 0, got -1.0");
        assertThatThrownBy(() -> new CosineSchedule(Double.NaN, 10)).hasMessage("lr must be above 0, got NaN");
    }
}
