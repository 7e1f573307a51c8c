/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.experiment.file;

import java.util.List;
import java.util.Optional;

/** Block {@code train.schedule}. */
public record ScheduleBlock(
        @Key(
                value =
                        "Divided by 10 once 50, 70 and 90 % of the epochs are over (stepped), one epoch later and only where these shares are whole epochs (stepped-published), multiplied by a factor after given epochs (milestones), halved again and again, half a cosine, constant; or up and down in the course of the training, step by step (one-cycle).",
                otherwise = "stepped",
                source = "stepped-published: published code of Kim and Panda 2021; one-cycle: Smith 2018")
        Kind kind,

        @Key(
                value = "Whether the rate falls between epochs or with every step.",
                kinds = "cosine",
                otherwise = "epoch",
                addedLater = true)
        Optional<By> by,

        @Key(
                value = "Numbers of finished epochs after which the rate is multiplied by the factor.",
                kinds = "milestones",
                range = "[1, inf)")
        Optional<List<Integer>> epochs,

        @Key(
                value = "Factor on the rate after each of these.",
                kinds = "milestones",
                otherwise = "0.1",
                range = "(0, 1]")
        Optional<Double> factor,

        @Key(value = "Epochs after which the rate is halved.", kinds = "halving", range = "[1, inf)")
        Optional<Integer> every,

        @Key(
                value = "Share of the steps in which the rate rises to train.optimizer.lr; it falls in as many.",
                kinds = "one-cycle",
                otherwise = "0.45",
                range = "(0, 0.5]")
        Optional<Double> rise,

        @Key(
                value = "Rate before and after the cycle, as a share of train.optimizer.lr.",
                kinds = "one-cycle",
                otherwise = "0.1",
                range = "(0, 1]")
        Optional<Double> start,

        @Key(
                value = "Rate of the last step, as a share of train.optimizer.lr.",
                kinds = "one-cycle",
                otherwise = "0.001",
                range = "(0, 1]")
        Optional<Double> end,

        @Key(
                value =
                        "First epochs in which the rate grows with every step up to that of the schedule; not for one-cycle, which has a rise of its own.",
                otherwise = "none",
                range = "[1, inf)",
                source = "Goyal et al., arXiv:1706.02677, 2017")
        Optional<Integer> warmUp) {

    /** Values of {@code train.schedule.kind}. */
    public enum Kind {
        STEPPED,
        STEPPED_PUBLISHED,
        MILESTONES,
        HALVING,
        COSINE,
        CONSTANT,
        ONE_CYCLE
    }

    /** Values of {@code train.schedule.by}. */
    public enum By {
        EPOCH,
        STEP
    }

    public ScheduleBlock {
        epochs = epochs.map(List::copyOf);
        epochs.ifPresent(numbers -> numbers.forEach(epoch -> Interval.check("epochs", epoch, "[1, inf)")));
        Interval.check("factor", factor, "(0, 1]");
        every.ifPresent(number -> Interval.check("every", number, "[1, inf)"));
        Interval.check("rise", rise, "(0, 0.5]");
        Interval.check("start", start, "(0, 1]");
        Interval.check("end", end, "(0, 1]");
        warmUp.ifPresent(number -> Interval.check("warm_up", number, "[1, inf)"));
        if (kind == Kind.ONE_CYCLE && warmUp.isPresent()) {
            throw new InvalidSetting(
                    "warm_up", "has no meaning for kind one-cycle, which begins with a rise, got " + warmUp.get());
        }
    }
}
