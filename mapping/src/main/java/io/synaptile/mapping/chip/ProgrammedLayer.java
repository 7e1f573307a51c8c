/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.mapping.chip;

import java.util.Optional;

/**
 * Conductances of one layer on one chip.
 *
 * @param written as left by the write, uS, {@code [plane][rows * outputs]}, each row-major; the columns that a tile has once
 *     stand at all of its outputs; owned by this record, not changed
 * @param conductances what the cells hold now, {@code written} itself unless they have aged; same layout
 * @param errorRmsMicrosiemens root mean square of programmed minus target over all its cells
 * @param writePulses pulses given to all its cells together
 * @param columnGain what the current of every column is multiplied by before it is converted, {@code [plane][outputs]}, to make
 *     up for drift; empty where nothing is
 */
public record ProgrammedLayer(
        float[][] written,
        float[][] conductances,
        double errorRmsMicrosiemens,
        long writePulses,
        Optional<float[][]> columnGain) {
    /** Cells as they were written. */
    public ProgrammedLayer(float[][] conductances, double errorRmsMicrosiemens, long writePulses) {
        this(conductances, conductances, errorRmsMicrosiemens, writePulses, Optional.empty());
    }

    /** The same cells with other conductances. */
    ProgrammedLayer with(float[][] other, Optional<float[][]> gain) {
        return new ProgrammedLayer(written, other, errorRmsMicrosiemens, writePulses, gain);
    }

    /** Gain of the column of one cell. */
    float gain(int plane, int cell) {
        return columnGain.map(gain -> gain[plane][cell % gain[plane].length]).orElse(1f);
    }

    /**
     * Conductances that a converter sees: those times the gain of their column.
     *
     * @param conductances in the layout of {@link #conductances}; not changed
     */
    float[][] seen(float[][] conductances) {
        if (columnGain.isEmpty()) {
            return conductances;
        }
        float[][] seen = new float[conductances.length][conductances[0].length];
        for (int p = 0; p < seen.length; p++) {
            for (int i = 0; i < seen[p].length; i++) {
                seen[p][i] = conductances[p][i] * gain(p, i);
            }
        }
        return seen;
    }
}
