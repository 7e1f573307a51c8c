/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.devices.readout;

/** A programmed array that can be read. Several threads read it at a time. */
public interface ReadableArray {
    /**
     * Reads the array. A result depends on the cells and its own read, not on the other reads of the call.
     *
     * @param microsiemens receives the column currents over the read voltage, {@code [reads][columns]}; all are to be written
     */
    void read(RowReads reads, float[] microsiemens);
}
