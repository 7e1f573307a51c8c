/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.reports.table;

/**
 * One figure of what a design point costs; mean over its instances where they differ.
 *
 * @param group what it belongs to: {@link #ENERGY}, {@link #LATENCY}, {@link #ARITHMETIC}, {@link #AREA},
 *     {@link #PROGRAMMING}, {@link #SPARSE_MAPPING}, {@link #SPIKESIM}, {@link #SATA}
 * @param unit empty for a pure number
 * @param value NaN where nothing is known
 */
public record CostRow(
        @Cell(name = "point", label = "Point") int point,
        @Cell(name = "group", label = "Group") String group,
        @Cell(name = "quantity", label = "Quantity") String quantity,
        @Cell(name = "unit", label = "Unit") String unit,
        @Cell(name = "value", label = "Value") double value) {
    /** Energy of one inference beside that of a quantised artificial network. */
    public static final String ENERGY = "energy";
    /** Time of one inference in each mode that layers can overlap in. */
    public static final String LATENCY = "latency";
    /** Energy of arithmetic alone. */
    public static final String ARITHMETIC = "arithmetic";
    /** Area of the chip. */
    public static final String AREA = "area";
    /** Writing the cells once. */
    public static final String PROGRAMMING = "programming";
    /** What tiles leave out of layers with weights that are 0; only where they leave out anything. */
    public static final String SPARSE_MAPPING = "sparse_mapping";
    /** What SpikeSim's released script would say. */
    public static final String SPIKESIM = "spikesim_compat";
    /** What SATA's released tool would say. */
    public static final String SATA = "sata_compat";
}
