/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.devices;

import java.util.Arrays;
import java.util.Optional;
import java.util.OptionalDouble;
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

    /**
     * Number of states that can be told apart, at least 2; a target is one of {@code levels} equal steps of the range, or of
     * {@link #levelList}.
     */
    int levels();

    /** Conductances of the levels, from one end of the range to the other, where they are no equal steps. */
    default Optional<LevelList> levelList() {
        return Optional.empty();
    }

    /**
     * Programs cells towards their targets and writes what was actually reached.
     *
     * <p>Called once per mapping; the result persists until the cells are programmed again. Noise that differs on every
     * access belongs in {@link #readMoments}.
     *
     * @param target target conductances, each inside {@link #range()}
     * @param actual receives the programmed conductances, same length; may be {@code target} itself
     * @param random source of variation, owned by the caller; the number of words drawn per cell is fixed
     * @return write pulses given to all cells together; one per cell where nothing is verified
     * @throws IllegalArgumentException if the lengths differ or a target lies outside the range
     */
    long program(float[] target, float[] actual, RandomGenerator random);

    /**
     * Programs cells of which it is known where they stand. Where they stand plays no part unless overridden; what neighbours
     * share in a cell that overrides this, {@link #program(float[], float[], RandomGenerator)} draws for every cell by itself.
     *
     * @param places one per target
     */
    default long program(float[] target, float[] actual, CellPlaces places, RandomGenerator random) {
        return program(target, actual, random);
    }

    /**
     * Which cells ignore a write, as {@link CellFault} says: a new array, one per place. None unless overridden.
     *
     * @param random in the state in which the write gets it
     */
    default byte[] faults(CellPlaces places, RandomGenerator random) {
        return new byte[places.cells()];
    }

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
     * Mean and standard deviation of one read of each cell: read noise, random telegraph signals, the current-voltage curve.
     * Reads are independent between cells and between reads. A cell is read exactly unless overridden.
     *
     * @param programmed what {@link #program} left, uS; not changed
     * @param held what the cells hold when they are read, {@code programmed} itself or as {@link #age} left it, uS, same
     *     length; not changed
     * @param mean receives the mean of the reads, uS, same length; may be {@code held} itself
     * @param sigma receives their standard deviation, uS, same length
     * @param age time since programming and temperature
     * @param random source of what differs between cells and stays from read to read, owned by the caller; the same words for
     *     every call about a chip, at every age
     * @throws IllegalArgumentException if the lengths differ
     */
    default void readMoments(
            float[] programmed, float[] held, float[] mean, float[] sigma, Age age, RandomGenerator random) {
        System.arraycopy(held, 0, mean, 0, held.length);
        Arrays.fill(sigma, 0f);
    }

    /** Voltage of a read, V, above 0; unknown unless overridden. What is told in microampere is for cells that know theirs. */
    default OptionalDouble readVolts() {
        return OptionalDouble.empty();
    }

    /** The amplifier that reads this cell in pairs; none unless overridden: columns are read as currents. */
    default Optional<PairSense> pairSense() {
        return Optional.empty();
    }

    /** The digital word that this cell is; none unless overridden: a cell is an analogue conductance. */
    default Optional<ShiftedWord> shiftedWord() {
        return Optional.empty();
    }

    /** What one of the pulses that {@link #program} counts needs; unknown unless overridden. */
    default WriteCost writeCost() {
        return WriteCost.UNKNOWN;
    }
}
