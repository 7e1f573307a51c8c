/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.mapping.codec;

import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/**
 * Trained weights of one layer as they are to be written.
 *
 * @param values canonical order {@code [out, in, kh, kw]} or {@code [out, in]}; owned by this record, not changed
 * @param grid levels that they lie on
 */
public record LayerWeights(float[] values, WeightGrid grid) {
    public LayerWeights {
        Objects.requireNonNull(grid);
    }

    /**
     * Weights of the k-bit quantiser.
     *
     * @param quantiserBits k, 0 for unquantised weights
     */
    public LayerWeights(float[] values, int quantiserBits) {
        this(values, quantiserBits == 0 ? new WeightGrid.None() : new WeightGrid.KBit(quantiserBits));
    }

    /**
     * Weights of several layers on one grid.
     *
     * @param values of each layer, by node id
     */
    public static Map<Integer, LayerWeights> each(Map<Integer, float[]> values, WeightGrid grid) {
        Map<Integer, LayerWeights> layers = new TreeMap<>();
        values.forEach((node, own) -> layers.put(node, new LayerWeights(own, grid)));
        return layers;
    }

    /** Bits that tell the levels apart, 0 for unquantised weights. */
    public int quantiserBits() {
        return grid.bits();
    }

    /** Whether the weights lie on the grid of a quantiser. */
    public boolean quantised() {
        return quantiserBits() > 0;
    }

    /** Largest magnitude, 0 if all weights are. */
    public float maxMagnitude() {
        float max = 0f;
        for (float value : values) {
            max = Math.max(max, Math.abs(value));
        }
        return max;
    }

    /** Weight at full scale of the cells: 1, or the largest magnitude (1 if that is 0) on a grid of the layer's own scale. */
    public float fullScale() {
        float max = grid.ownScale() ? maxMagnitude() : 1f;
        return max > 0f ? max : 1f;
    }

    /**
     * Steps from 0 to full scale.
     *
     * @param weightBits bits of the magnitude where the weights are unquantised
     */
    public int steps(int weightBits) {
        return grid.steps(weightBits);
    }
}
