/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.training.method.ratenorm;

import io.synaptile.training.optimise.Optimiser;
import java.util.Objects;

/**
 * How the scales of rate norms are trained in the second stage.
 *
 * @param epochs at most, 0 for no second stage
 * @param lambda weight of the mean omega in the loss, at least 0
 * @param tolerance accuracy on the validation images that may be lost, as a fraction
 * @param scale of every rate norm at the start of the stage
 * @param shared whether all rate norms have one scale
 * @param teacherMoves whether the teacher is the student itself, as published, and not the model of the first stage
 * @param optimiser of the scales
 * @param rate learning rate
 * @param decay weight decay of the scales
 * @param validateEvery batches from one look at the validation images to the next
 */
public record RateRule(
        int epochs,
        double lambda,
        double tolerance,
        float scale,
        boolean shared,
        boolean teacherMoves,
        Optimiser optimiser,
        float rate,
        float decay,
        int validateEvery) {
    public RateRule {
        Objects.requireNonNull(optimiser);
        if (epochs < 0 || validateEvery < 1) {
            throw new IllegalArgumentException("the second stage needs epochs of at least 0 and a look at least every"
                    + " batch, got " + epochs + " and " + validateEvery);
        }
        if (!(lambda >= 0) || !(tolerance >= 0)) {
            throw new IllegalArgumentException(
                    "lambda and the tolerance must be at least 0, got " + lambda + " and " + tolerance);
        }
    }
}
