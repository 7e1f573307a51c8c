/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.sim.compute.cpu;

import io.synaptile.sim.compute.ArrayGrid;
import io.synaptile.sim.compute.ArrayPattern;
import io.synaptile.sim.compute.ColumnLimits;
import io.synaptile.sim.compute.ColumnWires;
import io.synaptile.sim.compute.ConverterErrors;
import io.synaptile.sim.compute.LayerArrays;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Arrays;

/**
 * The physical columns of row tiles, packed for the kernels: all planes side by side, each padded to whole vectors. Row tiles that
 * leave out outputs have columns of their own, the others have one set in common.
 */
final class TileColumns {
    /** Outputs that have columns, in the order of these. */
    final int[] outputs;
    /** Columns of a plane, padded to whole vectors. */
    final int padded;

    final Blocks blocks;
    final MemorySegment cells;
    /** Null where no cell has read noise. */
    final MemorySegment variance;
    /** Loads of the cells on wires; null where no wire has resistance. */
    final MemorySegment loads;
    /** By plane, padded to whole vectors; null for planes whose columns have no limits. */
    final float[][] limits;
    /** How single converters differ; null where they do not. */
    final ConverterErrors errors;

    /** What is taken from the number of a row for its row in the blocks. */
    final int firstRow;

    private final LayerArrays arrays;
    private final int endRow;
    /** Columns of one row tile in {@link #errors}. */
    private final int errorsEach;
    /** By plane, the output whose normal each column has; null where they are all outputs in their order. */
    private final int[][] noiseOf;

    /** @param tile whose columns these are, -1 for all tiles */
    private TileColumns(LayerArrays arrays, int tile, int[] outputs, int lanes, Arena arena) {
        ArrayGrid grid = arrays.grid();
        boolean own = tile >= 0;
        int planes = arrays.cells().count();
        ColumnWires wires = arrays.circuit().wires().orElse(null);
        ColumnLimits columnLimits = arrays.circuit().limits().orElse(null);
        ConverterErrors all = arrays.conversion().errors().orElse(null);
        this.arrays = arrays;
        this.outputs = outputs;
        firstRow = own ? grid.firstRow(tile) : 0;
        endRow = own ? grid.endRow(tile) : grid.rows();
        padded = Blocks.padded(outputs.length, lanes);
        blocks = new Blocks(lanes, endRow - firstRow, planes * padded);
        float[] none = new float[planes];
        float[] offsets = new float[planes];
        for (int p = 0; wires != null && p < planes; p++) {
            offsets[p] = wires.offset(p);
        }
        // On wires a cell is what it gives beyond one that does not conduct.
        cells = pack(arena, arrays.cells().values(), offsets);
        variance = arrays.cells().hasReadNoise() ? pack(arena, arrays.cells().variance(), none) : null;
        loads = wires == null ? null : pack(arena, wires.load(), none);
        limits = new float[planes][];
        for (int p = 0; columnLimits != null && p < planes; p++) {
            float[] limit = columnLimits.limit()[p];
            limits[p] = limit == null ? null : Arrays.copyOf(of(limit, 0), padded);
        }
        errors = all == null || !own ? all : errors(all, tile * planes, planes);
        errorsEach = own ? 0 : planes * grid.outputs();
        noiseOf = new int[planes][];
        for (int p = 0; p < planes; p++) {
            if (grid.shared(p) > 1) {
                int[] first = grid.noiseOf(Math.max(0, tile), p);
                noiseOf[p] = Arrays.stream(outputs).map(output -> first[output]).toArray();
            } else if (own) {
                noiseOf[p] = outputs;
            }
        }
    }

    /** The columns of every row tile; one set for all of them where none leaves out an output. */
    static TileColumns[] of(LayerArrays arrays, int lanes, Arena arena) {
        ArrayGrid grid = arrays.grid();
        TileColumns[] columns = new TileColumns[grid.rowTiles()];
        if (grid.pattern().isEmpty()) {
            int[] outputs = new int[grid.outputs()];
            Arrays.setAll(outputs, output -> output);
            Arrays.fill(columns, new TileColumns(arrays, -1, outputs, lanes, arena));
            return columns;
        }
        ArrayPattern pattern = grid.pattern().get();
        Arrays.setAll(columns, tile -> {
            int[] outputs = Arrays.stream(pattern.outputs()[tile])
                    .flatMapToInt(Arrays::stream)
                    .toArray();
            return new TileColumns(arrays, tile, outputs, lanes, arena);
        });
        return columns;
    }

    /**
     * A plane that is null or has no cells is left at 0.
     *
     * @param offsets by plane, taken from its values
     */
    private MemorySegment pack(Arena arena, float[][] values, float... offsets) {
        MemorySegment matrix = blocks.allocate(arena);
        for (int p = 0; p < values.length; p++) {
            for (int row = firstRow; values[p] != null && values[p].length > 0 && row < endRow; row++) {
                for (int i = 0; i < outputs.length; i++) {
                    matrix.setAtIndex(
                            ValueLayout.JAVA_FLOAT,
                            blocks.index(row - firstRow, p * padded + i),
                            values[p][row * arrays.grid().outputs() + outputs[i]] - offsets[p]);
                }
            }
        }
        return matrix;
    }

    /** Those of the outputs among the values of all. */
    private float[] of(float[] all, int from) {
        float[] own = new float[outputs.length];
        for (int i = 0; i < own.length; i++) {
            own[i] = all[from + outputs[i]];
        }
        return own;
    }

    /** The converters of a row tile, plane by plane. */
    private ConverterErrors errors(ConverterErrors all, int firstPlane, int planes) {
        float[] gain = new float[planes * outputs.length];
        float[] offset = new float[gain.length];
        int[] table = all.table() == null ? null : new int[gain.length];
        for (int p = 0; p < planes; p++) {
            for (int i = 0; i < outputs.length; i++) {
                int to = p * outputs.length + i;
                int from = (firstPlane + p) * arrays.grid().outputs() + outputs[i];
                gain[to] = all.gain()[from];
                offset[to] = all.offset()[from];
                if (table != null) {
                    table[to] = all.table()[from];
                }
            }
        }
        return new ConverterErrors(gain, offset, table, all.codes());
    }

    /** Place in {@link #errors} of the first column of a plane. */
    int errorsAt(int tile, int plane) {
        return tile * errorsEach + plane * outputs.length;
    }

    /** Offset of the first column of a plane among the sums of a read, in bytes. */
    long column(int plane) {
        return (long) plane * padded * Float.BYTES;
    }

    /** Bytes of the sums of a read. */
    long bytes() {
        return (long) blocks.padded * Float.BYTES;
    }

    /**
     * Picks the normals of the columns of a plane, where they are not those of all outputs in their order.
     *
     * @param drawn by output of the layer
     * @param normals by column, overwritten; may be {@code drawn} where all outputs have columns
     */
    void pick(int plane, float[] drawn, float[] normals) {
        int[] noise = noiseOf[plane];
        // The output that has the noise of others comes before these, so that nothing is overwritten before it is read.
        for (int i = 0; noise != null && i < noise.length; i++) {
            normals[i] = drawn[noise[i]];
        }
    }
}
