/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.reports.table;

/**
 * One candidate of a comparison on chips with one amount of programming variation.
 *
 * @param method name of the candidate
 * @param scale factor on the programming variation
 * @param timeSteps of an inference
 * @param chips that were simulated
 * @param softwareAccuracyPercent of the network without hardware, on the images that chips saw
 * @param accuracySdPercent NaN for one chip
 * @param repairedAccuracyMeanPercent with SRAM words beside the cells; NaN where nothing was repaired
 * @param repairedAccuracySdPercent NaN for one chip too
 * @param repairedEnergyPicojoules NaN where nothing was repaired
 * @param weightSparsityPercent part of the deployed weights that are 0
 */
public record ComparisonRow(
        @Cell(name = "method", label = "Method") String method,

        @Cell(name = "variation_scale", label = "Programming variation, factor")
        double scale,

        @Cell(name = "time_steps", label = "Time steps") int timeSteps,
        @Cell(name = "chips", label = "Chips") int chips,

        @Cell(name = "software_accuracy_percent", label = "Software accuracy", unit = "%")
        double softwareAccuracyPercent,

        @Cell(name = "accuracy_mean_percent", label = "Accuracy, mean", unit = "%")
        double accuracyMeanPercent,

        @Cell(name = "accuracy_sd_percent", label = "Accuracy, sd", unit = "%")
        double accuracySdPercent,

        @Cell(name = "repaired_accuracy_mean_percent", label = "Accuracy after repair, mean", unit = "%")
        double repairedAccuracyMeanPercent,

        @Cell(name = "repaired_accuracy_sd_percent", label = "Accuracy after repair, sd", unit = "%")
        double repairedAccuracySdPercent,

        @Cell(name = "spikes_mean", label = "Spikes per inference, mean")
        double spikesMean,

        @Cell(name = "synaptic_ops_mean", label = "Synaptic operations per inference, mean")
        double synapticOperationsMean,

        @Cell(name = "energy_mean_pJ", label = "Energy per inference, mean", unit = "pJ")
        double energyMeanPicojoules,

        @Cell(name = "repaired_energy_mean_pJ", label = "Energy per inference after repair, mean", unit = "pJ")
        double repairedEnergyPicojoules,

        @Cell(name = "chip_latency_ns", label = "Latency of the chip", unit = "ns")
        double latencyNanoseconds,

        @Cell(name = "tiles", label = "Tiles") int tiles,

        @Cell(name = "weight_sparsity_percent", label = "Weights that are 0", unit = "%")
        double weightSparsityPercent) {
    /** The same with what a repair came to. */
    public ComparisonRow repaired(double meanPercent, double sdPercent, double picojoules) {
        return new ComparisonRow(
                method,
                scale,
                timeSteps,
                chips,
                softwareAccuracyPercent,
                accuracyMeanPercent,
                accuracySdPercent,
                meanPercent,
                sdPercent,
                spikesMean,
                synapticOperationsMean,
                energyMeanPicojoules,
                picojoules,
                latencyNanoseconds,
                tiles,
                weightSparsityPercent);
    }
}
