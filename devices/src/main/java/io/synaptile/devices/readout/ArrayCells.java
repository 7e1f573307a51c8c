/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.devices.readout;

import io.synaptile.devices.ConductanceRange;
import java.util.Objects;

/**
 * What a programmed array holds, as its reads see it: after drift, temperature and the bend of the cells' curves.
 *
 * @param microsiemens conductances, {@code [rows][columns]} row-major; owned by this record, not to be changed
 * @param sigmaMicrosiemens standard deviation of a single read of each, in the same layout
 * @param range of a cell, uS, between which it was programmed
 * @param key a number that no other array of any chip has; what differs between arrays and stays must be drawn from it
 */
public record ArrayCells(
        int rows, int columns, float[] microsiemens, float[] sigmaMicrosiemens, ConductanceRange range, long key) {
    public ArrayCells {
        Objects.requireNonNull(range);
        if (rows < 1
                || columns < 1
                || microsiemens.length != rows * columns
                || sigmaMicrosiemens.length != microsiemens.length) {
            throw new IllegalArgumentException(microsiemens.length + " conductances and " + sigmaMicrosiemens.length
                    + " deviations for an array of " + rows + " x " + columns + " cells");
        }
    }
}
