/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.experiment.file;

import java.util.Optional;

/** Block {@code train.dsr}. */
public record DsrBlock(
        @Key(
                value =
                        "Neurons of every layer, that of the output too: leaky (lif), or perfect integrators (if). They take the place of those of the network block.",
                otherwise = "lif",
                source = "Meng et al., CVPR 2022, as the defaults of this block: its published code for 20 time steps",
                addedLater = true)
        Kind kind,

        @Key(
                value =
                        "Threshold of every layer before training; also what a spike is worth, divided by the step where neurons leak.",
                otherwise = "0.3",
                byKind = @Key.ByKind(kinds = "if", otherwise = "6"),
                range = "[1e-6, 1e6]",
                addedLater = true)
        double threshold,

        @Key(value = "Whether training moves thresholds, one of every layer.", otherwise = "true", addedLater = true)
        boolean learnThreshold,

        @Key(
                value = "Lowest threshold that training leads to.",
                otherwise = "0.0005",
                byKind = @Key.ByKind(kinds = "if", otherwise = "0.01"),
                range = "[1e-6, 1e6]",
                addedLater = true)
        double bound,

        @Key(
                value = "Part of the threshold at which a neuron fires; the reset subtracts all of it.",
                otherwise = "0.3",
                byKind = @Key.ByKind(kinds = "if", otherwise = "0.5"),
                range = "[0.01, 10]",
                addedLater = true)
        double firingShare,

        @Key(
                value = "Time constant of the membrane.",
                kinds = "lif",
                otherwise = "1",
                range = "[1e-3, 1e3]",
                addedLater = true)
        Optional<Double> tau,

        @Key(
                value = "Time from one step to the next, in the unit of tau.",
                kinds = "lif",
                otherwise = "0.05",
                range = "[1e-4, 10]",
                addedLater = true)
        Optional<Double> step,

        @Key(
                value = "Factor on the derivative by a threshold; the published code has 0.001 for ImageNet.",
                otherwise = "1",
                range = "[0, 1000]",
                addedLater = true)
        double thresholdFactor,

        @Key(
                value =
                        "First steps of the optimiser in which the learning rate grows up to that of the schedule; auto is 400, or a tenth of all where that is less.",
                otherwise = "auto",
                range = "[0, inf)",
                zero = "auto",
                addedLater = true)
        int warmUp,

        @Key(
                value =
                        "First epochs of train.epochs in which the network is trained with rectifiers, images themselves and one time step; its weights are what the spiking network starts from.",
                otherwise = "0",
                range = "[0, inf)",
                addedLater = true)
        int annEpochs,

        @Key(
                value = "Percentile of the activations of a layer that its threshold stands for after these epochs.",
                otherwise = "99.9",
                range = "(0, 100]",
                addedLater = true)
        double percentile,

        @Key(
                value =
                        "Training images that percentiles are found on, the first ones, without augmentation; auto is 512, or all where there are fewer.",
                otherwise = "auto",
                range = "[0, inf)",
                zero = "auto",
                addedLater = true)
        int images) {

    /** Values of {@code train.dsr.kind}. */
    public enum Kind {
        LIF,
        IF
    }

    public DsrBlock {
        Interval.check("threshold", threshold, "[1e-6, 1e6]");
        Interval.check("bound", bound, "[1e-6, 1e6]");
        Interval.check("firing_share", firingShare, "[0.01, 10]");
        Interval.check("tau", tau, "[1e-3, 1e3]");
        Interval.check("step", step, "[1e-4, 10]");
        Interval.check("threshold_factor", thresholdFactor, "[0, 1000]");
        Interval.check("warm_up", warmUp, "[0, inf)");
        Interval.check("ann_epochs", annEpochs, "[0, inf)");
        Interval.check("percentile", percentile, "(0, 100]");
        Interval.check("images", images, "[0, inf)");
        if (bound > threshold) {
            throw new InvalidSetting("bound", "must be at most train.dsr.threshold " + threshold + ", got " + bound);
        }
        if (annEpochs > 0 && !learnThreshold) {
            throw new InvalidSetting(
                    "ann_epochs", "must be 0 where train.dsr.learn_threshold is false, got " + annEpochs);
        }
    }
}
