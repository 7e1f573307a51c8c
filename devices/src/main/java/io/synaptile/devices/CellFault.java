/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.devices;

/** What a fault map says of a cell. */
public final class CellFault {
    /** The cell follows its write. */
    public static final byte NONE = 0;
    /** It is at the minimum, whatever is written. */
    public static final byte OFF = -1;
    /** It is at the maximum, whatever is written. */
    public static final byte ON = 1;

    private CellFault() {}

    /** Puts the faulty cells of a map where they stay, uS. */
    public static void apply(byte[] faults, float[] conductance, ConductanceRange range) {
        for (int i = 0; i < faults.length; i++) {
            if (faults[i] != NONE) {
                conductance[i] = faults[i] == ON ? range.maxMicrosiemens() : range.minMicrosiemens();
            }
        }
    }
}
