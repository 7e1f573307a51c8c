/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.mapping.chip;

import io.synaptile.devices.Age;
import java.util.List;
import java.util.Optional;

/**
 * Conductances of one layer on one chip, and of its further copies.
 *
 * @param conductances as programmed, uS, {@code [plane][rows * outputs]}, each row-major; the columns that a tile has once
 *     stand at all of its outputs; owned by this record, not changed
 * @param faults which cells ignored their write, as {@link io.synaptile.devices.CellFault} says, in the same layout; owned by
 *     this record, not changed
 * @param errorRmsMicrosiemens root mean square of programmed minus target over all its cells
 * @param writePulses pulses given to all its cells together
 * @param later what time has made of the cells; empty where they have just been programmed
 * @param further copies of the layer after the first, without copies of theirs; empty where there are none, or all are alike
 */
public record ProgrammedLayer(
        float[][] conductances,
        byte[][] faults,
        double errorRmsMicrosiemens,
        long writePulses,
        Optional<Later> later,
        List<ProgrammedLayer> further) {
    public ProgrammedLayer {
        further = List.copyOf(further);
    }

    /**
     * Cells some time after programming.
     *
     * @param conductances uS, in the layout of {@link ProgrammedLayer#conductances}; owned by this record, not changed
     * @param columnGain what the current of every column is multiplied by before it is converted, {@code [plane][outputs]}, to
     *     make up for drift; empty where nothing is
     */
    public record Later(Age age, float[][] conductances, Optional<float[][]> columnGain) {}

    /** Cells as they were written. */
    public ProgrammedLayer(float[][] conductances, byte[][] faults, double errorRmsMicrosiemens, long writePulses) {
        this(conductances, faults, errorRmsMicrosiemens, writePulses, Optional.empty(), List.of());
    }

    /** The first of several copies. */
    public ProgrammedLayer with(List<ProgrammedLayer> others) {
        return new ProgrammedLayer(conductances, faults, errorRmsMicrosiemens, writePulses, later, others);
    }

    /** One of the copies of the layer, from 0. */
    public ProgrammedLayer copy(int copy) {
        return copy == 0 || further.isEmpty() ? this : further.get(copy - 1);
    }

    /** The same cells some time later, without further copies. */
    ProgrammedLayer at(Later time) {
        return new ProgrammedLayer(
                conductances, faults, errorRmsMicrosiemens, writePulses, Optional.of(time), List.of());
    }

    /** Time since programming and temperature. */
    public Age age() {
        return later.map(Later::age).orElse(Age.NONE);
    }

    /** What the cells hold now, in the layout of {@link #conductances}. */
    public float[][] held() {
        return later.map(Later::conductances).orElse(conductances);
    }

    /** Gain of the column of one cell. */
    float gain(int plane, int cell) {
        return later.flatMap(Later::columnGain)
                .map(gain -> gain[plane][cell % gain[plane].length])
                .orElse(1f);
    }

    /** Conductances as a converter sees them: the given ones times the gain of their column; a new array. */
    float[][] seen(float[][] conductances) {
        float[][] seen = new float[conductances.length][conductances[0].length];
        for (int p = 0; p < seen.length; p++) {
            for (int i = 0; i < seen[p].length; i++) {
                seen[p][i] = conductances[p][i] * gain(p, i);
            }
        }
        return seen;
    }
}
