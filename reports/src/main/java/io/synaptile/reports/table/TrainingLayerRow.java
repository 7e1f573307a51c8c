/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.reports.table;

/**
 * One parameter, or the neurons of one layer, after one epoch of one training of one design point.
 *
 * @param epoch from 1
 * @param layer node of the network
 * @param parameter name of the parameter; {@link #SPIKES} for neurons
 * @param norm Euclidean norm
 * @param gradientNorm Euclidean norm of the gradient, mean over the batches; NaN where weights are on the backend's device
 * @param zerosPercent values that are 0 as the network is evaluated
 * @param firingRate spikes per neuron and time step on the images that judge an epoch
 */
public record TrainingLayerRow(
        @Cell(name = "point", label = "Point") int point,
        @Cell(name = "seed", label = "Seed") long seed,
        @Cell(name = "epoch", label = "Epoch") int epoch,
        @Cell(name = "layer", label = "Layer") String layer,

        @Cell(name = "parameter", label = "Parameter, or spikes of neurons")
        String parameter,

        @Cell(name = "norm", label = "Euclidean norm") double norm,

        @Cell(name = "gradient_norm", label = "Euclidean norm of the gradient, mean of the batches")
        double gradientNorm,

        @Cell(name = "zeros_percent", label = "Values that are 0 as evaluated", unit = "%")
        double zerosPercent,

        @Cell(name = "firing_rate", label = "Spikes per neuron and time step after the epoch")
        double firingRate) {
    /** Stands in the place of a parameter's name. */
    public static final String SPIKES = "spikes";
}
