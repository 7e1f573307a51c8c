/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.mapping;

import io.synaptile.devices.wire.Topology;
import io.synaptile.devices.wire.WireModel;
import io.synaptile.mapping.property.HardwareProperty;
import io.synaptile.text.message.RefusedException;
import java.util.Objects;

/**
 * Wires of every array and how their drops are computed. A wire is as long as the part of the tile that is used: the used
 * rows are next to the converters, the used columns next to the drivers.
 *
 * @param solver how drops are computed
 * @param activity share of the rows that is driven, which {@link Solver#EFFECTIVE} assumes, 0 to 1
 */
public record WireSpec(WireModel model, Solver solver, double activity) {
    private static final double MICRO = 1e-6;

    /** How drops are computed. */
    public enum Solver {
        /** Nodal equations. */
        EXACT,
        /** Drops that the currents without wires would cause. */
        ONE_PASS,
        /** Conductances reduced by the mean drop at a stated activity. */
        EFFECTIVE
    }

    public WireSpec {
        Objects.requireNonNull(model);
        Objects.requireNonNull(solver);
        if (!(activity >= 0 && activity <= 1)) {
            throw RefusedException.mustBe(HardwareProperty.WIRE_ACTIVITY, "0 to 1", activity);
        }
    }

    /** Wires without resistance. */
    public static WireSpec ideal() {
        return new WireSpec(new WireModel(Topology.B, 0, 0), Solver.EXACT, 0);
    }

    /** Whether both cells of a pair are on one column, at supplies of opposite sign. */
    public boolean pairsOnColumns() {
        return model.topology() == Topology.C;
    }

    /** Whether the drops depend on which rows are driven, so that they are computed read by read. */
    public boolean dependsOnInput() {
        return model.resistive() && !model.topology().linear() && solver != Solver.EFFECTIVE;
    }

    /** Whether one matrix of conductances stands for a programmed array with its wires. */
    public boolean hasMatrix() {
        return model.resistive() && !dependsOnInput();
    }

    /**
     * Refuses approximations where drops could exceed the read voltage.
     *
     * @param rows of a tile, all driven
     * @param columns physical columns of a tile
     * @param microsiemens conductance of every cell
     * @throws IllegalArgumentException if the cell farthest from driver and converter could be left without voltage
     */
    void requireReach(int rows, int columns, double microsiemens) {
        if (!hasMatrix() || solver == Solver.EXACT) {
            return;
        }
        double all = rows * (rows + 1.0) / 2;
        boolean onePass = solver == Solver.ONE_PASS;
        double alongColumn = onePass ? all : activity * all + (1 - activity) * rows;
        double atSense = onePass ? rows : activity * rows + (1 - activity);
        double ohm = model.columnOhm() * alongColumn
                + model.senseOhm() * atSense
                + model.rowOhm() * columns * (columns + 1.0) / 2
                + model.driverOhm() * columns;
        if (ohm * microsiemens * MICRO > 1) {
            throw RefusedException.of(
                    HardwareProperty.WIRE_SOLVER,
                    " must be exact: with all rows driven, drops along the wires of a tile of " + rows + " x " + columns
                            + " cells could exceed the read voltage");
        }
    }
}
