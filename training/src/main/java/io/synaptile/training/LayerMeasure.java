/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.training;

import java.util.Objects;

/**
 * What an epoch left of one parameter of a layer, or how often the neurons of a layer fired; NaN where a figure has no meaning
 * or is not known.
 *
 * @param layer name of the network's node
 * @param role name of the parameter, empty for neurons
 * @param norm Euclidean norm of the parameter as the optimiser left it
 * @param gradientNorm Euclidean norm of the derivative of the loss by it, mean over the batches of the epoch; not known where
 *     the weights are on the backend's device
 * @param zeros fraction of its values that are 0 as the network is evaluated, which for weights is after quantisation
 * @param rate spikes per neuron and time step on the validation images
 */
public record LayerMeasure(String layer, String role, double norm, double gradientNorm, double zeros, double rate) {
    public LayerMeasure {
        Objects.requireNonNull(layer);
        Objects.requireNonNull(role);
    }

    /** Of neurons. */
    static LayerMeasure ofNeurons(String layer, double rate) {
        return new LayerMeasure(layer, "", Double.NaN, Double.NaN, Double.NaN, rate);
    }
}
