/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.devices.readout;

/**
 * Reads of an array for one image, each with the rows that it drives; every read drives at least one.
 *
 * @param image a number that no other image on any array has, the same whenever the experiment is repeated
 * @param step simulation step of each read; reads of one step are taken at different output positions
 * @param key of each read: a number that no other read of any array has, the same whenever the experiment is repeated; what
 *     a read draws must come from it alone
 * @param start driven rows of read i are entries {@code start[i]} to {@code start[i + 1]}; one longer than there are reads
 * @param row of each entry, ascending within a read
 * @param drive of each entry, above 0: 1 for the full read voltage, as a spike has
 */
public record RowReads(long image, int[] step, long[] key, int[] start, int[] row, float[] drive) {
    /** Number of reads. */
    public int count() {
        return key.length;
    }
}
