/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.reports.table;

/**
 * Energy of one component of one layer per inference, mean over the instances of a design point.
 *
 * @param node technology nodes of its prices in nm, joined by {@code +}; {@code unstated} where a source states none
 * @param scaled whether prices were scaled from another node or width: {@code yes}, {@code no} or {@code partly}
 */
public record EnergyRow(
        int point, String layer, String component, double energyPicojoules, String node, String scaled) {}
