/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.reports.table;

/**
 * One time step of a spiking network that was converted from an artificial one, both without hardware and on all test images.
 *
 * @param seed of the training
 * @param model which of the models that the training saved; empty where it saved one
 * @param timeStep from 1
 * @param accuracyPercent if every sample stopped after this step
 * @param artificialAccuracyPercent of the artificial network
 * @param spikesMean of all neurons up to and including this step, mean over the images
 */
public record ConversionRow(
        @Cell(name = "point", label = "Point") int point,
        @Cell(name = "seed", label = "Seed") long seed,
        @Cell(name = "model", label = "Model") String model,
        @Cell(name = "time_step", label = "Time step") int timeStep,

        @Cell(name = "accuracy_percent", label = "Accuracy of the spiking network", unit = "%")
        double accuracyPercent,

        @Cell(name = "artificial_accuracy_percent", label = "Accuracy of the artificial network", unit = "%")
        double artificialAccuracyPercent,

        @Cell(name = "spikes_mean", label = "Spikes per image")
        double spikesMean) {
    /** The same as a row of another design point. */
    public ConversionRow at(int other) {
        return new ConversionRow(other, seed, model, timeStep, accuracyPercent, artificialAccuracyPercent, spikesMean);
    }
}
