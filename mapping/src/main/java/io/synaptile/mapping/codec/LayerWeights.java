/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.mapping.codec;

/**
 * Trained weights of one layer as they are to be written.
 *
 * @param values canonical order {@code [out, in, kh, kw]} or {@code [out, in]}; owned by this record, not changed
 * @param quantiserBits k of the k-bit quantiser that produced them (levels {@code ±j / 2^(k-1)} in [-1, 1]), 0 for
 *     unquantised weights
 */
public record LayerWeights(float[] values, int quantiserBits) {
    public LayerWeights {
        if (quantiserBits < 0 || quantiserBits > DifferentialPair.MAX_MAGNITUDE_BITS) {
            throw new IllegalArgumentException("quantise.bits must be 0 (none) to "
                    + DifferentialPair.MAX_MAGNITUDE_BITS + ", got " + quantiserBits);
        }
    }

    /** Whether the weights lie on the grid of the k-bit quantiser. */
    public boolean quantised() {
        return quantiserBits > 0;
    }

    /** Largest magnitude, 0 if all weights are. */
    public float maxMagnitude() {
        float max = 0f;
        for (float value : values) {
            max = Math.max(max, Math.abs(value));
        }
        return max;
    }

    /** Weight at full scale of the cells: 1 for quantised weights, otherwise the largest magnitude (1 if that is 0). */
    public float fullScale() {
        float max = quantised() ? 1f : maxMagnitude();
        return max > 0f ? max : 1f;
    }

    /**
     * Steps from 0 to full scale.
     *
     * @param weightBits bits of the magnitude where the weights are unquantised
     */
    public int steps(int weightBits) {
        return quantised() ? 1 << quantiserBits - 1 : (1 << weightBits) - 1;
    }
}
