/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.training.optimise;

import static io.synaptile.testing.Tolerance.againstReference;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class SgdTest {
    /**
     * Two steps by hand with momentum 1/2, decay 1/4, rate 1/2 from w = 1: g = 1 gives v = 1.25, w = 0.375; g = -1 gives
     * v = 0.625 - 1 + 0.09375 = -0.28125, w = 0.515625.
     */
    @Test
    void momentumAccumulatesTheDecayedGradient() {
        Sgd sgd = new Sgd(0.5f);
        float[] weights = {1f};
        float[] velocity = {0f};
        sgd.step(weights, new float[] {1f}, List.of(velocity), new Optimiser.Update(0.5f, 0.25f, 1));
        assertThat(velocity).containsExactly(1.25f);
        assertThat(weights).containsExactly(0.375f);
        sgd.step(weights, new float[] {-1f}, List.of(velocity), new Optimiser.Update(0.5f, 0.25f, 2));
        assertThat(velocity).containsExactly(-0.28125f);
        assertThat(weights).containsExactly(0.515625f);
    }

    /**
     * The same two gradients with Nesterov's step: decayed gradient 1.25, v = 1.25, step 1.25 + 0.625 = 1.875, w = 0.0625;
     * decayed gradient -1 + 0.015625 = -0.984375, v = 0.625 - 0.984375 = -0.359375, step -1.1640625, w = 0.64453125.
     */
    @Test
    void nesterovLooksAheadAlongTheVelocity() {
        Sgd sgd = new Sgd(0.5f, true);
        float[] weights = {1f};
        float[] velocity = {0f};
        sgd.step(weights, new float[] {1f}, List.of(velocity), new Optimiser.Update(0.5f, 0.25f, 1));
        assertThat(weights).containsExactly(0.0625f);
        sgd.step(weights, new float[] {-1f}, List.of(velocity), new Optimiser.Update(0.5f, 0.25f, 2));
        assertThat(velocity).containsExactly(-0.359375f);
        assertThat(weights).containsExactly(0.64453125f);
    }

    @Test
    void impossibleValuesAreRefused() {
        assertThatThrownBy(() -> new Sgd(1f)).hasMessageContaining("momentum").hasMessageContaining("1.0");
        assertThatThrownBy(() -> new Sgd(0f, true)).hasMessage("Nesterov's step needs a momentum above 0");
        assertThatThrownBy(() -> ParameterGroup.decaying(-1f))
                .hasMessageContaining("weight_decay")
                .hasMessageContaining("-1.0");
        assertThatThrownBy(() -> new Optimiser.Update(0.1f, 0f, 0)).hasMessageContaining("from 1, got 0");
    }

    /** Vector gradr_sgd of the specification of sparse training. */
    @Test
    void aPenaltyOnSignsPullsByTheSignBeforeTheStep() {
        float[] weights = {0.5f, -0.2f};
        List<float[]> slots = List.of(new float[2]);
        Sgd sgd = new Sgd(0.9f);
        sgd.step(weights, new float[] {0.1f, -0.2f}, slots, new Optimiser.Update(0.1f, 0f, 1, 0.01f));
        assertThat(weights).containsExactly(new float[] {0.489f, -0.179f}, againstReference(1e-6f));
        sgd.step(weights, new float[] {0.3f, 0f}, slots, new Optimiser.Update(0.1f, 0f, 2, 0.01f));
        assertThat(weights).containsExactly(new float[] {0.449f, -0.16f}, againstReference(1e-6f));
    }
}
