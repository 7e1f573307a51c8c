/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.sim.compute;

/**
 * Outcome of one batch.
 *
 * @param scores mean output current up to and including each step, shape {@code [timeSteps, samples, classes]}
 * @param resolution output currents whose sums over the steps are less than this apart are equal; 0 where nothing but the
 *     same number is
 * @param activity counts of every sample, by node id
 * @param hostNanos host time per sample: from the start of the group of samples it was computed in to the group's result
 */
public record BatchResult(
        int timeSteps,
        int samples,
        int classes,
        float[] scores,
        double resolution,
        BatchActivity[] activity,
        long[] hostNanos) {
    public BatchResult {
        if (!(resolution >= 0)) {
            throw new IllegalArgumentException("resolution of the outputs must be at least 0, got " + resolution);
        }
    }

    /**
     * Class with the highest score after step {@code step} (0-based); of equal ones the lowest. Scores whose sums over the
     * steps are less than {@link #resolution} apart are equal: they are the same codes, rounded in two ways.
     */
    public int prediction(int step, int sample) {
        int offset = (step * samples + sample) * classes;
        double highest = Double.NEGATIVE_INFINITY;
        for (int c = 0; c < classes; c++) {
            highest = Math.max(highest, scores[offset + c]);
        }
        double equal = resolution / (step + 1);
        for (int c = 0; c < classes; c++) {
            if (scores[offset + c] == highest || highest - scores[offset + c] < equal) {
                return c;
            }
        }
        return 0;
    }
}
