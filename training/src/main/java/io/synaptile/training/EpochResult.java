/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.training;

import java.util.List;

/**
 * Outcome of one epoch.
 *
 * @param epoch from 0
 * @param learningRate rate of its last step
 * @param loss mean over the training samples, each at the time it was visited
 * @param trainAccuracy fraction of the training samples, each at the time it was visited, with the weights of its batch
 * @param validationAccuracy fraction of the validation samples after the epoch, mean over the draws of varied weights
 * @param layers parameters and neurons in the order of the network; empty where a checkpoint of an earlier version did not say
 */
public record EpochResult(
        int epoch,
        float learningRate,
        double loss,
        double trainAccuracy,
        double validationAccuracy,
        List<LayerMeasure> layers) {
    public EpochResult {
        layers = List.copyOf(layers);
    }
}
