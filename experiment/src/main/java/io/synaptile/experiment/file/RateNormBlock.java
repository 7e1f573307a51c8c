/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.experiment.file;

import java.util.Optional;

/** Block {@code train.rate_norm}. */
public record RateNormBlock(
        @Key(
                value =
                        "How much the second stage lowers omega, the steps that rates need, against keeping the scores.",
                otherwise = "0.1",
                range = "[0, 1000]",
                source = "Ding et al., IJCAI 2021, as the defaults of this block",
                addedLater = true)
        double lambda,

        @Key(
                value =
                        "Epochs of the second stage, in which the scales of the rate norms alone are trained; 0 for none.",
                otherwise = "10",
                range = "[0, inf)",
                addedLater = true)
        int epochs,

        @Key(
                value = "Accuracy on the validation images that the second stage may lose before it ends.",
                otherwise = "10",
                range = "[0, 100]",
                unit = "%",
                addedLater = true)
        double tolerancePercent,

        @Key(
                value =
                        "Scale of every rate norm at the start of the second stage; thresholds are its sigmoid, or its magnitude, times the running maximum. Not 0 for magnitude, where it would not move.",
                otherwise = "2.5",
                range = "[-1000, 1000]",
                addedLater = true)
        double initialScale,

        @Key(value = "One scale for all rate norms.", otherwise = "true", addedLater = true)
        boolean shareScale,

        @Key(
                value = "Whether a scale acts through its sigmoid or its magnitude.",
                otherwise = "sigmoid",
                addedLater = true)
        Form form,

        @Key(
                value =
                        "Whose scores the second stage is to keep: those of the first stage's model (frozen), or its own (self), as published, which keeps nothing.",
                otherwise = "frozen",
                addedLater = true)
        Teacher teacher,

        @Key(
                value = "Batches from one look at the validation images to the next.",
                otherwise = "100",
                range = "[1, inf)",
                addedLater = true)
        int validateEvery,

        @Key(value = "Update rule of the second stage.", otherwise = "sgd", decides = true, addedLater = true)
        Optimizer optimizer,

        @Key(value = "Learning rate of the second stage.", otherwise = "1e-3", range = "(0, 1000]", addedLater = true)
        double lr,

        @Key(
                value = "Momentum of the second stage.",
                kinds = "sgd",
                otherwise = "0.9",
                range = "[0, 1)",
                addedLater = true)
        Optional<Double> momentum,

        @Key(
                value = "Weight decay of the scales in the second stage.",
                otherwise = "1e-4",
                range = "[0, 1000]",
                addedLater = true)
        double weightDecay,

        @Key(
                value = "Fraction of its threshold at which a membrane starts.",
                otherwise = "0",
                range = "[0, 1)",
                source = "Bu et al., AAAI 2022",
                addedLater = true)
        double initial,

        @Key(
                value =
                        "Whether a layer sees the spikes of the layer before at the step they are fired in (feedforward), or one step later (pipelined).",
                otherwise = "feedforward",
                addedLater = true)
        ConvertBlock.Schedule schedule) {

    /** Values of {@code train.rate_norm.form}. */
    public enum Form {
        SIGMOID,
        MAGNITUDE
    }

    /** Values of {@code train.rate_norm.teacher}. */
    public enum Teacher {
        FROZEN,
        SELF
    }

    /** Values of {@code train.rate_norm.optimizer}. */
    public enum Optimizer {
        SGD,
        ADAM
    }

    public RateNormBlock {
        Interval.check("lambda", lambda, "[0, 1000]");
        Interval.check("epochs", epochs, "[0, inf)");
        Interval.check("tolerance_percent", tolerancePercent, "[0, 100]");
        Interval.check("initial_scale", initialScale, "[-1000, 1000]");
        Interval.check("validate_every", validateEvery, "[1, inf)");
        Interval.check("lr", lr, "(0, 1000]");
        Interval.check("momentum", momentum, "[0, 1)");
        Interval.check("weight_decay", weightDecay, "[0, 1000]");
        Interval.check("initial", initial, "[0, 1)");
        if (form == Form.MAGNITUDE && initialScale == 0) {
            throw new InvalidSetting(
                    "initial_scale",
                    "must be above or below 0 with train.rate_norm.form magnitude, whose slope at 0 is 0, so that the second"
                            + " stage could not move it, got 0");
        }
    }
}
