/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.training;

/**
 * Outcome of one epoch.
 *
 * @param epoch from 0
 * @param learningRate rate of its last step
 * @param loss mean over the training samples, each at the time it was visited
 * @param trainAccuracy fraction of the training samples, each at the time it was visited, with the weights of its batch
 * @param validationAccuracy fraction of the validation samples after the epoch, with unvaried weights
 */
public record EpochResult(
        int epoch, float learningRate, double loss, double trainAccuracy, double validationAccuracy) {}
