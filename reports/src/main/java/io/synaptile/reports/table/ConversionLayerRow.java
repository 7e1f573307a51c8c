/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.reports.table;

/**
 * How far the firing rates of one layer are from the activations that they stand for, after one time step.
 *
 * @param seed of the training
 * @param layer name of the neurons
 * @param timeStep from 1
 * @param rateError squared distance of the rates of all neurons from the activations over the activation of one spike per step,
 *     relative to the squared norm of the latter
 * @param residualPotentialMean mean magnitude of what is left on a membrane, in thresholds
 */
public record ConversionLayerRow(
        @Cell(name = "point", label = "Point") int point,
        @Cell(name = "seed", label = "Seed") long seed,
        @Cell(name = "layer", label = "Layer") String layer,
        @Cell(name = "time_step", label = "Time step") int timeStep,

        @Cell(name = "rate_error", label = "Squared rate error, relative")
        double rateError,

        @Cell(name = "residual_potential_mean", label = "Residual membrane potential, mean", unit = "thresholds")
        double residualPotentialMean) {
    /** The same as a row of another design point. */
    public ConversionLayerRow at(int other) {
        return new ConversionLayerRow(other, seed, layer, timeStep, rateError, residualPotentialMean);
    }
}
