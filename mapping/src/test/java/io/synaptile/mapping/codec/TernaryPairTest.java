/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.mapping.codec;

import static org.assertj.core.api.Assertions.assertThat;

import io.synaptile.mapping.ExactCell;
import org.junit.jupiter.api.Test;

class TernaryPairTest {
    private final TernaryPair codec = new TernaryPair(0.64f, new ExactCell(1f, 33f, 2));

    @Test
    void eachSignSwitchesOnItsOwnCell() {
        float[][] targets = new float[2][3];
        codec.encode(new float[] {0.64f, -0.64f, 0f}, targets);
        assertThat(targets).isDeepEqualTo(new float[][] {{33f, 1f, 1f}, {1f, 33f, 1f}});
    }

    @Test
    void otherWeightsGoToTheNearestValue() {
        float[] weights = {0.64f, -0.64f, 0f, 0.32f, 0.33f, -0.33f, -0.32f, 5f};
        float[][] targets = new float[2][weights.length];
        codec.encode(weights, targets);
        float[] back = new float[weights.length];
        codec.decode(targets, weights, back);
        assertThat(back).containsExactly(0.64f, -0.64f, 0f, 0f, 0.64f, -0.64f, 0f, 0.64f);
    }

    @Test
    void aCellBetweenItsStatesIsWorthAPart() {
        assertThat(codec.cellValue(17f)).isEqualTo(0.32f);
        assertThat(codec.valuePerMicrosiemens()).isEqualTo(0.02f);
    }
}
