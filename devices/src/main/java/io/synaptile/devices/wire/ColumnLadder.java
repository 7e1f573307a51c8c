/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.devices.wire;

/**
 * Columns whose rows have no resistance: each is a ladder of its own, solved from its far end by Norton equivalents, which
 * is the elimination of its tridiagonal system (Thomas) without the large terms that would cancel.
 *
 * <pre>
 *   a, J: admittance and short-circuit current of the rows so far, seen from their lowest node
 *   through one segment of wire:  a' = a / (1 + r a),  J' = J / (1 + r a)
 *   one more cell:                a' = a + load,       J' = J + source
 * </pre>
 *
 * <p>The last segment ends in the resistance of the converter's input.
 */
final class ColumnLadder {
    private ColumnLadder() {}

    /**
     * Currents of all columns.
     *
     * @param drive per row
     * @param senseOhm resistance behind the last segment
     * @param driven whether rows that are not selected are held at 0 V, and so load their columns, rather than cut off
     * @return uA, per column
     */
    static double[] currents(
            CrossbarCells cells, double[] drive, double volts, double columnOhm, double senseOhm, boolean driven) {
        double r = columnOhm * WireModel.SIEMENS_PER_MICROSIEMENS;
        double end = (columnOhm + senseOhm) * WireModel.SIEMENS_PER_MICROSIEMENS;
        double[] current = new double[cells.columns()];
        for (int j = 0; j < current.length; j++) {
            double a = 0;
            double source = 0;
            for (int i = 0; i < cells.rows(); i++) {
                double through = 1 / (1 + r * a);
                int cell = i * current.length + j;
                a = a * through + (driven ? 1 : drive[i]) * cells.load(cell);
                source = source * through + drive[i] * cells.source(cell);
            }
            current[j] = volts * source / (1 + end * a);
        }
        return current;
    }

    /** Conductances without wires that give the same currents for all inputs to driven rows, uS. */
    static double[] transfer(CrossbarCells cells, double columnOhm, double senseOhm) {
        double r = columnOhm * WireModel.SIEMENS_PER_MICROSIEMENS;
        double end = (columnOhm + senseOhm) * WireModel.SIEMENS_PER_MICROSIEMENS;
        int columns = cells.columns();
        double[] transfer = new double[cells.rows() * columns];
        double[] through = new double[cells.rows()];
        for (int j = 0; j < columns; j++) {
            double a = 0;
            for (int i = 0; i < cells.rows(); i++) {
                a += cells.load(i * columns + j);
                through[i] = 1 / (1 + (i == through.length - 1 ? end : r) * a);
                a *= through[i];
            }
            double rest = 1;
            for (int i = cells.rows() - 1; i >= 0; i--) {
                rest *= through[i];
                transfer[i * columns + j] = cells.source(i * columns + j) * rest;
            }
        }
        return transfer;
    }
}
