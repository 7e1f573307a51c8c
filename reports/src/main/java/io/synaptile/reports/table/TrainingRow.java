/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.reports.table;

/**
 * One epoch of one training of one design point.
 *
 * @param seed that the training drew from
 * @param epoch from 1
 * @param learningRate of the last step
 * @param loss mean over the training images, each when it was visited
 * @param trainAccuracyPercent of the training images, each when it was visited
 * @param validationAccuracyPercent after the epoch, of the validation images, or of the training images where none is held back
 * @param kept 1 for the epoch that the model is from, else 0
 */
public record TrainingRow(
        @Cell(name = "point", label = "Point") int point,
        @Cell(name = "seed", label = "Seed") long seed,
        @Cell(name = "epoch", label = "Epoch") int epoch,

        @Cell(name = "learning_rate", label = "Learning rate")
        double learningRate,

        @Cell(name = "loss", label = "Loss, mean of the training images")
        double loss,

        @Cell(name = "train_accuracy_percent", label = "Accuracy in training", unit = "%")
        double trainAccuracyPercent,

        @Cell(name = "accuracy_after_epoch_percent", label = "Accuracy after the epoch", unit = "%")
        double validationAccuracyPercent,

        @Cell(name = "kept", label = "1 where the model is from this epoch")
        int kept) {}
