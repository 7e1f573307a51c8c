/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.devices.wire;

/**
 * Conductances of the cells of one array.
 *
 * @param positive uS, {@code [rows, columns]} row-major; owned by the record
 * @param negative the second cells of pairs that share a column, in the same layout; null unless there are such pairs
 */
public record CrossbarCells(int rows, int columns, double[] positive, double[] negative) {
    public CrossbarCells {
        if (rows < 1 || columns < 1 || positive.length != rows * columns) {
            throw new IllegalArgumentException(
                    positive.length + " cells for an array of " + rows + " x " + columns + " cells");
        }
        if (negative != null && negative.length != positive.length) {
            throw new IllegalArgumentException(
                    negative.length + " negative cells for " + positive.length + " positive ones");
        }
    }

    /** An array with one cell at every crossing. */
    public static CrossbarCells single(int rows, int columns, double[] microsiemens) {
        return new CrossbarCells(rows, columns, microsiemens, null);
    }

    /** What a cell adds to the current of its column, uS: that of the pair is the difference. */
    double source(int cell) {
        return negative == null ? positive[cell] : positive[cell] - negative[cell];
    }

    /** What a cell loads its column with, uS: that of the pair is the sum. */
    double load(int cell) {
        return negative == null ? positive[cell] : positive[cell] + negative[cell];
    }
}
