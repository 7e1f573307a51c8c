/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.sim.compute;

/**
 * Address of one array of a network on arrays, see {@link SynapsePlan.ArrayPlan}, and so of the tile of a chip that it is.
 *
 * @param layer node id
 * @param copy of the layer, from 0
 * @param rowTile place along the rows of the layer's matrix, from 0
 * @param columnTile place along its outputs, from 0
 */
public record ArrayAddress(int layer, int copy, int rowTile, int columnTile) {
    public ArrayAddress {
        if (layer < 0 || copy < 0 || rowTile < 0 || columnTile < 0) {
            throw new IllegalArgumentException("an array has no address of layer " + layer + ", copy " + copy
                    + ", row tile " + rowTile + ", column tile " + columnTile);
        }
    }
}
