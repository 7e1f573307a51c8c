/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.training.optimise;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class SgdTest {
    /**
     * Two steps by hand with momentum 1/2, decay 1/4, rate 1/2 from w = 1: g = 1 gives v = 1.25, w = 0.375; g = -1 gives
     * v = 0.625 - 1 + 0.09375 = -0.28125, w = 0.515625.
     */
    @Test
    void momentumAccumulatesTheDecayedGradient() {
        Sgd sgd = new Sgd(0.5f, 0.25f);
        float[] weights = {1f};
        float[] velocity = {0f};
        sgd.step(weights, new float[] {1f}, velocity, 0.5f);
        assertThat(velocity).containsExactly(1.25f);
        assertThat(weights).containsExactly(0.375f);
        sgd.step(weights, new float[] {-1f}, velocity, 0.5f);
        assertThat(velocity).containsExactly(-0.28125f);
        assertThat(weights).containsExactly(0.515625f);
    }

    @Test
    void impossibleValuesAreRefused() {
        assertThatThrownBy(() -> new Sgd(1f, 0f)).hasMessageContaining("momentum").hasMessageContaining("1.0");
        assertThatThrownBy(() -> new Sgd(0.9f, -1f)).hasMessageContaining("weight_decay").hasMessageContaining("-1.0");
    }
}
