/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.mapping.tile;

/**
 * The matrix of a layer that is cut into tiles.
 *
 * @param rows of the matrix, the fan-in
 * @param outputs output channels or features
 * @param groups parts of as many rows each that begin a tile of their own, for example the positions of a kernel
 */
public record CutMatrix(int rows, int outputs, int groups) {}
