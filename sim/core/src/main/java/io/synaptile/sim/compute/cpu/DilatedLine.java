/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.sim.compute.cpu;

/**
 * Order of the values of a line in which the taps of a dilated kernel are neighbours: all columns of remainder 0 first, then
 * those of remainder 1, and so on. Without dilation it is that of the columns.
 */
record DilatedLine(int columns, int dilation) {
    /** Values of a line, with those that only fill it up. */
    int length() {
        return Math.ceilDiv(columns, dilation) * dilation;
    }

    /** Where a column stands. */
    int place(int column) {
        return column % dilation * Math.ceilDiv(columns, dilation) + column / dilation;
    }
}
