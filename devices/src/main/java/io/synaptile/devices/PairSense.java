/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.devices;

/** A sense amplifier that reads the two cells of a pair in one step and decides for one of its states. */
public interface PairSense {
    /**
     * Replaces the conductances of pairs by those of the states that are read.
     *
     * @param positive conductance of the first cell of every pair, uS, changed in place
     * @param negative of the second, same length, changed in place
     * @param range of the cell
     */
    void decide(float[] positive, float[] negative, ConductanceRange range);
}
