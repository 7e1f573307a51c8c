/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.reports.table;

/**
 * One of several trainings of one design point that differ by their seed.
 *
 * @param keptEpoch epoch that the model is from, from 1
 * @param validationAccuracyPercent after that epoch
 * @param testAccuracyPercent of the network without hardware, on all test images
 * @param chips that the network was written to; 0 before they are simulated
 * @param accuracyMeanPercent of these chips, NaN before they are simulated
 * @param accuracySdPercent NaN for fewer than two chips
 */
public record SeedRow(
        @Cell(name = "point", label = "Point") int point,
        @Cell(name = "seed", label = "Seed") long seed,

        @Cell(name = "kept_epoch", label = "Epoch that is kept")
        int keptEpoch,

        @Cell(name = "accuracy_after_epoch_percent", label = "Accuracy after that epoch", unit = "%")
        double validationAccuracyPercent,

        @Cell(name = "test_accuracy_percent", label = "Software accuracy, all test images", unit = "%")
        double testAccuracyPercent,

        @Cell(name = "chips", label = "Chips") int chips,

        @Cell(name = "accuracy_mean_percent", label = "Accuracy of the chips, mean", unit = "%")
        double accuracyMeanPercent,

        @Cell(name = "accuracy_sd_percent", label = "Accuracy of the chips, sd", unit = "%")
        double accuracySdPercent) {
    /** The same as a row of another design point. */
    public SeedRow at(int other) {
        return new SeedRow(
                other,
                seed,
                keptEpoch,
                validationAccuracyPercent,
                testAccuracyPercent,
                chips,
                accuracyMeanPercent,
                accuracySdPercent);
    }

    /** The same with what chips came to. */
    public SeedRow on(int number, double meanPercent, double sdPercent) {
        return new SeedRow(
                point, seed, keptEpoch, validationAccuracyPercent, testAccuracyPercent, number, meanPercent, sdPercent);
    }
}
