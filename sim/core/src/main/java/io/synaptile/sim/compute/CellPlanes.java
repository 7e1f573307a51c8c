/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.sim.compute;

import java.util.Arrays;

/**
 * What the cells of a layer's arrays hold. Per output there are as many physical columns as planes, for example positive and
 * negative, each cut into slices.
 *
 * @param values effective cell values per physical column, each {@code [rows, out]} row-major, in units of the weight
 * @param variance read-noise variance per cell in the same layout; without entries for a plane whose reads are exact: it draws
 *     no normals but keeps its place in the noise's index
 * @param gain weight of each physical column in the digital sum
 * @param nonZero weights that count as operations, {@code [rows, out]} row-major; without entries where those do of which any
 *     cell is not 0. What a cell holds is no measure: two cells can hold a weight of 0, and one that varies hardly ever does
 */
public record CellPlanes(float[][] values, float[][] variance, float[] gain, boolean[] nonZero) {
    public CellPlanes {
        if (values.length != gain.length || values.length != variance.length) {
            throw new IllegalArgumentException("planes, gains and variances differ in number: " + values.length + ", "
                    + gain.length + " and " + variance.length);
        }
    }

    /** Cells of which those that are not 0 count. */
    public CellPlanes(float[][] values, float[][] variance, float[] gain) {
        this(values, variance, gain, new boolean[0]);
    }

    /** Cells that are read exactly. */
    public static CellPlanes exact(float[][] values, float[] gain) {
        return new CellPlanes(values, new float[values.length][0], gain);
    }

    /** The same with the weights told that count as operations. */
    public CellPlanes withNonZero(boolean[] other) {
        return new CellPlanes(values, variance, gain, other);
    }

    /** Number of planes. */
    public int count() {
        return values.length;
    }

    /** Whether reads of a plane are noisy. */
    public boolean isNoisy(int plane) {
        return variance[plane].length > 0;
    }

    /** Whether reads of any plane are noisy. */
    public boolean hasReadNoise() {
        return Arrays.stream(variance).anyMatch(plane -> plane.length > 0);
    }

    /**
     * Whether a weight counts as an operation where its input is not 0.
     *
     * @param weight {@code row * outputs + output}
     */
    public boolean isNonZero(int weight) {
        return nonZero.length == 0 ? Arrays.stream(values).anyMatch(plane -> plane[weight] != 0f) : nonZero[weight];
    }

    void requireFit(int cells) {
        for (int p = 0; p < values.length; p++) {
            requireCells("plane", values[p], cells);
            if (isNoisy(p)) {
                requireCells("variance", variance[p], cells);
            }
        }
        if (nonZero.length != 0 && nonZero.length != cells) {
            throw new IllegalArgumentException(
                    "non-zero weights told of " + nonZero.length + " weights, expected " + cells);
        }
    }

    private static void requireCells(String what, float[] cells, int expected) {
        if (cells.length != expected) {
            throw new IllegalArgumentException(what + " of " + cells.length + " cells, expected " + expected);
        }
    }
}
