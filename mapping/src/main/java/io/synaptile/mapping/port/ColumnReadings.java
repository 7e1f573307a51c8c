/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.mapping.port;

import java.util.BitSet;
import java.util.Objects;

/**
 * Columns that were read.
 *
 * @param microsiemens currents over the read voltage, {@code [reads][columns]}, the reads of all images one after the other
 * @param saturated entries at the end of what the board can measure
 */
public record ColumnReadings(float[] microsiemens, BitSet saturated) {
    public ColumnReadings {
        Objects.requireNonNull(saturated);
    }
}
