/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.devices.wire;

import java.util.Locale;

/**
 * How cells, drivers and wires of an array are connected. Columns end in a virtual ground after the last row; one segment
 * of row wire lies before the first cell, one of column wire after the last.
 */
public enum Topology {
    /** Rows are driven, to the read voltage or to 0 V; rows and columns have resistance. */
    A,
    /** As {@link #A}, row wires without resistance. */
    Z,
    /** Rows switch the gates of access transistors, cells lie between a supply without resistance and their column. */
    B,
    /** As {@link #B}; both cells of a pair lie on one column, at supplies of opposite sign. */
    C;

    /** Name in experiment files. */
    public String id() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Whether the currents of ohmic cells are linear in the inputs, so that one matrix stands for the array. */
    public boolean linear() {
        return this == A || this == Z;
    }
}
