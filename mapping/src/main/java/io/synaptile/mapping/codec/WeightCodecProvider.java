/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.mapping.codec;

import io.synaptile.devices.CellModel;

/** Makes the codec of every layer that asks for it by name; those of plug-ins are found by the service loader. */
public interface WeightCodecProvider {
    /** Value of {@code hardware.codec}. */
    String id();

    /** One line for {@code device list}. */
    default String description() {
        return "weight encoding";
    }

    /** Whether cells are digital words, whose sums need no converter. */
    default boolean digital() {
        return false;
    }

    /**
     * Whether every weight is in pairs of cells whose currents are subtracted, so that both cells of a pair may share a column:
     * planes k and k + n/2 of n, with opposite gains, and no column of the tile.
     */
    default boolean pairs() {
        return false;
    }

    /**
     * The codec of one layer.
     *
     * @param weightBits bits of the magnitude of unquantised weights
     * @throws IllegalArgumentException if the cell does not suit
     */
    WeightCodec codec(LayerWeights weights, CellModel cell, int weightBits);
}
