/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.sim.compute;

/**
 * Outcome of one batch.
 *
 * @param scores mean output current up to and including each step, shape {@code [timeSteps, samples, classes]}
 * @param activity counts of every sample, by node id
 * @param hostNanos host time per sample: from the start of the group of samples it was computed in to the group's result
 */
public record BatchResult(
        int timeSteps, int samples, int classes, float[] scores, BatchActivity[] activity, long[] hostNanos) {
    /** Class with the highest score after step {@code step} (0-based); the lowest index wins a tie. */
    public int prediction(int step, int sample) {
        int offset = (step * samples + sample) * classes;
        int best = 0;
        for (int c = 1; c < classes; c++) {
            if (scores[offset + c] > scores[offset + best]) {
                best = c;
            }
        }
        return best;
    }
}
