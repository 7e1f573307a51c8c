/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.mapping.port;

/**
 * What a board refuses to exceed.
 *
 * @param readVolts voltage of a fully driven row, V; 0 where it is unknown
 * @param drive largest share of that voltage on a row; 0 for any
 * @param columnMicroamperes largest current of a column, uA; 0 where it is unknown
 * @param pulsesPerCell pulses that a cell may get in all its life; 0 for any number
 * @param readsPerCall reads in one call, at least 1
 */
public record PortLimits(
        double readVolts, double drive, double columnMicroamperes, long pulsesPerCell, int readsPerCall) {
    public PortLimits {
        if (!(readVolts >= 0) || !(drive >= 0) || !(columnMicroamperes >= 0) || pulsesPerCell < 0 || readsPerCall < 1) {
            throw new IllegalArgumentException("limits of " + readVolts + " V, drive " + drive + ", "
                    + columnMicroamperes + " uA, " + pulsesPerCell + " pulses and " + readsPerCall + " reads");
        }
    }
}
