/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.mapping;

import io.synaptile.devices.wire.Topology;
import io.synaptile.devices.wire.WireModel;
import java.util.Objects;

/**
 * Wires of every array and how their drops are computed. A wire is as long as the part of the tile that is used: the used
 * rows are next to the converters, the used columns next to the drivers.
 *
 * @param solver how drops are computed
 * @param activity share of the rows that is driven, which {@link Solver#EFFECTIVE} assumes, 0 to 1
 */
public record WireSpec(WireModel model, Solver solver, double activity) {
    /** Values of {@code hardware.wire.solver}. */
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
            throw new IllegalArgumentException("hardware.wire.activity must be 0 to 1, got " + activity);
        }
        if (model.topology() == Topology.C) {
            throw new IllegalArgumentException(
                    "hardware.wire.topology c needs pairs of cells on one column, which no codec has");
        }
    }

    /** Wires without resistance. */
    public static WireSpec ideal() {
        return new WireSpec(new WireModel(Topology.B, 0, 0), Solver.EXACT, 0);
    }

    /** Whether the drops depend on which rows are driven, so that they are computed read by read. */
    public boolean dependsOnInput() {
        return model.resistive() && !model.topology().linear() && solver != Solver.EFFECTIVE;
    }

    /** Whether one matrix of conductances stands for a programmed array with its wires. */
    public boolean hasMatrix() {
        return model.resistive() && !dependsOnInput();
    }
}
