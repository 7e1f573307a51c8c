/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.sim.compute;

/**
 * Outcome of one batch.
 *
 * @param scores mean output current up to and including each step, shape {@code [timeSteps, samples, classes]}
 * @param outputStep what the differences of output currents, summed over the steps, are whole multiples of; 0 where they can
 *     have any size
 * @param activity counts of every sample, by node id
 * @param hostNanos host time per sample: from the start of the group of samples it was computed in to the group's result
 */
public record BatchResult(
        int timeSteps,
        int samples,
        int classes,
        float[] scores,
        double outputStep,
        BatchActivity[] activity,
        long[] hostNanos) {
    public BatchResult {
        if (!(outputStep >= 0)) {
            throw new IllegalArgumentException("step of the outputs must be at least 0, got " + outputStep);
        }
    }

    /**
     * Class with the highest score after step {@code step} (0-based); of equal ones the lowest. Scores whose sums over the
     * steps differ by less than half of {@link #outputStep} are equal: they are the same code, rounded in two ways.
     */
    public int prediction(int step, int sample) {
        int offset = (step * samples + sample) * classes;
        double highest = Double.NEGATIVE_INFINITY;
        for (int c = 0; c < classes; c++) {
            highest = Math.max(highest, scores[offset + c]);
        }
        double equal = outputStep / 2 / (step + 1);
        for (int c = 0; c < classes; c++) {
            if (scores[offset + c] == highest || highest - scores[offset + c] < equal) {
                return c;
            }
        }
        return 0;
    }
}
