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
 * @param driverOhm resistance of the driver of a row, at least 0; has no effect but in topologies A and Z
 * @param senseOhm resistance of the converter's input, behind the last segment of a column, at least 0
 */
public record WireModel(Topology topology, double rowOhm, double columnOhm, double driverOhm, double senseOhm) {
    static final double SIEMENS_PER_MICROSIEMENS = 1e-6;
    static final double MICROSIEMENS_PER_SIEMENS = 1e6;

    public WireModel {
        requireResistance("a segment of row wire", rowOhm);
        requireResistance("a segment of column wire", columnOhm);
        requireResistance("a driver", driverOhm);
        requireResistance("a converter's input", senseOhm);
    }

    private static void requireResistance(String of, double ohm) {
        if (!(ohm >= 0 && ohm < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException(
                    "the resistance of " + of + " must be finite and at least 0 ohm, got " + ohm);
        }
    }

    /** Wires between drivers and converters without resistance. */
    public WireModel(Topology topology, double rowOhm, double columnOhm) {
        this(topology, rowOhm, columnOhm, 0, 0);
    }

    /** The same with the wires, not drivers and converters, at a temperature; resistances here are those at 300 K. */
    public WireModel at(double kelvin) {
        double factor = WireNode.temperatureFactor(kelvin);
        return new WireModel(topology, rowOhm * factor, columnOhm * factor, driverOhm, senseOhm);
    }

    /** Whether anything has resistance. */
    public boolean resistive() {
        return columnOhm > 0 || senseOhm > 0 || rowsDrop();
    }

    /** Whether the voltage of a row depends on its current. */
    private boolean rowsDrop() {
        return rowOhm() > 0 || driverOhm() > 0;
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
        return rowsDrop()
                ? product(WireGrid.transfer(cells, this), cells, drive, volts)
                : ColumnLadder.currents(cells, drive, volts, columnOhm, senseOhm, topology.linear());
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
                ? product(FirstOrder.transfer(cells, this), cells, drive, volts)
                : FirstOrder.currents(cells, drive, volts, this);
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
        return rowsDrop() ? WireGrid.transfer(cells, this) : ColumnLadder.transfer(cells, columnOhm, senseOhm);
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
        return FirstOrder.transfer(cells, this);
    }

    /**
     * Conductances of the array without resistance that has about the same currents for inputs of a given activity, in every
     * topology: those reduced by the mean drop at each cell while its own row is selected.
     *
     * <pre>
     *   d_ij = r_col (p sum_{k >= i} sum_{l <= k} G_lj + (1 - p) (R - i) G_ij) + r_row sum_{k <= j} sum_{l >= k} G_il
     *        + r_sense (p sum_l G_lj + (1 - p) G_ij) + r_driver sum_l G_il
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
        return FirstOrder.effective(cells, this, activity);
    }

    /** Row wires as they count in this topology. */
    @Override
    public double rowOhm() {
        return topology == Topology.A ? rowOhm : 0;
    }

    /** Drivers as they count in this topology. */
    @Override
    public double driverOhm() {
        return topology.linear() ? driverOhm : 0;
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
