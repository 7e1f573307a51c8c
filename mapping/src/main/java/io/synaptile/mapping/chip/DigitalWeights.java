/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.mapping.chip;

import io.synaptile.mapping.HardwareSpec;
import io.synaptile.mapping.codec.LayerWeights;

/**
 * Weights of layers that stay digital: symmetric words with one scale per layer.
 *
 * <pre>
 *   q = rint(w / s) s,   s = max|w| / (2^(bits-1) - 1)
 * </pre>
 *
 * <p>Half to even. Weights that a quantiser of no more bits has put on its grid already fit and are kept.
 */
final class DigitalWeights {
    private DigitalWeights() {}

    /** Weights as stored, canonical order; a new array. */
    static float[] stored(LayerWeights weights, HardwareSpec hardware) {
        float[] stored = weights.values().clone();
        boolean fits = weights.quantised()
                && weights.quantiserBits() <= hardware.layers().digitalBits();
        float max = weights.maxMagnitude();
        if (hardware.layers().exactDigitalWeights() || fits || max == 0f) {
            return stored;
        }
        double steps = (1L << hardware.layers().digitalBits() - 1) - 1;
        for (int i = 0; i < stored.length; i++) {
            stored[i] = (float) (Math.rint(stored[i] / (double) max * steps) * max / steps);
        }
        return stored;
    }
}
