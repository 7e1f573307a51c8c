/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.devices.cost;

/**
 * One product of an area report: pieces times the area of one.
 *
 * @param count pieces of the component
 * @param unitSquareMicrometres area of one at the widths in use
 * @param origin table entry that it follows from
 * @param derivation how it follows
 */
public record AreaLine(
        AreaComponent component, double count, double unitSquareMicrometres, AreaEntry origin, Derivation derivation) {
    /** Area of all pieces, um2. */
    public double squareMicrometres() {
        return count * unitSquareMicrometres;
    }
}
