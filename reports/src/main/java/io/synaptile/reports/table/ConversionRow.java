/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.reports.table;

import java.util.List;
import java.util.OptionalInt;

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
    /** Share of the artificial network's accuracy that counts as reached. */
    private static final double REACHED = 0.99;

    /** The first step at which 99 % of the artificial network's accuracy is reached; empty if that is not in these rows of one model. */
    public static OptionalInt reachedAt(List<ConversionRow> model) {
        return model.stream()
                .filter(row -> row.accuracyPercent() >= REACHED * row.artificialAccuracyPercent())
                .mapToInt(ConversionRow::timeStep)
                .findFirst();
    }

    /** The same as a row of another design point. */
    public ConversionRow at(int other) {
        return new ConversionRow(other, seed, model, timeStep, accuracyPercent, artificialAccuracyPercent, spikesMean);
    }
}
