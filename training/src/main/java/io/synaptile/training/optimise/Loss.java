/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.training.optimise;

import java.util.Optional;

/** A loss of class scores, which may have a term of hidden layers. */
public interface Loss {
    /**
     * Mean loss of a batch and its derivative.
     *
     * @param scores shape {@code [samples, classes]}, not changed
     * @param labels class of each sample; its length is the number of samples
     * @param gradient receives the derivative of the mean by the scores, same shape as {@code scores}
     */
    double evaluate(float[] scores, int[] labels, float[] gradient);

    /** What is added to {@link #evaluate} for outputs of hidden layers; empty where the scores alone count. */
    default Optional<HiddenTerm> hidden() {
        return Optional.empty();
    }

    /**
     * Number of classes.
     *
     * @throws IllegalArgumentException if the lengths do not fit each other
     */
    static int classes(float[] scores, int[] labels, float[] gradient) {
        int classes = scores.length / labels.length;
        if (classes * labels.length != scores.length || gradient.length != scores.length) {
            throw new IllegalArgumentException(scores.length + " scores and " + gradient.length + " derivatives for "
                    + labels.length + " samples");
        }
        return classes;
    }
}
