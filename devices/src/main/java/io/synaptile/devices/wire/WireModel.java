/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.devices.wire;

import java.util.Locale;

/**
 * An array with resistive wires.
 *
 * <p>Inputs are a drive per row: 1 where a row is selected, 0 where it is not. A drive between or beyond scales the row's
 * voltage in the topologies A and Z, and the conductance of its cells, as a gate open for part of the read does, in B and C.
 *
 * @param rowOhm resistance of one segment of row wire, at least 0; has no effect but in topology A
 * @param columnOhm resistance of one segment of column wire, at least 0
 */
public record WireModel(Topology topology, double rowOhm, double columnOhm) {
    static final double SIEMENS_PER_MICROSIEMENS = 1e-6;
    static final double MICROSIEMENS_PER_SIEMENS = 1e6;

    public WireModel {
        requireResistance("row", rowOhm);
        requireResistance("column", columnOhm);
    }

    private static void requireResistance(String wire, double ohm) {
        if (!(ohm >= 0 && ohm < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException(
                    "the resistance of a segment of " + wire + " wire must be finite and at least 0 ohm, got " + ohm);
        }
    }

    /** Whether any wire has resistance. */
    public boolean resistive() {
        return columnOhm > 0 || topology == Topology.A && rowOhm > 0;
    }

    /**
     * Column currents of the exact nodal solution.
     *
     * @param drive per row
     * @param volts read voltage
     * @return uA, per column
     */
    public double[] currents(CrossbarCells cells, double[] drive, double volts) {
        requireFit(cells);
        requireRows(cells, drive);
        return topology == Topology.A && rowOhm > 0
                ? product(WireGrid.transfer(cells, rowOhm, columnOhm), cells, drive, volts)
                : ColumnLadder.currents(cells, drive, volts, columnOhm, topology.linear());
    }

    /**
     * Column currents from the drops that the currents of an array without resistance would cause: the first step of a
     * fixed-point iteration, good while drops are small.
     *
     * @param drive per row
     * @param volts read voltage
     * @return uA, per column
     */
    public double[] onePassCurrents(CrossbarCells cells, double[] drive, double volts) {
        requireFit(cells);
        requireRows(cells, drive);
        return topology.linear()
                ? product(FirstOrder.transfer(cells, rowOhm(), columnOhm), cells, drive, volts)
                : FirstOrder.currents(cells, drive, volts, columnOhm);
    }

    /**
     * Conductances of the array without resistance that gives the same currents for every input, which exist in the
     * topologies A and Z: the column current is their product with the row voltages.
     *
     * @return uS, {@code [rows, columns]}
     * @throws IllegalArgumentException in other topologies, where which cells conduct depends on the input
     */
    public double[] transfer(CrossbarCells cells) {
        requireLinear();
        requireFit(cells);
        return rowOhm() > 0 ? WireGrid.transfer(cells, rowOhm, columnOhm) : ColumnLadder.transfer(cells, columnOhm);
    }

    /**
     * As {@link #transfer}, of {@link #onePassCurrents}.
     *
     * @return uS, {@code [rows, columns]}
     * @throws IllegalArgumentException in topologies B and C
     */
    public double[] onePassTransfer(CrossbarCells cells) {
        requireLinear();
        requireFit(cells);
        return FirstOrder.transfer(cells, rowOhm(), columnOhm);
    }

    /**
     * Conductances of the array without resistance that has about the same currents for inputs of a given activity, in every
     * topology: those reduced by the mean drop at each cell while its own row is selected.
     *
     * <pre>
     *   d_ij = r_col (p sum_{k >= i} sum_{l <= k} G_lj + (1 - p) (R - i) G_ij) + r_row sum_{k <= j} sum_{l >= k} G_il
     *   G'_ij = G_ij (1 - d_ij)
     * </pre>
     *
     * <p>For pairs on one column the difference of the pair is returned, and the sums run over differences.
     *
     * @param activity p, share of the rows that is selected, 0 to 1
     * @return uS, {@code [rows, columns]}
     */
    public double[] effective(CrossbarCells cells, double activity) {
        if (!(activity >= 0 && activity <= 1)) {
            throw new IllegalArgumentException("activity must be between 0 and 1, got " + activity);
        }
        requireFit(cells);
        return FirstOrder.effective(cells, rowOhm(), columnOhm, activity);
    }

    /** Row wires as they count in this topology. */
    @Override
    public double rowOhm() {
        return topology == Topology.A ? rowOhm : 0;
    }

    private void requireLinear() {
        if (!topology.linear()) {
            throw new IllegalArgumentException("topology " + topology
                    + " has no transfer matrix: which of its cells conduct depends on the input");
        }
    }

    private void requireFit(CrossbarCells cells) {
        if ((topology == Topology.C) != (cells.negative() != null)) {
            throw new IllegalArgumentException(String.format(
                    Locale.ROOT,
                    "topology %s needs %s cells",
                    topology,
                    topology == Topology.C ? "pairs of" : "single"));
        }
    }

    private static void requireRows(CrossbarCells cells, double[] drive) {
        if (drive.length != cells.rows()) {
            throw new IllegalArgumentException(drive.length + " inputs for " + cells.rows() + " rows");
        }
    }

    private static double[] product(double[] microsiemens, CrossbarCells cells, double[] drive, double volts) {
        double[] current = new double[cells.columns()];
        for (int i = 0; i < cells.rows(); i++) {
            for (int j = 0; j < current.length; j++) {
                current[j] += drive[i] * volts * microsiemens[i * current.length + j];
            }
        }
        return current;
    }
}
