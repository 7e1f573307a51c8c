/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.devices.wire;

import java.util.Arrays;

/**
 * An array whose rows carry current through resistance, solved row by row with all inputs at once: block elimination of the
 * nodal equations, one block per row, written with admittances so that no large terms cancel.
 *
 * <p>The cells of row i with row-wire nodes u and column nodes v, {@code D = diag(G_i)}, and L the Laplacian of a wire of
 * unit resistance whose first segment has the conductance {@code alpha = r_row / (r_row + r_driver)}:
 *
 * <pre>
 *   (L + r_row D) u = alpha V_i e_0 + r_row D v
 *   current into the columns D (u - v) = b V_i - K v,   b = alpha D (L + r_row D)^-1 e_0,   K = D (L + r_row D)^-1 L
 * </pre>
 *
 * <p>Where the row's wire has no resistance, but its driver has, u is the same for all its cells, of conductance g together:
 *
 * <pre>
 *   b = D 1 / (1 + r_driver g),   K = D - r_driver / (1 + r_driver g) D 1 1' D
 * </pre>
 *
 * <p>The rows so far are a multiport with admittance A and short-circuit currents J per volt on each row:
 *
 * <pre>
 *   through one segment of every column wire:  A' = (1 + r_col A)^-1 A,  J' = (1 + r_col A)^-1 J
 *   one more row:                              A' = A + K,               J' = J + b at the row's own place
 * </pre>
 *
 * <p>The last segment ends in the resistance of the converters' inputs.
 *
 * <p>Takes about {@code 2 rows columns^3} operations for all rows of inputs together.
 */
final class WireGrid {
    private final CrossbarCells cells;
    private final int columns;
    private final double rowOhm;
    private final double driverOhm;
    /** A, {@code [columns, columns]}. */
    private final double[][] admittance;
    /** J, {@code [columns, rows]}. */
    private final double[][] sources;
    /** Work space, {@code [columns, columns]}. */
    private final double[][] work;

    private WireGrid(CrossbarCells cells, WireModel wires) {
        this.cells = cells;
        this.columns = cells.columns();
        this.rowOhm = wires.rowOhm() * WireModel.SIEMENS_PER_MICROSIEMENS;
        this.driverOhm = wires.driverOhm() * WireModel.SIEMENS_PER_MICROSIEMENS;
        this.admittance = new double[columns][columns];
        this.sources = new double[columns][cells.rows()];
        this.work = new double[columns][columns];
    }

    /** Conductances without wires that give the same currents for all inputs, uS, {@code [rows, columns]}. */
    static double[] transfer(CrossbarCells cells, WireModel wires) {
        WireGrid grid = new WireGrid(cells, wires);
        for (int i = 0; i < cells.rows(); i++) {
            grid.through(wires.columnOhm(), i);
            if (wires.rowOhm() > 0) {
                grid.addRow(i);
            } else {
                grid.addRowOfOneNode(i);
            }
        }
        grid.through(wires.columnOhm() + wires.senseOhm(), cells.rows());
        double[] transfer = new double[cells.rows() * cells.columns()];
        for (int i = 0; i < cells.rows(); i++) {
            for (int j = 0; j < cells.columns(); j++) {
                transfer[i * cells.columns() + j] = grid.sources[j][i];
            }
        }
        return transfer;
    }

    /** Puts a resistance into every column: solves {@code (1 + r A) X = [A, J]} in place, without pivots as A is SPD. */
    private void through(double ohm, int rowsSoFar) {
        if (rowsSoFar == 0 || ohm == 0) {
            return;
        }
        double r = ohm * WireModel.SIEMENS_PER_MICROSIEMENS;
        for (int k = 0; k < columns; k++) {
            for (int j = 0; j < columns; j++) {
                work[k][j] = r * admittance[k][j];
            }
            work[k][k] += 1;
        }
        for (int p = 0; p < columns; p++) {
            for (int k = p + 1; k < columns; k++) {
                double factor = work[k][p] / work[p][p];
                subtract(work[k], work[p], factor, columns);
                subtract(admittance[k], admittance[p], factor, columns);
                subtract(sources[k], sources[p], factor, rowsSoFar);
            }
        }
        for (int p = columns - 1; p >= 0; p--) {
            divide(admittance[p], work[p][p], columns);
            divide(sources[p], work[p][p], rowsSoFar);
            for (int k = 0; k < p; k++) {
                double factor = work[k][p];
                subtract(admittance[k], admittance[p], factor, columns);
                subtract(sources[k], sources[p], factor, rowsSoFar);
            }
        }
    }

    private static void subtract(double[] from, double[] row, double factor, int count) {
        for (int j = 0; j < count; j++) {
            from[j] -= factor * row[j];
        }
    }

    private static void divide(double[] row, double divisor, int count) {
        for (int j = 0; j < count; j++) {
            row[j] /= divisor;
        }
    }

    /** Adds the cells of row i, all of which are at the end of its driver. */
    private void addRowOfOneNode(int i) {
        double sum = 0;
        for (int j = 0; j < columns; j++) {
            sum += cells.load(i * columns + j);
        }
        double through = 1 / (1 + driverOhm * sum);
        for (int j = 0; j < columns; j++) {
            double g = cells.load(i * columns + j);
            for (int k = 0; k < columns; k++) {
                admittance[j][k] -= driverOhm * through * g * cells.load(i * columns + k);
            }
            admittance[j][j] += g;
            sources[j][i] = g * through;
        }
    }

    /** Adds the cells of row i: solves {@code (L + r D) X = [L, e_0]} by Thomas, all right-hand sides together. */
    private void addRow(int i) {
        double[] ofDrive = new double[columns];
        double[] pivot = new double[columns];
        double first = rowOhm / (rowOhm + driverOhm);
        ofDrive[0] = first;
        for (int j = 0; j < columns; j++) {
            double wires = (j == 0 ? first : 1) + (j == columns - 1 ? 0 : 1);
            Arrays.fill(work[j], 0);
            work[j][j] = wires;
            pivot[j] = wires + rowOhm * cells.load(i * columns + j);
            if (j > 0) {
                work[j][j - 1] = -1;
                work[j - 1][j] = -1;
            }
        }
        for (int j = 1; j < columns; j++) {
            double factor = 1 / pivot[j - 1];
            pivot[j] -= factor;
            subtract(work[j], work[j - 1], -factor, columns);
            ofDrive[j] += factor * ofDrive[j - 1];
        }
        for (int j = columns - 1; j >= 0; j--) {
            if (j < columns - 1) {
                subtract(work[j], work[j + 1], -1, columns);
                ofDrive[j] += ofDrive[j + 1];
            }
            divide(work[j], pivot[j], columns);
            ofDrive[j] /= pivot[j];
        }
        for (int j = 0; j < columns; j++) {
            double g = cells.load(i * columns + j);
            subtract(admittance[j], work[j], -g, columns);
            sources[j][i] = g * ofDrive[j];
        }
    }
}
