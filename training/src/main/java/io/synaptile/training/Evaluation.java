/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.training;

import io.synaptile.sim.compute.LayerActivity;

/**
 * Outcome of one pass over images; every image counts the same. The arrays are not to be written to.
 *
 * @param correct correct predictions if the run stopped after each step, {@code [timeSteps]}
 * @param predictions class predicted after each step, {@code [timeSteps][samples]}
 * @param activity sums over the samples by node id
 * @param hostNanos host time per sample as the backend measured it
 */
public record Evaluation(
        int samples, int[] correct, int[][] predictions, LayerActivity[] activity, long[] hostNanos) {
    /** Number of time steps. */
    public int timeSteps() {
        return correct.length;
    }

    /** Fraction of correct predictions after step {@code step}, from 0. */
    public double accuracy(int step) {
        return (double) correct[step] / samples;
    }

    /** Fraction of correct predictions after the last step. */
    public double accuracy() {
        return accuracy(correct.length - 1);
    }
}
