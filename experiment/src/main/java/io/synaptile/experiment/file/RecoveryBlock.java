/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.experiment.file;

/** Block {@code train.recovery}; it counts where {@code hardware.codec} is rram-plus-shifted-sram. */
public record RecoveryBlock(
        @Key(
                value =
                        "What the SRAM words start as: a copy of the RRAM weights, the weights of another model (baseline), 0, random (xavier), or the words of a recovered model (sram).",
                otherwise = "rram",
                source = "published code of Kuang and Cao")
        Init init,

        @Key(value = "Run folder or model file for init baseline, relative to the experiment file.", otherwise = "''")
        String baseline,

        @Key(
                value =
                        "Which RRAM the words are trained beside: chips drawn afresh for every batch from train.variation (population), or the cells of one chip as simulate programs it (instance; train.variation is not used).",
                otherwise = "population")
        Against against,

        @Key(value = "Number of that chip.", otherwise = "0", range = "[0, 1000000)")
        int instance,

        @Key(
                value =
                        "Follow the published code where it differs from the method: from the RRAM model only the statistics of the norms are loaded, words have the bits of the RRAM unless they are shifted, words that start at 0 become the smallest level, and the sum is divided by 2.",
                otherwise = "false")
        @Formerly("exact_seed")
        boolean asPublished) {
    /** Values of {@code train.recovery.init}. */
    public enum Init {
        RRAM,
        BASELINE,
        ZERO,
        XAVIER,
        SRAM
    }

    /** Values of {@code train.recovery.against}. */
    public enum Against {
        POPULATION,
        INSTANCE
    }

    public RecoveryBlock {
        Interval.check("instance", instance, "[0, 1000000)");
        if (init == Init.BASELINE && baseline.isEmpty()) {
            throw new InvalidSetting("baseline", "must name a run folder or model file for init baseline, got ''");
        }
    }
}
