/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.training.transform;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ZeroLevelQuantiserTest {
    private static float[] apply(WeightTransform quantiser, float... weights) {
        float[] out = new float[weights.length];
        quantiser.apply(weights, out, null);
        return out;
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4, 8})
    void zeroStaysZeroAndTheLevelsOfTheKBitQuantiserStay(int bits) {
        float[] weights = new float[401];
        for (int i = 0; i < weights.length; i++) {
            weights[i] = (i - 200) / 100f;
        }
        float[] levels = apply(KBitQuantiser.of(bits), weights);
        assertThat(apply(new ZeroLevelQuantiser(bits), levels)).containsExactly(levels);
        assertThat(apply(new ZeroLevelQuantiser(bits), 0f)).containsOnly(0f);
    }

    @Test
    void roundsToTheNearestLevelAndClamps() {
        assertThat(apply(new ZeroLevelQuantiser(2), -1.3f, -0.3f, 0.2f, 0.3f, 0.8f, 2f))
                .containsExactly(-1, -0.5f, 0, 0.5f, 1, 1);
    }
}
