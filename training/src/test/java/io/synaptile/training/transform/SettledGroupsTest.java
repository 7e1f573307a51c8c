/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.training.transform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class SettledGroupsTest {
    private static final MagnitudeMask MASK = new MagnitudeMask(KBitQuantiser.of(2), 0.1f);
    private static final float[] WEIGHTS = {0.01f, -0.02f, 0.9f, 0.03f, 0f, 0.05f};

    @Test
    void keepsWhatTheMaskKeeps() {
        float[] masked = new float[WEIGHTS.length];
        float[] settled = new float[WEIGHTS.length];
        MASK.apply(WEIGHTS, masked, null);
        new SettledGroups(MASK, 2).apply(WEIGHTS, settled, null);
        assertThat(settled).containsExactly(masked);
        assertThat(settled[2]).isNotZero();
    }

    @Test
    void noGradientReachesAnEmptyGroupButAMaskedWeightOfAKeptOne() {
        SettledGroups groups = new SettledGroups(MASK, 2);
        float[] out = new float[WEIGHTS.length];
        groups.apply(WEIGHTS, out, null);
        float[] gradient = {1, 2, 3, 4, 5, 6};
        groups.pullBack(WEIGHTS, out, gradient);
        assertThat(gradient).containsExactly(0, 0, 3, 4, 0, 0);
    }

    @Test
    void aGroupNeedsAWeight() {
        assertThatThrownBy(() -> new SettledGroups(MASK, 0)).hasMessageContaining("at least 1 weight, got 0");
    }
}
