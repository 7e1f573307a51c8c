/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.experiment.file;

import java.util.Optional;

/** Block {@code train.convert}. */
public record ConvertBlock(
        @Key(
                value =
                        "What stands for neurons in the artificial network, and so where thresholds come from: rectifiers, whose thresholds are percentiles of their activations (percentile), or activations of a few levels, whose largest one is trained (qcfs).",
                otherwise = "percentile",
                source = "percentile: Lu and Sengupta, Frontiers in Neuroscience 2020; qcfs: Bu et al., ICLR 2022",
                addedLater = true)
        Kind kind,

        @Key(
                value = "Percentile of the activations of a layer that one spike per step stands for.",
                kinds = "percentile",
                otherwise = "99.9",
                range = "(0, 100]",
                source = "published code of Lu and Sengupta 2020",
                addedLater = true)
        Optional<Double> percentile,

        @Key(
                value =
                        "Training images that percentiles are found on, the first ones, without augmentation; auto is 512, or all where there are fewer.",
                kinds = "percentile",
                otherwise = "auto",
                range = "[0, inf)",
                zero = "auto",
                addedLater = true)
        Optional<Integer> images,

        @Key(
                value = "Whether zeros of a rectifier count in its percentile.",
                kinds = "percentile",
                otherwise = "all",
                source = "published code of Lu and Sengupta 2020",
                addedLater = true)
        Optional<Over> over,

        @Key(
                value = "One scale for a layer, or one for each of its channels.",
                kinds = "percentile",
                otherwise = "layer",
                source = "Rueckauer et al., Frontiers in Neuroscience 2017; Kim et al., AAAI 2020",
                addedLater = true)
        Optional<Scale> scale,

        @Key(
                value = "Levels above 0 of an activation, which suit about as many time steps.",
                kinds = "qcfs",
                otherwise = "8",
                range = "[1, 1024]",
                source = "Bu et al., ICLR 2022",
                addedLater = true)
        Optional<Integer> levels,

        @Key(
                value = "Largest value of an activation before training.",
                kinds = "qcfs",
                otherwise = "4",
                range = "(0, 1e6]",
                source = "published code of Bu et al., ICLR 2022",
                addedLater = true)
        Optional<Double> ceiling,

        @Key(
                value = "Fraction of its threshold at which a membrane starts.",
                byKind = @Key.ByKind(kinds = "qcfs", otherwise = "0.5"),
                otherwise = "0",
                range = "[0, 1)",
                source = "Bu et al., AAAI 2022",
                addedLater = true)
        Optional<Double> initial,

        @Key(
                value =
                        "Whether a layer sees the spikes of the layer before at the step they are fired in (feedforward), or one step later (pipelined).",
                otherwise = "feedforward",
                source = "published code of Lu and Sengupta 2020 (--one-step)",
                addedLater = true)
        Schedule schedule) {

    /** Values of {@code train.convert.kind}. */
    public enum Kind {
        PERCENTILE,
        QCFS
    }

    /** Values of {@code train.convert.over}. */
    public enum Over {
        ALL,
        POSITIVE
    }

    /** Values of {@code train.convert.scale}. */
    public enum Scale {
        LAYER,
        CHANNEL
    }

    /** Values of {@code train.convert.schedule}. */
    public enum Schedule {
        FEEDFORWARD,
        PIPELINED
    }

    public ConvertBlock {
        Interval.check("percentile", percentile, "(0, 100]");
        images.ifPresent(count -> Interval.check("images", count, "[0, inf)"));
        levels.ifPresent(count -> Interval.check("levels", count, "[1, 1024]"));
        Interval.check("ceiling", ceiling, "(0, 1e6]");
        Interval.check("initial", initial, "[0, 1)");
    }
}
