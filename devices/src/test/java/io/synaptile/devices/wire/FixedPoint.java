/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.devices.wire;

import java.util.Arrays;

/** Column currents by iterating over cell voltages: the drops of each step are those of the currents of the step before. */
final class FixedPoint {
    private static final double DAMPING = 0.9;

    private FixedPoint() {}

    /** uA after a number of steps; the first is not damped. */
    static double[] currents(CrossbarCells cells, WireModel wires, double[] drive, double volts, int steps) {
        boolean gated = !wires.topology().linear();
        int columns = cells.columns();
        double[] source = new double[drive.length * columns];
        double[] drop = new double[source.length];
        for (int step = 0; step <= steps; step++) {
            double[] current = new double[source.length];
            for (int c = 0; c < current.length; c++) {
                double x = drive[c / columns];
                current[c] = gated
                        ? x * (cells.source(c) * volts - cells.load(c) * drop[c])
                        : cells.source(c) * (x * volts - drop[c]);
            }
            if (step == steps) {
                return columnSums(current, columns);
            }
            double gamma = step == 0 ? 1 : DAMPING;
            for (int c = 0; c < current.length; c++) {
                drop[c] += gamma * (drop(cells, wires, current, c / columns, c % columns) - drop[c]);
            }
        }
        throw new IllegalArgumentException("no steps");
    }

    private static double drop(CrossbarCells cells, WireModel wires, double[] current, int i, int j) {
        int columns = cells.columns();
        double drop = 0;
        for (int k = 0; k < cells.rows(); k++) {
            // sum over k >= i of the currents above k: the current of row l passes max(i, l) to the end.
            drop += wires.columnOhm() * 1e-6 * (cells.rows() - Math.max(i, k)) * current[k * columns + j];
            drop += wires.senseOhm() * 1e-6 * current[k * columns + j];
        }
        for (int k = 0; k < columns; k++) {
            drop += wires.rowOhm() * 1e-6 * (Math.min(j, k) + 1) * current[i * columns + k];
            drop += wires.driverOhm() * 1e-6 * current[i * columns + k];
        }
        return drop;
    }

    private static double[] columnSums(double[] current, int columns) {
        double[] sums = new double[columns];
        for (int c = 0; c < current.length; c++) {
            sums[c % columns] += current[c];
        }
        return Arrays.copyOf(sums, columns);
    }
}
