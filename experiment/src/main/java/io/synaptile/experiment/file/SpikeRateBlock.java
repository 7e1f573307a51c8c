/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.experiment.file;

/** Block {@code train.spike_rate}. */
public record SpikeRateBlock(
        @Key(
                value =
                        "Weight of the penalty in the loss: for every layer of neurons the squared rate beyond above_percent, as a fraction. 1 to 100 are usual.",
                otherwise = "off",
                range = "[0, inf)",
                zero = "off",
                source = "after Zenke and Vogels, Neural Computation 2021")
        double weight,

        @Key(
                value = "Spikes of a layer per 100 neurons and time steps that cost nothing.",
                otherwise = "10",
                range = "[0, 100)")
        double abovePercent) {
    public SpikeRateBlock {
        Interval.check("weight", weight, "[0, inf)");
        Interval.check("above_percent", abovePercent, "[0, 100)");
    }
}
