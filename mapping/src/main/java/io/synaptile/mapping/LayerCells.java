/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.mapping;

import io.synaptile.devices.CellModel;
import io.synaptile.mapping.codec.CodecKind;
import io.synaptile.mapping.codec.WeightCodecProvider;
import io.synaptile.mapping.property.HardwareProperty;
import io.synaptile.text.message.RefusedException;
import java.util.Objects;

/**
 * What holds the weights of a layer on tiles.
 *
 * @param codec weight encoding
 * @param weightBits bits of the magnitude of weights that no quantiser has put on a grid
 * @param cell behaviour of one cell
 */
public record LayerCells(WeightCodecProvider codec, int weightBits, CellModel cell) {
    public LayerCells {
        Objects.requireNonNull(codec);
        Objects.requireNonNull(cell);
        if (weightBits < 1 || weightBits > 16) {
            throw RefusedException.mustBe(HardwareProperty.WEIGHT_BITS, "1 to 16", weightBits);
        }
    }

    /**
     * Differential pairs of a cell.
     *
     * @param weightBits bits of the magnitude of weights that no quantiser has put on a grid
     */
    public static LayerCells pairs(CellModel cell, int weightBits) {
        return new LayerCells(CodecKind.DIFFERENTIAL_PAIR, weightBits, cell);
    }
}
