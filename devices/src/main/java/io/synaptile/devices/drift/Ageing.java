/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.devices.drift;

import io.synaptile.devices.Age;
import io.synaptile.devices.CellDraws;

/**
 * One cause of change between programming and a read. What a cell draws is the same at every age, so that it moves along one
 * curve.
 */
public interface Ageing {
    /** Whose numbers it draws. */
    CellDraws.Effect effect();

    /**
     * Conductance of one cell, uS.
     *
     * @param target what it was programmed towards, uS
     * @param conductance programmed, or what an effect before this one left, uS
     * @param age time at the temperature of the fit, and temperature of the read
     * @param cell numbers of this cell
     */
    double aged(double target, double conductance, Age age, CellDraws cell);

    /**
     * Refuses an age without data; any age is accepted unless overridden.
     *
     * @throws IllegalArgumentException naming the age and what is covered
     */
    default void requireCovered(Age age) {}
}
