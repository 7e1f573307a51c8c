/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.mapping.port;

import java.util.BitSet;
import java.util.Objects;
import java.util.Optional;

/**
 * Cells that are to be written.
 *
 * @param rows of the upper left part of the array that is meant
 * @param columns of it
 * @param target uS, {@code [rows][columns]}; owned by this record, not to be changed
 * @param cells entries that are written; empty for all
 * @param toleranceMicrosiemens how far from its target a cell may end; 0 for what the array does by itself
 * @param maxPulses pulses that a cell may get; 0 for what the array does by itself
 * @param draws what a simulated array draws its variation from
 */
public record ProgramOrder(
        int rows,
        int columns,
        float[] target,
        Optional<BitSet> cells,
        float toleranceMicrosiemens,
        int maxPulses,
        Draws draws) {
    /**
     * Address of random draws; a bench has no use for it.
     *
     * @param layer node id
     * @param array number of the array among those of its layer, further copies counted on
     * @param instance of the chip
     */
    public record Draws(int layer, int array, int instance) {}

    public ProgramOrder {
        Objects.requireNonNull(draws);
        if (rows < 1 || columns < 1 || target.length != rows * columns) {
            throw new IllegalArgumentException(
                    target.length + " targets for " + rows + " x " + columns + " cells of an array");
        }
        if (!(toleranceMicrosiemens >= 0) || maxPulses < 0) {
            throw new IllegalArgumentException(
                    "a tolerance of " + toleranceMicrosiemens + " uS and " + maxPulses + " pulses");
        }
    }

    /** All cells of a part, as the array writes them by itself. */
    public static ProgramOrder of(int rows, int columns, float[] target, Draws draws) {
        return new ProgramOrder(rows, columns, target, Optional.empty(), 0f, 0, draws);
    }

    /** Whether an entry is to be written. */
    public boolean writes(int entry) {
        return cells.isEmpty() || cells.get().get(entry);
    }
}
