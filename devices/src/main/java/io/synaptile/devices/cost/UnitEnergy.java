/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.devices.cost;

import java.util.OptionalInt;

/**
 * Energy of one event at the word widths in use.
 *
 * @param picojoules energy per event
 * @param origin the table entry, or of two entries between which was interpolated the one of the nearer width (the narrower
 *     of two equally near)
 * @param derivation how the energy follows from the table
 */
public record UnitEnergy(double picojoules, EnergyEntry origin, Derivation derivation) {
    /** Technology node of the number, empty where its source does not state it. */
    public OptionalInt nodeNanometres() {
        return origin.nodeNanometres();
    }
}
