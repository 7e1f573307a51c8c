/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.devices.cost;

/**
 * One product of a report: count times unit energy.
 *
 * @param event what happened
 * @param count how often
 * @param unit price of one event with its source
 */
public record EnergyLine(EnergyEvent event, double count, UnitEnergy unit) {
    /** Energy of all events, pJ. */
    public double energyPicojoules() {
        return count * unit.picojoules();
    }
}
