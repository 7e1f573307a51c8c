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
        int point,
        String layer,
        String component,
        String event,
        double count,
        double unitPicojoules,
        double energyPicojoules,
        String node,
        String scaled,
        String derivation,
        String source) {
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
