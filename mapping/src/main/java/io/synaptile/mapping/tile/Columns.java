/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.mapping.tile;

/**
 * Physical columns that an encoding takes.
 *
 * @param perWeight columns of one output
 * @param perTile columns that a tile has once for all its outputs
 */
public record Columns(int perWeight, int perTile) {}
