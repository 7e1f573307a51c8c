/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.sim.engine;

import io.synaptile.sim.compute.LayerActivity;
import java.util.Locale;

/**
 * Outcome of one pass over images; every image counts the same. All steps are computed, whatever the stop rule. The arrays
 * are not to be written to.
 *
 * @param correct correct predictions if the run stopped after each step, {@code [timeSteps]}
 * @param predictions class predicted after each step, {@code [timeSteps][samples]}
 * @param activity sums over the samples by node id, all steps
 * @param stopped the same up to the step at which each sample stopped
 * @param hostNanos host time per sample as the backend measured it
 */
public record Evaluation(
        int samples, int[] correct, int[][] predictions, LayerActivity[] activity, Stopped stopped, long[] hostNanos) {
    /**
     * What was done and found until each sample stopped.
     *
     * @param steps steps that each sample ran, 1 to all, {@code [samples]}
     * @param correct correct predictions after those steps
     * @param activity sums over the samples by node id; nothing counts after the last step of a sample
     */
    public record Stopped(int[] steps, int correct, LayerActivity[] activity) {
        /** Samples that ran each step, {@code [timeSteps]}. */
        public long[] running() {
            long[] running = new long[activity[0].timeSteps()];
            for (int last : steps) {
                for (int t = 0; t < last; t++) {
                    running[t]++;
                }
            }
            return running;
        }
    }

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

    /** The accuracy in per cent and the number of samples, for people. */
    @Override
    public String toString() {
        return String.format(Locale.ROOT, "%.2f %% of %d samples", 100 * accuracy(), samples);
    }
}
