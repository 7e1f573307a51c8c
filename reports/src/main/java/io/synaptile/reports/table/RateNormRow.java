/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.reports.table;

/**
 * A look at the validation images in the second stage of a training with rate norms.
 *
 * @param batch number of batches of the stage trained before; 0 is the model of the first stage
 * @param accuracyPercent on the validation images
 * @param omega mean over the rate norms and the scores; the squared error of rates after t steps is at most omega / t
 * @param scales of the rate norms in their order, separated by spaces
 * @param model name of the model that was saved, as in conversion.csv; empty if it was not
 */
public record RateNormRow(
        @Cell(name = "point", label = "Point") int point,
        @Cell(name = "seed", label = "Seed") long seed,
        @Cell(name = "batch", label = "Batches") int batch,
        @Cell(name = "lambda", label = "Lambda") double lambda,

        @Cell(name = "accuracy_percent", label = "Accuracy on the validation images", unit = "%")
        double accuracyPercent,

        @Cell(name = "omega", label = "Omega") double omega,
        @Cell(name = "scales", label = "Scales") String scales,
        @Cell(name = "model", label = "Saved as") String model) {
    /** The same as a row of another design point. */
    public RateNormRow at(int other) {
        return new RateNormRow(other, seed, batch, lambda, accuracyPercent, omega, scales, model);
    }
}
