/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.cli.experiment.file;

/** Block {@code simulate}. 0 samples mean all, 0 time steps as many as the network was trained with. */
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

        @Key(value = "Rule that ends an inference early.", otherwise = "none")
        Stop stop,

        @Key(value = "Images simulated at a time.", otherwise = "64", range = "[1, inf)")
        int batch,

        @Key("Adaptation of the norms to every chip after it has been programmed.")
        NormAdaptation normAdaptation) {
    /** Block {@code simulate.norm_adaptation}. */
    public record NormAdaptation(
            @Key(
                    value =
                            "Batches of data.batch training images over which the statistics of the norms are estimated anew, with exact read-out.",
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
        NONE
    }

    public SimulateBlock {
        Interval.check("instances", instances, "[1, 1000000]");
        Interval.check("samples", samples, "[0, inf)");
        Interval.check("time_steps", timeSteps, "[0, 4096]");
        Interval.check("batch", batch, "[1, inf)");
    }
}
