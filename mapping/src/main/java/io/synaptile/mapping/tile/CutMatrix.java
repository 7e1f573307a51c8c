/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.mapping.tile;

/**
 * The matrix of a layer that is cut into tiles.
 *
 * @param rows of the matrix: the fan-in, then those that are always driven
 * @param outputs output channels or features
 * @param groups parts of as many rows each that begin a tile of their own, for example the positions of a kernel
 * @param always rows without an input, the last ones, that are driven at every step; none where there are several groups
 */
public record CutMatrix(int rows, int outputs, int groups, int always) {
    public CutMatrix {
        if (always > 0 && groups > 1) {
            throw new IllegalArgumentException("a matrix of " + groups + " groups has no rows that are always driven");
        }
    }

    /** A matrix whose rows all have inputs. */
    public CutMatrix(int rows, int outputs, int groups) {
        this(rows, outputs, groups, 0);
    }
}
