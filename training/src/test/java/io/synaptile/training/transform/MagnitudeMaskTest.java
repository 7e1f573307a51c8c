/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.training.transform;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class MagnitudeMaskTest {
    /** Vector prune_mask of the method's specification. */
    @Test
    void vectorIsReached() {
        float[] weights = {0.4f, -0.001f, 0.0019f, -0.0021f, 0.2f};
        float[] out = new float[weights.length];
        new MagnitudeMask(KBitQuantiser.of(1), 0.005f).apply(weights, out, null);
        assertThat(out).containsExactly(1, 0, 0, -1, 1);
    }

    @Test
    void maskedWeightsKeepTheirGradient() {
        float[] weights = {0.4f, 0.001f};
        float[] out = new float[2];
        MagnitudeMask mask = new MagnitudeMask(KBitQuantiser.of(2), 0.005f);
        mask.apply(weights, out, null);
        float[] gradient = {3, 5};
        mask.pullBack(weights, out, gradient);
        assertThat(gradient).containsExactly(3, 5);
    }

    @Test
    void aLayerOfZerosIsMaskedWhole() {
        float[] out = {1, 1};
        new MagnitudeMask(KBitQuantiser.of(2), 0.005f).apply(new float[2], out, null);
        assertThat(out).containsExactly(0, 0);
    }
}
