/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.mapping;

/** What tiles leave out of the matrix of a layer where weights are written as 0. */
public enum SparseMapping {
    /** Nothing: every weight takes its cells. */
    NONE,
    /** Rows and outputs without a weight, and of the tiles that the rest is cut into those without one. */
    SKIP,
    /**
     * Besides, rows are put in an order in which those of a tile have weights at the same outputs, and every row of tiles has columns
     * for outputs alone that have a weight there.
     */
    PERMUTE
}
