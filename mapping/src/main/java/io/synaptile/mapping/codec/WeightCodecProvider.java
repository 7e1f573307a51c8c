/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.mapping.codec;

import io.synaptile.devices.CellModel;

/** Makes the codec of every layer that asks for it by name; those of plug-ins are found by the service loader. */
public interface WeightCodecProvider {
    /** Value of {@code hardware.codec}. */
    String id();

    /** Whether cells are digital words, whose sums need no converter. */
    default boolean digital() {
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
