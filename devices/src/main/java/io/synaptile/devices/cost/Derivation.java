/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.devices.cost;

/** How the number used follows from those of a table. */
public enum Derivation {
    /** As in the table. */
    TABLE,
    /** One entry times the ratio of the widths: adders, shifters and registers are linear in bits. */
    PROPORTIONAL_TO_BITS,
    /** On the line between the entries of the next narrower and wider width. */
    INTERPOLATED,
    /** On the line through the two entries at the end of the table. */
    EXTRAPOLATED
}
