/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.devices.readout;

import io.synaptile.devices.wire.CrossbarCells;
import io.synaptile.devices.wire.Topology;
import io.synaptile.devices.wire.WireModel;
import java.util.Arrays;

/**
 * Solves the nodal equations of the array and its wires in double precision, read by read where they depend on the input:
 * what the faster wires of the backends are held against.
 *
 * @param wires topology and resistances; not {@link Topology#C}, whose columns hold pairs
 */
public record NodalReadout(WireModel wires) implements ArrayReadout {
    public NodalReadout {
        if (wires.topology() == Topology.C) {
            throw new IllegalArgumentException("topology c needs pairs of cells on one column");
        }
    }

    @Override
    public String id() {
        return "nodal";
    }

    @Override
    public ReadableArray open(ArrayCells array) {
        double[] cells = new double[array.microsiemens().length];
        for (int i = 0; i < cells.length; i++) {
            cells[i] = array.microsiemens()[i];
        }
        CrossbarCells crossbar = CrossbarCells.single(array.rows(), array.columns(), cells);
        if (!wires.topology().linear()) {
            return (reads, currents) -> solve(crossbar, reads, currents);
        }
        double[] transfer = wires.transfer(crossbar);
        return (reads, currents) -> multiply(transfer, array.columns(), reads, currents);
    }

    private static void multiply(double[] transfer, int columns, RowReads reads, float[] currents) {
        double[] sums = new double[columns];
        for (int i = 0; i < reads.count(); i++) {
            Arrays.fill(sums, 0);
            for (int e = reads.start()[i]; e < reads.start()[i + 1]; e++) {
                for (int j = 0; j < columns; j++) {
                    sums[j] += reads.drive()[e] * transfer[reads.row()[e] * columns + j];
                }
            }
            copy(sums, currents, i * columns);
        }
    }

    private void solve(CrossbarCells cells, RowReads reads, float[] currents) {
        for (int i = 0; i < reads.count(); i++) {
            double[] drive = new double[cells.rows()];
            for (int e = reads.start()[i]; e < reads.start()[i + 1]; e++) {
                drive[reads.row()[e]] = reads.drive()[e];
            }
            copy(wires.currents(cells, drive, 1), currents, i * cells.columns());
        }
    }

    private static void copy(double[] sums, float[] currents, int at) {
        for (int j = 0; j < sums.length; j++) {
            currents[at + j] = (float) sums[j];
        }
    }
}
