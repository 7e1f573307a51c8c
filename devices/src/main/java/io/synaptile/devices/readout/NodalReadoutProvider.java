/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.devices.readout;

import io.synaptile.devices.CellOption;
import io.synaptile.devices.CellOptions;
import io.synaptile.devices.wire.Topology;
import io.synaptile.devices.wire.WireModel;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** Makes {@link NodalReadout}s; wires have no resistance unless it is given. */
public final class NodalReadoutProvider implements ArrayReadoutProvider {
    private static final String TOPOLOGY = "topology";
    private static final String ROW = "row_ohm";
    private static final String COLUMN = "column_ohm";
    private static final String DRIVER = "driver_ohm";
    private static final String SENSE = "sense_ohm";

    @Override
    public String kind() {
        return "nodal";
    }

    @Override
    public String description() {
        return "nodal equations in double precision: topology a, z or b with row_ohm, column_ohm, driver_ohm,"
                + " sense_ohm; slow, a reference";
    }

    @Override
    public Set<String> options() {
        return Set.of(TOPOLOGY, ROW, COLUMN, DRIVER, SENSE);
    }

    @Override
    public List<CellOption> described() {
        return List.of(
                new CellOption(
                        TOPOLOGY,
                        "",
                        "b",
                        "a, z, b",
                        "a: rows are driven, rows and columns have resistance; z: as a, but rows have none; b: rows switch access"
                                + " transistors"),
                new CellOption(ROW, "ohm", "0", "at least 0, topology a", "row wire between two cells"),
                new CellOption(COLUMN, "ohm", "0", "at least 0", "column wire between two cells"),
                new CellOption(DRIVER, "ohm", "0", "at least 0, topologies a and z", "the driver of a row"),
                new CellOption(SENSE, "ohm", "0", "at least 0", "input of the circuit that a column ends in"));
    }

    @Override
    public ArrayReadout create(Map<String, Object> values) {
        CellOptions options = new CellOptions(kind(), values, options());
        Topology topology = Topology.valueOf(
                options.choice(TOPOLOGY, List.of("a", "z", "b"), "b").toUpperCase(Locale.ROOT));
        if (options.has(ROW) && topology != Topology.A) {
            throw new IllegalArgumentException(ROW + " is for topology a, whose rows carry current, got "
                    + options.number(ROW, 0) + " with " + topology.id());
        }
        if (options.has(DRIVER) && !topology.linear()) {
            throw new IllegalArgumentException(DRIVER + " is for topologies a and z, whose drivers carry current, got "
                    + options.number(DRIVER, 0) + " with " + topology.id());
        }
        return new NodalReadout(new WireModel(
                topology,
                options.numberAtLeast(ROW, 0, 0),
                options.numberAtLeast(COLUMN, 0, 0),
                options.numberAtLeast(DRIVER, 0, 0),
                options.numberAtLeast(SENSE, 0, 0)));
    }
}
