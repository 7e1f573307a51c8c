/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.experiment.file;

/** Block {@code simulate}. 0 samples mean all, 0 time steps as many as the network was trained with, a stop
 * threshold of 0 that of the rule, a yield at 0 that none is asked for. */
public record SimulateBlock(
        @Key(
                value = "Chips that are programmed and simulated, each with its own variation.",
                otherwise = "20",
                range = "[1, 1000000]")
        int instances,

        @Key(
                value = "Test images per chip, from the beginning of the file.",
                otherwise = "all",
                range = "[0, inf)",
                zero = "all")
        int samples,

        @Key(
                value = "Simulation steps per image; with a bntt norm at most network.time_steps.",
                otherwise = "trained",
                range = "[0, 4096]",
                zero = "trained")
        int timeSteps,

        @Key(
                value =
                        "Rule that ends an inference early: for all images at the step where the norms' scales have become small"
                                + " (gamma-mean), or for each at the step where its two best classes are far enough apart"
                                + " (margin).",
                otherwise = "none",
                source = "gamma-mean: Kim and Panda 2021")
        Stop stop,

        @Key(
                value =
                        "For gamma-mean, the mean scale below which all images stop; for margin, the difference of softmax probabilities, below 1, above which an image stops. auto is 0.1 for gamma-mean and 0.9 for margin.",
                otherwise = "auto",
                range = "[0, 1000]",
                zero = "auto")
        double stopThreshold,

        @Key(value = "Images simulated at a time.", otherwise = "64", range = "[1, inf)")
        int batch,

        @Key("Adaptation of the norms to every chip after it has been programmed.")
        NormAdaptation normAdaptation,

        @Key(
                value = "Time between programming and the first image; how cells change in it depends on their kind.",
                otherwise = "0",
                range = "[0, 1e11]",
                unit = "s")
        double ageS,

        @Key(
                value = "Temperature at which the chips are kept and read.",
                name = "temperature_K",
                otherwise = "300",
                range = "(0, 2000]",
                unit = "K")
        double temperatureK,

        @Key(
                value =
                        "How aged chips compensate for drift: one factor per layer (global) or per physical column, from currents measured after programming and now.",
                otherwise = "none",
                source = "global: Joshi et al., Nature Communications 2020")
        Drift driftCompensation,

        @Key(
                value = "Accuracy that a chip needs; the share of chips that reach it is the yield of summary.csv.",
                otherwise = "none",
                range = "[0, 100]",
                unit = "%",
                zero = "none")
        double yieldAt,

        @Key(value = "What is written down of the activity inside the first chip.", hashed = false)
        RecordBlock record) {
    /** Values of {@code simulate.drift_compensation}. */
    public enum Drift {
        NONE,
        GLOBAL,
        PER_COLUMN
    }

    /** Block {@code simulate.norm_adaptation}. */
    public record NormAdaptation(
            @Key(
                    value =
                            "Batches of data.batch training images over which the statistics of the norms are re-estimated, with exact read-out.",
                    otherwise = "off",
                    range = "[0, 1000000]",
                    zero = "off")
            int batches,

            @Key(
                    value = "Passes over the training images that train the scales of the norms first.",
                    otherwise = "off",
                    range = "[0, 1000]",
                    zero = "off")
            int gammaEpochs,

            @Key(value = "Learning rate of the scales.", otherwise = "0.01", range = "(0, 1000]")
            double gammaLr) {
        public NormAdaptation {
            Interval.check("batches", batches, "[0, 1000000]");
            Interval.check("gamma_epochs", gammaEpochs, "[0, 1000]");
            Interval.check("gamma_lr", gammaLr, "(0, 1000]");
        }
    }

    /** Values of {@code simulate.stop}. */
    public enum Stop {
        NONE,
        GAMMA_MEAN,
        MARGIN
    }

    public SimulateBlock {
        Interval.check("instances", instances, "[1, 1000000]");
        Interval.check("samples", samples, "[0, inf)");
        Interval.check("time_steps", timeSteps, "[0, 4096]");
        Interval.check("stop_threshold", stopThreshold, "[0, 1000]");
        if (stop == Stop.MARGIN) {
            Interval.check("stop_threshold", stopThreshold, "[0, 1)");
        }
        Interval.check("batch", batch, "[1, inf)");
        Interval.check("age_s", ageS, "[0, 1e11]");
        Interval.check("temperature_K", temperatureK, "(0, 2000]");
        Interval.check("yield_at", yieldAt, "[0, 100]");
    }
}
