/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.mapping;

import io.synaptile.mapping.property.HardwareProperty;
import io.synaptile.text.message.RefusedException;
import java.util.Collections;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Which layers are on tiles, and how the others are stored.
 *
 * @param tiled names of the layers on tiles
 * @param ownCells by name, layers whose codec or cell is not that of the others; their digital words are summed exactly
 *     whatever the converters of the others are
 * @param digitalBits bits of the weights of layers that are not on tiles, 0 or 32 for float
 * @param biasRows whether the bias of a layer in cells is held by rows of its matrix, which are driven at every step, and not added
 *     digitally
 */
public record LayerPlaces(Set<String> tiled, Map<String, LayerCells> ownCells, int digitalBits, boolean biasRows) {
    public LayerPlaces {
        tiled = Collections.unmodifiableSet(new TreeSet<>(tiled));
        ownCells = Collections.unmodifiableMap(new TreeMap<>(ownCells));
        if (digitalBits != 0 && (digitalBits < 2 || digitalBits > 32)) {
            throw RefusedException.mustBe(HardwareProperty.DIGITAL_BITS, "0 (float) or 2 to 32", digitalBits);
        }
    }

    /** Layers whose biases are added digitally. */
    public LayerPlaces(Set<String> tiled, Map<String, LayerCells> ownCells, int digitalBits) {
        this(tiled, ownCells, digitalBits, false);
    }

    /** Layers on tiles that all have the same codec and cell. */
    public LayerPlaces(Set<String> tiled, int digitalBits) {
        this(tiled, Map.of(), digitalBits);
    }

    /** The same where biases of layers in cells are rows of their matrices, or not. */
    public LayerPlaces withBiasRows(boolean rows) {
        return new LayerPlaces(tiled, ownCells, digitalBits, rows);
    }

    /** Whether layers that are not on tiles keep their weights as they were trained. */
    public boolean exactDigitalWeights() {
        return digitalBits == 0 || digitalBits == 32;
    }
}
