/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.experiment.file;

/** Block {@code train.prune}. */
public record PruneBlock(
        @Key(value = "Prune the SRAM words.", otherwise = "false")
        boolean enabled,

        @Key(
                value = "Input channels of a group; a group has the words of one output.",
                otherwise = "16",
                range = "[1, 65536]",
                source = "published code of Kuang and Cao, as the defaults of this block")
        int group,

        @Key(value = "Strength of the penalty on the norms of the groups.", otherwise = "1e-4", range = "[0, 1000]")
        double lambda,

        @Key(
                value = "Groups whose norm exceeds this share of the mean are not pushed down on their own.",
                otherwise = "1",
                range = "(0, 1000]")
        double ratio,

        @Key(
                value = "Words whose latent weight is at most this share of the largest of the layer are 0.",
                otherwise = "0.005",
                range = "[0, 1)")
        double threshold,

        @Key(value = "Leave the first layer of the network as it is.", otherwise = "true")
        boolean keepFirst,

        @Key(value = "Treat the mean as a constant in the derivative of the penalty.", otherwise = "false")
        boolean constantMean,

        @Key(
                value =
                        "Last epochs in which pruned groups stay pruned and nothing is pushed down, so that the other words settle; fewer than train.epochs.",
                otherwise = "0",
                range = "[0, inf)")
        int settleEpochs) {
    public PruneBlock {
        Interval.check("group", group, "[1, 65536]");
        Interval.check("lambda", lambda, "[0, 1000]");
        Interval.check("ratio", ratio, "(0, 1000]");
        Interval.check("threshold", threshold, "[0, 1)");
        Interval.check("settle_epochs", settleEpochs, "[0, inf)");
    }
}
