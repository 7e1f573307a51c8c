/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.devices.cost;

/** An energy table of a plug-in; found by the service loader. */
public interface EnergyTableProvider {
    /** Value of {@code hardware.energy} that selects this table. */
    String name();

    /** One line for {@code device list}. */
    String description();

    /** The table; every entry names its source. */
    EnergyTable table();
}
