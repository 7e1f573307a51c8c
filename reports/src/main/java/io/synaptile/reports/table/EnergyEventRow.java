/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.reports.table;

/**
 * One product of the energy of a layer: events per inference, mean over the instances, times the price of one.
 *
 * @param node technology node of the price in nm, {@code unstated} where its source states none
 * @param scaled whether the price was scaled from another node or width
 * @param derivation how the price at the width in use follows from the table
 */
public record EnergyEventRow(
        @Cell(name = "point", label = "Point") int point,
        @Cell(name = "layer", label = "Layer") String layer,
        @Cell(name = "component", label = "Component") String component,
        @Cell(name = "event", label = "Event") String event,
        @Cell(name = "count", label = "Count") double count,

        @Cell(name = "unit_energy_pJ", label = "Energy of one", unit = "pJ")
        double unitPicojoules,

        @Cell(name = "energy_pJ", label = "Energy", unit = "pJ")
        double energyPicojoules,

        @Cell(name = "node_nm", label = "Node") String node,
        @Cell(name = "scaled", label = "Scaled") String scaled,
        @Cell(name = "derivation", label = "Derivation") String derivation,
        @Cell(name = "source", label = "Source") String source) {
    /** The same with counts and energy divided by a number of instances. */
    public EnergyEventRow over(int instances) {
        return new EnergyEventRow(
                point,
                layer,
                component,
                event,
                count / instances,
                unitPicojoules,
                energyPicojoules / instances,
                node,
                scaled,
                derivation,
                source);
    }
}
