/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.mapping.port;

import io.synaptile.devices.CellModel;
import io.synaptile.devices.readout.ArrayReadout;
import java.util.Objects;
import java.util.Optional;

/**
 * What a simulated physical array is made of.
 *
 * @param board what its board calls itself
 * @param serialNumber of the board
 * @param name of the array
 * @param number of the array on its board, from 0; the errors of its columns are drawn for it
 * @param rows of the array
 * @param columns of the array
 * @param cell of every crossing
 * @param readout what reads it; empty where columns are the sums of their cells
 * @param errors of its columns
 * @param limits that it keeps
 * @param seed of all draws
 */
public record SimulatedArray(
        String board,
        String serialNumber,
        String name,
        int number,
        int rows,
        int columns,
        CellModel cell,
        Optional<ArrayReadout> readout,
        ColumnErrors errors,
        PortLimits limits,
        long seed) {
    public SimulatedArray {
        Objects.requireNonNull(board);
        Objects.requireNonNull(serialNumber);
        Objects.requireNonNull(name);
        Objects.requireNonNull(cell);
        Objects.requireNonNull(readout);
        Objects.requireNonNull(errors);
        Objects.requireNonNull(limits);
        if (rows < 1 || columns < 1 || number < 0) {
            throw new IllegalArgumentException("array " + number + " of " + rows + " x " + columns + " cells");
        }
    }
}
