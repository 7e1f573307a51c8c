/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.sim.compute;

import java.util.Arrays;
import java.util.BitSet;

/**
 * Which rows and columns of the matrix of a layer its arrays have, where they leave out what holds no weight. A row that is left out
 * is driven by nothing; an output without columns on a row tile gets nothing of it, neither a conversion nor read noise.
 *
 * @param matrixRows rows of the layer's matrix that inputs drive
 * @param source of each row of the arrays that an input drives, the row of the layer's matrix; each at most once, and ascending
 *     within a row tile
 * @param outputs of each row tile and each of its arrays, the outputs that have columns there, in the order of these; each at most once
 *     per row tile
 */
public record ArrayPattern(int matrixRows, int[] source, int[][][] outputs) {
    public ArrayPattern {
        BitSet seen = new BitSet(matrixRows);
        for (int row : source) {
            if (row < 0 || row >= matrixRows || seen.get(row)) {
                throw new IllegalArgumentException("row " + row + " of a matrix of " + matrixRows
                        + " rows does not exist or stands on two rows of arrays");
            }
            seen.set(row);
        }
    }

    /**
     * @param inputRows rows of the arrays that inputs drive
     * @param count outputs of the layer
     * @param cuts first row of every row tile
     */
    void requireFit(int inputRows, int count, int[] cuts) {
        if (source.length != inputRows || outputs.length != cuts.length) {
            throw new IllegalArgumentException("a pattern of " + source.length + " rows and " + outputs.length
                    + " row tiles for arrays of " + inputRows + " and " + cuts.length);
        }
        for (int tile = 0; tile < outputs.length; tile++) {
            int end = tile + 1 < cuts.length ? Math.min(cuts[tile + 1], inputRows) : inputRows;
            for (int row = cuts[tile] + 1; row < end; row++) {
                if (source[row] < source[row - 1]) {
                    throw new IllegalArgumentException("rows of row tile " + tile + " are not in ascending order");
                }
            }
            BitSet seen = new BitSet(count);
            for (int[] array : outputs[tile]) {
                for (int output : array) {
                    if (output < 0 || output >= count || seen.get(output)) {
                        throw new IllegalArgumentException("output " + output + " of " + count
                                + " does not exist or has columns twice on row tile " + tile);
                    }
                    seen.set(output);
                }
            }
        }
    }

    /** The row of the arrays of every row of the layer's matrix, {@code [matrixRows]}; -1 for one that is left out. */
    public int[] places() {
        int[] places = new int[matrixRows];
        Arrays.fill(places, -1);
        for (int row = 0; row < source.length; row++) {
            places[source[row]] = row;
        }
        return places;
    }

    /** Arrays of a row tile. */
    public int arrays(int tile) {
        return outputs[tile].length;
    }

    /** Outputs that have columns on a row tile. */
    public int outputsOf(int tile) {
        return Arrays.stream(outputs[tile]).mapToInt(array -> array.length).sum();
    }

    /** Outputs that have columns on any row tile. */
    public int outputsOnAny() {
        return (int) Arrays.stream(outputs)
                .flatMap(Arrays::stream)
                .flatMapToInt(Arrays::stream)
                .distinct()
                .count();
    }

    /** Of every output the first one on the same array of a row tile, {@code [outputs]}; -1 for one without columns there. */
    public int[] first(int tile, int count) {
        int[] first = new int[count];
        Arrays.fill(first, -1);
        for (int[] array : outputs[tile]) {
            for (int output : array) {
                first[output] = array[0];
            }
        }
        return first;
    }

    /** Whether another matrix has the same rows and columns. */
    boolean alike(ArrayPattern other) {
        return matrixRows == other.matrixRows
                && Arrays.equals(source, other.source)
                && Arrays.deepEquals(outputs, other.outputs);
    }
}
