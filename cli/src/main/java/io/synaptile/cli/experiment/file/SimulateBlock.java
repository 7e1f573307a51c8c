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
        int batch) {

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
