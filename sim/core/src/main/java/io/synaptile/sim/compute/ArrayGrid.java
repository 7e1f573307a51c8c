/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.sim.compute;

import java.util.Arrays;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * How the matrix of a layer lies on arrays: rows are cut into row tiles. Column tiles lie side by side, so that a row of the
 * matrix is one run of memory.
 *
 * <p>Row r is input {@code (ky * kw + kx) * Cin + ci} of a convolution kernel; of a dense layer over a C x H x W map it is
 * {@code (y * W + x) * C + c}.
 *
 * <p>The last rows may be driven with 1 at every step and output position, in the phase of positive inputs, whatever the inputs of the
 * layer are: what their cells hold is a bias. They count as any driven row does.
 *
 * @param rows of the matrix, those that are always driven included
 * @param cuts first row of each row tile, ascending from 0
 * @param shared of each plane, the consecutive outputs that one physical column serves, at least 1: they share its read noise,
 *     that of the first of them; without entries where every output has columns of its own
 * @param always how many rows, the last ones, are always driven
 * @param pattern which rows and columns of the layer's matrix the arrays have; empty where they have all, in their order
 */
public record ArrayGrid(int rows, int outputs, int[] cuts, int[] shared, int always, Optional<ArrayPattern> pattern) {
    public ArrayGrid {
        requireCuts(cuts, rows);
        if (always < 0 || (pattern.isEmpty() ? always >= rows : always > rows)) {
            throw new IllegalArgumentException(
                    always + " rows that are always driven do not fit a matrix of " + rows + " rows with inputs");
        }
        if (Arrays.stream(shared).anyMatch(outputsOf -> outputsOf < 1)) {
            throw new IllegalArgumentException(
                    "outputs of a column must be at least 1, got " + Arrays.toString(shared));
        }
        if (pattern.isPresent()) {
            pattern.get().requireFit(rows - always, outputs, cuts);
        }
    }

    /** Arrays that have all rows and columns. */
    public ArrayGrid(int rows, int outputs, int[] cuts, int[] shared, int always) {
        this(rows, outputs, cuts, shared, always, Optional.empty());
    }

    /** Arrays whose rows all have inputs. */
    public ArrayGrid(int rows, int outputs, int[] cuts, int[] shared) {
        this(rows, outputs, cuts, shared, 0);
    }

    /** Arrays on which every output has columns of its own. */
    public ArrayGrid(int rows, int outputs, int[] cuts) {
        this(rows, outputs, cuts, new int[0]);
    }

    /** The same, of whose rows the last ones are always driven. */
    public ArrayGrid withAlways(int count) {
        return new ArrayGrid(rows, outputs, cuts, shared, count, pattern);
    }

    /** The same, of whose rows and columns some are left out. */
    public ArrayGrid with(ArrayPattern other) {
        return new ArrayGrid(rows, outputs, cuts, shared, always, Optional.of(other));
    }

    /** Rows that inputs drive. */
    public int inputRows() {
        return rows - always;
    }

    /** Rows of the layer's matrix that inputs drive, those that are left out too. */
    public int matrixRows() {
        return pattern.map(ArrayPattern::matrixRows).orElse(inputRows());
    }

    /** Arrays of as many rows each. */
    public static ArrayGrid even(int rows, int outputs, int rowsPerTile) {
        return new ArrayGrid(rows, outputs, evenCuts(rows, rowsPerTile));
    }

    /** The first rows of row tiles of as many rows each; the last one may have fewer. */
    public static int[] evenCuts(int rows, int rowsPerTile) {
        if (rowsPerTile < 1) {
            throw new IllegalArgumentException("a tile needs at least 1 row, got " + rowsPerTile);
        }
        int[] cuts = new int[Math.ceilDiv(rows, rowsPerTile)];
        Arrays.setAll(cuts, tile -> tile * rowsPerTile);
        return cuts;
    }

    private static void requireCuts(int[] cuts, int rows) {
        boolean ascending = cuts.length > 0 && cuts[0] == 0 && cuts[cuts.length - 1] < rows;
        for (int tile = 1; tile < cuts.length; tile++) {
            ascending &= cuts[tile] > cuts[tile - 1];
        }
        if (!ascending) {
            throw new IllegalArgumentException("row tiles must begin at rows ascending from 0 and below " + rows
                    + ", got " + Arrays.toString(cuts));
        }
    }

    /** Weights of the matrix. */
    public int size() {
        return rows * outputs;
    }

    /** Number of row tiles. */
    public int rowTiles() {
        return cuts.length;
    }

    /** First row of a row tile. */
    public int firstRow(int tile) {
        return cuts[tile];
    }

    /** First row that is not on a row tile any more. */
    public int endRow(int tile) {
        return tile + 1 < cuts.length ? cuts[tile + 1] : rows;
    }

    /** Rows of the largest row tile. */
    int mostRows() {
        int most = 0;
        for (int tile = 0; tile < cuts.length; tile++) {
            most = Math.max(most, endRow(tile) - firstRow(tile));
        }
        return most;
    }

    /** The row tile of every row, {@code [rows]}. */
    public int[] tileOfRow() {
        int[] tileOf = new int[rows];
        for (int tile = 0; tile < cuts.length; tile++) {
            Arrays.fill(tileOf, firstRow(tile), endRow(tile), tile);
        }
        return tileOf;
    }

    /**
     * Of every output the one whose read noise a plane has for it on a row tile: the first one on its column.
     *
     * @return shape {@code [outputs]}; -1 for an output without columns on the row tile
     */
    public int[] noiseOf(int tile, int plane) {
        int of = shared(plane);
        if (pattern.isEmpty()) {
            return IntStream.range(0, outputs)
                    .map(output -> output - output % of)
                    .toArray();
        }
        int[] first = pattern.get().first(tile, outputs);
        return of > 1
                ? first
                : IntStream.range(0, outputs)
                        .map(output -> first[output] < 0 ? -1 : output)
                        .toArray();
    }

    /** Consecutive outputs that one physical column of a plane serves; with a pattern, if more than 1, all of an array. */
    public int shared(int plane) {
        return shared.length == 0 ? 1 : shared[plane];
    }

    /** Whether another matrix is as large and cut alike. */
    boolean alike(ArrayGrid other) {
        return rows == other.rows
                && outputs == other.outputs
                && always == other.always
                && (pattern.isPresent()
                        ? other.pattern.isPresent() && pattern.get().alike(other.pattern.get())
                        : other.pattern.isEmpty())
                && Arrays.equals(cuts, other.cuts);
    }
}
