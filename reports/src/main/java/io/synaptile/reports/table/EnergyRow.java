/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.reports.table;

/**
 * Energy of one component of one layer per inference, mean over the instances of a design point.
 *
 * @param node technology nodes of its prices in nm, joined by {@code +}; {@code unstated} where a source states none
 * @param scaled whether prices were scaled from another node or width: {@code yes}, {@code no} or {@code partly}
 */
public record EnergyRow(
        @Cell(name = "point", label = "Point") int point,
        @Cell(name = "layer", label = "Layer") String layer,
        @Cell(name = "component", label = "Component") String component,

        @Cell(name = "energy_pJ", label = "Energy", unit = "pJ")
        double energyPicojoules,

        @Cell(name = "node_nm", label = "Node") String node,
        @Cell(name = "scaled", label = "Scaled") String scaled) {}
