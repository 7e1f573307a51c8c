/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.devices.wire;

/**
 * Currents to first order in the resistance of the wires: the drops are those that currents without resistance would cause.
 *
 * <pre>
 *   column drop V_c(i,j) = r_col sum_{k >= i} sum_{l <= k} I(l,j) + r_sense sum_l I(l,j)
 *   row drop    V_r(i,j) = r_row sum_{k <= j} sum_{l >= k} I(i,l) + r_driver sum_l I(i,l)
 *   I_j = sum_i G_ij (V_i - V_c(i,j) - V_r(i,j))
 * </pre>
 *
 * <p>Source: the fixed-point method of CrossSim (T. P. Xiao et al., Sandia National Laboratories), its first step.
 */
final class FirstOrder {
    private FirstOrder() {}

    /**
     * Currents where unselected cells do not conduct. With S_k the summed sources and L_k the summed loads of the selected
     * rows up to k, the double sum of the drops is {@code sum_k S_k L_k}, and that of the converter's input {@code S_R L_R}.
     *
     * @return uA, per column
     */
    static double[] currents(CrossbarCells cells, double[] drive, double volts, WireModel wires) {
        double r = wires.columnOhm() * WireModel.SIEMENS_PER_MICROSIEMENS;
        double sense = wires.senseOhm() * WireModel.SIEMENS_PER_MICROSIEMENS;
        double[] current = new double[cells.columns()];
        for (int j = 0; j < current.length; j++) {
            double source = 0;
            double load = 0;
            double lost = 0;
            for (int i = 0; i < cells.rows(); i++) {
                source += drive[i] * cells.source(i * current.length + j);
                load += drive[i] * cells.load(i * current.length + j);
                lost += source * load;
            }
            current[j] = volts * (source - (r * lost + sense * source * load));
        }
        return current;
    }

    /** Conductances that give the currents of driven rows, uS, {@code [rows, columns]}. */
    static double[] transfer(CrossbarCells cells, WireModel wires) {
        double r = wires.columnOhm() * WireModel.SIEMENS_PER_MICROSIEMENS;
        double sense = wires.senseOhm() * WireModel.SIEMENS_PER_MICROSIEMENS;
        int columns = cells.columns();
        double[] lost = rowLosses(cells, wires);
        for (int j = 0; j < columns; j++) {
            double[] above = new double[cells.rows()];
            double sum = 0;
            for (int i = 0; i < cells.rows(); i++) {
                sum += cells.load(i * columns + j);
                above[i] = sum;
            }
            double below = 0;
            for (int i = cells.rows() - 1; i >= 0; i--) {
                below += above[i];
                lost[i * columns + j] += r * below + sense * sum;
            }
        }
        return remaining(cells, lost);
    }

    /** As {@link WireModel#effective}. */
    static double[] effective(CrossbarCells cells, WireModel wires, double activity) {
        double r = wires.columnOhm() * WireModel.SIEMENS_PER_MICROSIEMENS;
        double sense = wires.senseOhm() * WireModel.SIEMENS_PER_MICROSIEMENS;
        int columns = cells.columns();
        int rows = cells.rows();
        double[] lost = rowLosses(cells, wires);
        for (int j = 0; j < columns; j++) {
            double[] above = new double[rows];
            double sum = 0;
            for (int i = 0; i < rows; i++) {
                sum += cells.source(i * columns + j);
                above[i] = sum;
            }
            double below = 0;
            for (int i = rows - 1; i >= 0; i--) {
                below += above[i];
                double own = cells.source(i * columns + j);
                lost[i * columns + j] += r * (activity * below + (1 - activity) * ((rows - i) * own))
                        + sense * (activity * sum + (1 - activity) * own);
            }
        }
        return remaining(cells, lost);
    }

    /** Relative drop at each cell along its row wire and in its driver. */
    private static double[] rowLosses(CrossbarCells cells, WireModel wires) {
        double r = wires.rowOhm() * WireModel.SIEMENS_PER_MICROSIEMENS;
        double driver = wires.driverOhm() * WireModel.SIEMENS_PER_MICROSIEMENS;
        int columns = cells.columns();
        double[] lost = new double[cells.rows() * columns];
        double[] beyond = new double[columns];
        for (int i = 0; (r > 0 || driver > 0) && i < cells.rows(); i++) {
            double sum = 0;
            for (int j = columns - 1; j >= 0; j--) {
                sum += cells.load(i * columns + j);
                beyond[j] = sum;
            }
            double drop = 0;
            for (int j = 0; j < columns; j++) {
                drop += beyond[j];
                lost[i * columns + j] = r * drop + driver * sum;
            }
        }
        return lost;
    }

    /** Cells at the voltage that is left, in the array of the drops. */
    private static double[] remaining(CrossbarCells cells, double[] lost) {
        for (int cell = 0; cell < lost.length; cell++) {
            lost[cell] = cells.source(cell) - cells.load(cell) * lost[cell];
        }
        return lost;
    }
}
