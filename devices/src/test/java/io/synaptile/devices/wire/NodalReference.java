/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.devices.wire;

/** Column currents from the nodal equations of the whole array, by Gaussian elimination of the dense matrix. */
final class NodalReference {
    private static final double MEGA = 1e6;

    private final CrossbarCells cells;
    private final WireModel wires;
    private final double[][] matrix;
    private final double[] injected;

    private NodalReference(CrossbarCells cells, WireModel wires) {
        this.cells = cells;
        this.wires = wires;
        int nodes = 2 * cells.rows() * cells.columns();
        matrix = new double[nodes][nodes];
        injected = new double[nodes];
    }

    /** uA; row wires of topology A and all column wires need a resistance above 0. */
    static double[] currents(CrossbarCells cells, WireModel wires, double[] drive, double volts) {
        NodalReference reference = new NodalReference(cells, wires);
        reference.build(drive, volts);
        double[] voltage = reference.solve();
        double[] current = new double[cells.columns()];
        for (int j = 0; j < current.length; j++) {
            current[j] =
                    MEGA / (wires.columnOhm() + wires.senseOhm()) * voltage[reference.columnNode(cells.rows() - 1, j)];
        }
        return current;
    }

    private int rowNode(int i, int j) {
        return 2 * (i * cells.columns() + j);
    }

    private int columnNode(int i, int j) {
        return rowNode(i, j) + 1;
    }

    private void build(double[] drive, double volts) {
        double column = MEGA / wires.columnOhm();
        for (int i = 0; i < cells.rows(); i++) {
            for (int j = 0; j < cells.columns(); j++) {
                int v = columnNode(i, j);
                if (i == cells.rows() - 1) {
                    toSource(v, MEGA / (wires.columnOhm() + wires.senseOhm()), 0);
                } else {
                    between(v, columnNode(i + 1, j), column);
                }
                int cell = i * cells.columns() + j;
                switch (wires.topology()) {
                    case A -> {
                        double row = MEGA / wires.rowOhm();
                        if (j == 0) {
                            toSource(rowNode(i, j), MEGA / (wires.rowOhm() + wires.driverOhm()), drive[i] * volts);
                        } else {
                            between(rowNode(i, j - 1), rowNode(i, j), row);
                        }
                        between(rowNode(i, j), v, cells.positive()[cell]);
                    }
                    case Z -> {
                        if (wires.driverOhm() == 0) {
                            toSource(v, cells.positive()[cell], drive[i] * volts);
                        } else {
                            between(rowNode(i, 0), v, cells.positive()[cell]);
                            toSource(rowNode(i, j), MEGA / wires.driverOhm(), j == 0 ? drive[i] * volts : 0);
                        }
                    }
                    case B -> toSource(v, drive[i] * cells.positive()[cell], volts);
                    case C -> {
                        toSource(v, drive[i] * cells.positive()[cell], volts);
                        toSource(v, drive[i] * cells.negative()[cell], -volts);
                    }
                }
                if (wires.topology() != Topology.A && wires.driverOhm() == 0) {
                    toSource(rowNode(i, j), 1, 0);
                }
            }
        }
    }

    private void between(int a, int b, double g) {
        matrix[a][a] += g;
        matrix[b][b] += g;
        matrix[a][b] -= g;
        matrix[b][a] -= g;
    }

    private void toSource(int node, double g, double volts) {
        matrix[node][node] += g;
        injected[node] += g * volts;
    }

    private double[] solve() {
        int n = injected.length;
        for (int p = 0; p < n; p++) {
            for (int k = p + 1; k < n; k++) {
                double factor = matrix[k][p] / matrix[p][p];
                if (factor != 0) {
                    for (int j = p; j < n; j++) {
                        matrix[k][j] -= factor * matrix[p][j];
                    }
                    injected[k] -= factor * injected[p];
                }
            }
        }
        double[] x = new double[n];
        for (int p = n - 1; p >= 0; p--) {
            double sum = injected[p];
            for (int j = p + 1; j < n; j++) {
                sum -= matrix[p][j] * x[j];
            }
            x[p] = sum / matrix[p][p];
        }
        return x;
    }
}
