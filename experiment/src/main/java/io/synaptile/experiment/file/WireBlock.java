/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.experiment.file;

import io.synaptile.devices.wire.WireNode;
import java.util.Optional;

/** Block {@code hardware.wire}. */
public record WireBlock(
        @Key(
                value =
                        "How cells, drivers and wires are connected: rows driven to the read voltage or 0 V, with row and"
                                + " column wires (a) or column wires alone (z); cells behind access transistors that conduct only while"
                                + " their row is driven, with column wires (b); or as b with both cells of a pair on one column, at"
                                + " supplies of opposite sign, so that one column and one converter read their difference (c), for"
                                + " codecs of pairs: differential-pair, differential-two-sided, bit-sliced, n-pairs, ternary-pair,"
                                + " rram-plus-shifted-sram.",
                otherwise = "b")
        Topology topology,

        @Key(
                value = "Resistance of a row wire along one cell, in topology a.",
                otherwise = "0",
                range = "[0, 1000000]",
                unit = "ohm")
        double rowOhm,

        @Key(
                value = "Resistance of a column wire along one cell.",
                otherwise = "0",
                range = "[0, 1000000]",
                unit = "ohm")
        double columnOhm,

        @Key(
                value = "Resistance of the driver of a row, in topologies a and z.",
                otherwise = "0",
                range = "[0, 1000000]",
                unit = "ohm")
        double driverOhm,

        @Key(
                value = "Resistance of the converter's input, behind the end of a column.",
                otherwise = "0",
                range = "[0, 1000000]",
                unit = "ohm")
        double senseOhm,

        @Key(
                value =
                        "Technology node whose metal gives the resistance of row and column wires, instead of row_ohm and column_ohm: 130, 90,"
                                + " 65, 45, 32, 22, 14 or 7.",
                otherwise = "none",
                range = "[7, 130]",
                unit = "nm",
                source = "NeuroSim 1.4")
        Optional<Integer> nodeNm,

        @Key(
                value =
                        "Length of a cell in widths of such a wire: 2 for a bare crosspoint, 12 for a cell with a transistor.",
                otherwise = "4",
                range = "(0, 1000]",
                source = "NeuroSim 1.4")
        double cellWidths,

        @Key(
                value =
                        "How drops along the wires are computed: from the nodal equations (exact); as the drops that the currents without wires would cause (one-pass); or by reducing conductances by the mean drop at a given activity (effective).",
                otherwise = "exact")
        Solver solver,

        @Key(
                value = "Share of the rows of a tile that solver effective assumes to be driven.",
                otherwise = "0.1",
                range = "[0, 1]")
        double activity) {
    /** Values of {@code hardware.wire.topology}. */
    public enum Topology {
        A,
        Z,
        B,
        C
    }

    /** Values of {@code hardware.wire.solver}. */
    public enum Solver {
        EXACT,
        ONE_PASS,
        EFFECTIVE
    }

    public WireBlock {
        Interval.check("row_ohm", rowOhm, "[0, 1000000]");
        Interval.check("column_ohm", columnOhm, "[0, 1000000]");
        Interval.check("driver_ohm", driverOhm, "[0, 1000000]");
        Interval.check("sense_ohm", senseOhm, "[0, 1000000]");
        Interval.check("cell_widths", cellWidths, "(0, 1000]");
        Interval.check("activity", activity, "[0, 1]");
        if (nodeNm.isPresent() && !WireNode.known().contains(nodeNm.get())) {
            throw new InvalidSetting("node_nm", "must be one of " + WireNode.known() + ", got " + nodeNm.get());
        }
        if (nodeNm.isPresent() && (rowOhm != 0 || columnOhm != 0)) {
            throw new InvalidSetting("node_nm", "takes the place of row_ohm and column_ohm, leave one of them out");
        }
    }
}
