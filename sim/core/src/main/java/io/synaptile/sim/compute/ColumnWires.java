/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.sim.compute;

import java.util.Arrays;

/**
 * Column wires with resistance, in arrays whose cells conduct only while their row is driven, so that the drop depends on
 * which rows are. A column of a row tile is one wire of equal segments, one per row, that ends after the tile's last row in
 * the resistance of the converter's input.
 *
 * <p>Driven row r with input x adds {@code x load[p][r, o]} to the load a of the wire and
 * {@code x (planes[p][r, o] - offset[p])} to its current s. From one driven row to the next lie n segments, a resistance of
 * {@code r = n segment}; from the last one to the converter {@code r = n segment + sense}. {@code offset[p]} times the summed
 * inputs is added to what arrives.
 *
 * <pre>
 *   exact      through r: a' = a / (1 + r a),  s' = s / (1 + r a)      i_p = s' + offset[p] sum x_r
 *   one pass   over r:    d' = d + r s a                               i_p = s - d + offset[p] sum x_r
 * </pre>
 *
 * <p>The exact form is the elimination of the column's tridiagonal nodal equations; one pass takes the drops that currents
 * without wires would cause. Read noise is added afterwards, as that of cells at the full read voltage.
 *
 * @param load conductance of each cell times a unit of resistance, per plane in the layout of its cells; null for planes
 *     without wires, such as digital words
 * @param offset value of a cell that does not conduct, per plane
 * @param exact which form
 * @param segment resistance of a segment in that unit, at least 0
 * @param sense resistance of the converter's input in that unit, at least 0
 */
public record ColumnWires(float[][] load, float[] offset, boolean exact, float segment, float sense) {
    public ColumnWires {
        if (!(segment >= 0f && segment < Float.POSITIVE_INFINITY && sense >= 0f && sense < Float.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException(
                    "resistances of wires must be finite and at least 0, got " + segment + " and " + sense);
        }
    }

    /** Wires whose segments are the unit of resistance, and that end in converters without. */
    public ColumnWires(float[][] load, float[] offset, boolean exact) {
        this(load, offset, exact, 1f, 0f);
    }

    void requireFit(int planes, int cells) {
        if (load.length != planes || offset.length != planes) {
            throw new IllegalArgumentException(
                    "wires of " + load.length + " planes with " + offset.length + " offsets for " + planes + " planes");
        }
        for (float[] plane : load) {
            if (plane != null && plane.length != cells) {
                throw new IllegalArgumentException("wire loads of " + plane.length + " cells, expected " + cells);
            }
        }
    }

    /** Whether other wires differ in loads alone. */
    boolean alike(ColumnWires other) {
        return exact == other.exact
                && segment == other.segment
                && sense == other.sense
                && Arrays.equals(offset, other.offset);
    }

    /** Resistance of segments of wire and the converter behind them. */
    public float toConverter(int segments) {
        return segments * segment + sense;
    }

    /** Value of a cell of a plane that does not conduct; 0 for planes without wires. */
    public float offset(int plane) {
        return load[plane] == null ? 0f : offset[plane];
    }
}
