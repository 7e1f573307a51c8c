/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.training;

/**
 * How far an epoch is.
 *
 * @param epoch from 0
 * @param epochs all epochs of the training
 * @param batchesDone batches finished in this epoch
 * @param batches all batches of this epoch
 * @param loss mean over the samples of this epoch so far
 * @param imagesPerSecond training images per second of host time in this epoch so far
 */
public record BatchProgress(
        int epoch, int epochs, int batchesDone, int batches, double loss, double imagesPerSecond) {}
