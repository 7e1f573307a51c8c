/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.sim.compute;

import java.util.Optional;

/**
 * What makes the currents of columns from cells that are driven, where it is not their sum alone.
 *
 * @param wires column wires with resistance; empty where there are none, or where they are part of the cells' values
 * @param limits of the currents of single columns
 * @param reader what reads the arrays, where that is done outside the backend: the sum of the cells is what the reader says,
 *     and the cells count operations only; noise, limits, conversion and digital sum are the backend's
 */
public record ColumnCircuit(Optional<ColumnWires> wires, Optional<ColumnLimits> limits, Optional<ArrayReader> reader) {
    /** Columns that sum their cells and carry any current. */
    public static final ColumnCircuit IDEAL = new ColumnCircuit(Optional.empty(), Optional.empty(), Optional.empty());

    public ColumnCircuit {
        if (reader.isPresent() && wires.isPresent()) {
            throw new IllegalArgumentException("arrays that a reader reads have no wires of their own");
        }
    }

    /** The same with column wires. */
    public ColumnCircuit with(ColumnWires other) {
        return new ColumnCircuit(Optional.of(other), limits, reader);
    }

    /** The same with limits of columns. */
    public ColumnCircuit with(ColumnLimits other) {
        return new ColumnCircuit(wires, Optional.of(other), reader);
    }

    /** The same, read outside the backend. */
    public ColumnCircuit with(ArrayReader other) {
        return new ColumnCircuit(wires, limits, Optional.of(other));
    }

    /** Whether a column is the plain sum of its cells. */
    public boolean isSum() {
        return wires.isEmpty() && limits.isEmpty() && reader.isEmpty();
    }

    void requireFit(ArrayGrid grid, int planes) {
        wires.ifPresent(own -> own.requireFit(planes, grid.size()));
        limits.ifPresent(own -> own.requireFit(planes, grid.outputs()));
    }

    /** Whether another circuit differs in the loads, limits and arrays of single columns alone. */
    boolean alike(ColumnCircuit other) {
        return wires.isPresent() == other.wires.isPresent()
                && (wires.isEmpty() || wires.get().alike(other.wires.get()))
                && limits.isPresent() == other.limits.isPresent()
                && reader.isPresent() == other.reader.isPresent();
    }
}
