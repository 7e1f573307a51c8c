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
        int point,
        int instance,
        long seed,
        int timeSteps,
        double accuracyPercent,
        double softwareAccuracyPercent,
        double spikesPerInference,
        double synapticOpsPerInference,
        double energyPicojoules,
        double chipLatencyNanoseconds,
        int tiles,
        double tileUtilisationPercent,
        double timeStepsUsed,
        int images) {}
