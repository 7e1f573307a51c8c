/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.devices;

import java.util.random.RandomGenerator;

/**
 * Electrical behaviour of one kind of memory cell, independent of where the cell sits.
 *
 * <p>Conductances are in microsiemens everywhere in this interface. Implementations hold no state beyond their
 * configuration, so one instance may serve every tile from several threads.
 */
public interface CellModel {
    /** Name used in experiment files and reports, for example {@code rram}. */
    String id();

    /** Conductances that can be targeted when programming. */
    ConductanceRange range();

    /** Number of states that can be told apart, at least 2; a target is one of {@code levels} equal steps of the range. */
    int levels();

    /**
     * Programs cells towards their targets and writes what was actually reached.
     *
     * <p>Called once per mapping; the result persists until the cells are programmed again. Noise that differs on every
     * access belongs in {@link #readSigma}.
     *
     * @param target target conductances, each inside {@link #range()}
     * @param actual receives the programmed conductances, same length; may be {@code target} itself
     * @param random source of variation, owned by the caller; the number of words drawn per cell is fixed
     * @return write pulses given to all cells together; one per cell where nothing is verified
     * @throws IllegalArgumentException if the lengths differ or a target lies outside the range
     */
    long program(float[] target, float[] actual, RandomGenerator random);

    /**
     * Conductances that programmed cells have after some time, at the temperature they are read at: drift, relaxation,
     * retention. They stay as programmed unless overridden.
     *
     * @param target what the cells were programmed towards, uS
     * @param programmed what {@link #program} left, uS, same length; not changed
     * @param aged receives the conductances, uS, same length; may be {@code programmed} itself
     * @param age time since programming and temperature
     * @param random source of what differs between cells, owned by the caller; the number of words drawn per cell is fixed, so
     *     that a cell drifts along one curve through all ages
     * @throws IllegalArgumentException if the lengths differ or the cell has no data for that age or temperature
     */
    default void age(float[] target, float[] programmed, float[] aged, Age age, RandomGenerator random) {
        System.arraycopy(programmed, 0, aged, 0, programmed.length);
    }

    /**
     * Standard deviation of one read of a cell around its programmed conductance, uS; independent between cells and reads.
     * 0 unless overridden.
     */
    default float readSigma(float programmed) {
        return 0f;
    }
}
