/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.sim.compute;

/**
 * Reads of one row tile that a layer asks for together: of one sample and one phase, at some steps and output positions.
 * Every read drives at least one row.
 *
 * @param sample id of the sample
 * @param phase 0 for positive inputs, 1 for the magnitudes of negative ones
 * @param step of each read
 * @param position output position of each read
 * @param start driven rows of read i are entries {@code start[i]} to {@code start[i + 1]}; one longer than there are reads
 * @param row of each entry, ascending within a read, counted from the first row of the layer
 * @param input of each entry, above 0; 1 for a spike
 */
public record ArrayReads(long sample, int phase, int[] step, int[] position, int[] start, int[] row, float[] input) {
    /** Number of reads. */
    public int count() {
        return step.length;
    }
}
