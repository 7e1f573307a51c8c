/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.devices.read;

/**
 * Current of a cell at the read voltage. A spike drives a row with one voltage only, so a bent curve is folded into the
 * conductance that a read sees, {@code I(V) / V}.
 */
@FunctionalInterface
public interface CurrentVoltage {
    /** {@code I = G V}. */
    CurrentVoltage OHMIC = held -> held;

    /** I(V) / V for a conductance at small voltage, both uS. */
    double effective(double held);
}
