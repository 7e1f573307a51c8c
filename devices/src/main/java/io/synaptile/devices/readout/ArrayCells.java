/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.devices.readout;

/**
 * What a programmed array holds, as its reads see it: after drift, temperature and the bend of the cells' curves.
 *
 * @param microsiemens conductances, {@code [rows][columns]} row-major; owned by this record, not to be changed
 * @param sigmaMicrosiemens standard deviation of a single read of each, in the same layout
 */
public record ArrayCells(int rows, int columns, float[] microsiemens, float[] sigmaMicrosiemens) {
    public ArrayCells {
        if (rows < 1
                || columns < 1
                || microsiemens.length != rows * columns
                || sigmaMicrosiemens.length != microsiemens.length) {
            throw new IllegalArgumentException(microsiemens.length + " conductances and " + sigmaMicrosiemens.length
                    + " deviations for an array of " + rows + " x " + columns + " cells");
        }
    }
}
