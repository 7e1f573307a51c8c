/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.reports.table;

/**
 * One chip instance of one design point.
 *
 * @param point number of the design point, 0 for a single design
 * @param instance number of the chip instance
 * @param seed of the instance
 * @param timeSteps steps of an inference that is not ended early
 * @param synapticOpsPerInference effective synaptic operations as NeuroBench counts them
 * @param timeStepsUsed steps that a sample ran until it stopped, mean over the samples
 * @param images that both accuracies are of
 */
public record ResultRow(
        @Cell(name = "point", label = "Point") int point,
        @Cell(name = "instance", label = "Instance") int instance,
        @Cell(name = "seed", label = "Seed") long seed,
        @Cell(name = "time_steps", label = "Time steps") int timeSteps,

        @Cell(name = "accuracy_percent", label = "Accuracy", unit = "%")
        double accuracyPercent,

        @Cell(name = "software_accuracy_percent", label = "Software accuracy", unit = "%")
        double softwareAccuracyPercent,

        @Cell(name = "spikes_per_inference", label = "Spikes per inference")
        double spikesPerInference,

        @Cell(name = "synaptic_ops_per_inference", label = "Synaptic operations per inference")
        double synapticOpsPerInference,

        @Cell(name = "energy_pJ", label = "Energy", unit = "pJ")
        double energyPicojoules,

        @Cell(name = "chip_latency_ns", label = "Chip latency", unit = "ns")
        double chipLatencyNanoseconds,

        @Cell(name = "tiles", label = "Tiles") int tiles,

        @Cell(name = "tile_utilisation_percent", label = "Tile utilisation", unit = "%")
        double tileUtilisationPercent,

        @Cell(name = "time_steps_used", label = "Time steps used")
        double timeStepsUsed,

        @Cell(name = "images", label = "Images") int images) {}
