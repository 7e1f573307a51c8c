/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.training.optimise;

import static io.synaptile.testing.Tolerance.againstClosedForm;
import static io.synaptile.testing.Tolerance.againstClosedFormPercent;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ScheduleTest {
    /** Definition: divided by 10 once 50, 70 and 90 % of the epochs have been trained, for every number of epochs. */
    @Test
    void theRateDropsOnceTheSharesOfTheEpochsAreOver() {
        for (int epochs = 1; epochs <= 400; epochs++) {
            EpochSchedule schedule = SteppedSchedule.onTime(1, epochs);
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

    /** Worked by hand: a training of 4 epochs with 5 steps each. */
    private static float atStep(Schedule schedule, int step) {
        return schedule.rate(Clock.of(step / 5, 4, step % 5, 5));
    }

    @Test
    void aMilestoneCountsFinishedEpochs() {
        Schedule schedule = new MilestoneSchedule(1, List.of(1, 3), 0.5);
        assertThat(atStep(schedule, 4)).isEqualTo(1f);
        assertThat(atStep(schedule, 5)).isEqualTo(0.5f);
        assertThat(atStep(schedule, 14)).isEqualTo(0.5f);
        assertThat(atStep(schedule, 15)).isEqualTo(0.25f);
    }

    @Test
    void halvingGoesOnAndOn() {
        EpochSchedule schedule = new HalvingSchedule(0.5, 2);
        assertThat(IntStream.range(0, 7).mapToObj(schedule::rate))
                .containsExactly(0.5f, 0.5f, 0.25f, 0.25f, 0.125f, 0.125f, 0.0625f);
    }

    @Test
    void aCosineByStepAgreesWithTheOneByEpochWhereEpochsBegin() {
        Schedule bySteps = new StepCosineSchedule(0.2);
        EpochSchedule byEpochs = new CosineSchedule(0.2, 4);
        for (int epoch = 0; epoch < 4; epoch++) {
            assertThat(atStep(bySteps, 5 * epoch)).isEqualTo(byEpochs.rate(epoch));
            assertThat(atStep(bySteps, 5 * epoch + 1)).isLessThan(byEpochs.rate(epoch));
        }
    }

    /** 21 steps, of which 9 rise, 9 fall and 2 fall further; the corners and the middle of every line. */
    @Test
    void oneCycleRisesFallsAndFadesInStraightLines() {
        Schedule schedule = new OneCycleSchedule(0.5, 0.45, 0.125, 1.0 / 1024);
        assertThat(schedule.rate(new Clock(0, 21, 0))).isEqualTo(0.0625f);
        assertThat(schedule.rate(new Clock(3, 21, 0))).isEqualTo(0.0625f + 0.4375f / 3, againstClosedForm(1e-7f));
        assertThat(schedule.rate(new Clock(9, 21, 0))).isEqualTo(0.5f);
        assertThat(schedule.rate(new Clock(15, 21, 0))).isEqualTo(0.0625f + 0.4375f / 3, againstClosedForm(1e-7f));
        assertThat(schedule.rate(new Clock(18, 21, 0))).isEqualTo(0.0625f);
        assertThat(schedule.rate(new Clock(19, 21, 0)))
                .isEqualTo((0.0625f + 0.5f / 1024) / 2, againstClosedForm(1e-7f));
        assertThat(schedule.rate(new Clock(20, 21, 0))).isEqualTo(0.5f / 1024, againstClosedForm(1e-9f));
    }

    @Test
    void aCycleOfOneStepHasItsFirstRateAndOneThatRisesToTheMiddleEndsWhereItBegan() {
        assertThat(new OneCycleSchedule(1, 0.45, 0.25, 0.001).rate(Clock.start()))
                .isEqualTo(0.25f);
        assertThat(new OneCycleSchedule(1, 0.5, 0.25, 0.001).rate(new Clock(8, 9, 0)))
                .isEqualTo(0.25f);
    }

    @Test
    void warmUpGrowsToTheScheduleWithinItsEpochs() {
        Schedule schedule = new WarmUp(2, 4, new MilestoneSchedule(1, List.of(1), 0.5));
        assertThat(IntStream.range(0, 12).mapToObj(step -> atStep(schedule, step)))
                .containsExactly(
                        0.1f, 0.2f, 0.3f, 0.4f, 0.5f, // of 1
                        0.3f, 0.35f, 0.4f, 0.45f, 0.5f, // of 0.5
                        0.5f, 0.5f);
    }

    @Test
    void schedulesOfStepsRefuseWhatTheyCannotFollow() {
        assertThatThrownBy(() -> new WarmUp(5, 4, Schedule.constant(1)))
                .hasMessage("warm-up must take at least 1 and at most 4 epochs, got 5");
        assertThatThrownBy(() -> new OneCycleSchedule(1, 0.6, 0.1, 0.1))
                .hasMessage("rise of a cycle must be above 0 and at most 0.5, got 0.6");
        assertThatThrownBy(() -> new OneCycleSchedule(1, 0.4, 0, 0.1)).hasMessageContaining("shares of the highest");
        assertThatThrownBy(() -> new HalvingSchedule(1, 0)).hasMessageContaining("at least 1, got 0");
        assertThatThrownBy(() -> new MilestoneSchedule(1, List.of(0), 0.1)).hasMessageContaining("at least 1, got [0]");
        assertThatThrownBy(() -> new MilestoneSchedule(1, List.of(2), 0)).hasMessageContaining("above 0");
        assertThatThrownBy(() -> new StepCosineSchedule(0)).hasMessage("lr must be above 0, got 0.0");
        assertThatThrownBy(() -> new Clock(3, 3, 0)).hasMessage("step 3 of 3 in epoch 0");
    }
}
