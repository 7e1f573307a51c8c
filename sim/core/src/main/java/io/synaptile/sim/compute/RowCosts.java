/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.sim.compute;

/**
 * What driven rows are counted as.
 *
 * @param load conductance of all cells of a row over all physical columns, uS; only summed over driven rows
 * @param readClass what to count a tile read with a driven rows as, entry a, below {@link LayerActivity#READ_CLASSES}; at
 *     least as long as the largest row tile has rows and one more, or without entries to count all as class 0
 */
public record RowCosts(double[] load, int[] readClass) {
    public RowCosts {
        for (int known : readClass) {
            if (known < 0 || known >= LayerActivity.READ_CLASSES) {
                throw new IllegalArgumentException(
                        "class of a read must be 0 to " + (LayerActivity.READ_CLASSES - 1) + ", got " + known);
            }
        }
    }

    /** Reads that are all of one class. */
    public RowCosts(double[] load) {
        this(load, new int[0]);
    }

    /** Class of a tile read with that many driven rows. */
    public int readClass(int drivenRows) {
        return readClass.length == 0 ? 0 : readClass[drivenRows];
    }

    void requireFit(ArrayGrid grid) {
        if (readClass.length != 0 && readClass.length <= grid.mostRows()) {
            throw new IllegalArgumentException(
                    "classes of reads with up to " + (readClass.length - 1) + " rows for tiles of " + grid.mostRows());
        }
    }
}
