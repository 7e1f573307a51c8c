/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.devices.readout;

/** How arrays are read. Implementations hold no state beyond their configuration. */
public interface ArrayReadout {
    /** Name used in experiment files and reports, for example {@code nodal}. */
    String id();

    /**
     * Prepares a programmed array for its reads, of which there may be millions.
     *
     * @throws IllegalArgumentException saying why such an array cannot be read
     */
    ReadableArray open(ArrayCells cells);

    /** Whether currents contain the read noise of the cells already; else it is added afterwards, column by column. */
    default boolean noisy() {
        return false;
    }
}
