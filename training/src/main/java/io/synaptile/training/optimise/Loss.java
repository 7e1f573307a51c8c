/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.training.optimise;

/** A loss of class scores. */
public interface Loss {
    /**
     * Mean loss of a batch and its derivative.
     *
     * @param scores shape {@code [samples, classes]}, not changed
     * @param labels class of each sample; its length is the number of samples
     * @param gradient receives the derivative of the mean by the scores, same shape as {@code scores}
     */
    double evaluate(float[] scores, int[] labels, float[] gradient);
}
