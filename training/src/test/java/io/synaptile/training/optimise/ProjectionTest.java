/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.training.optimise;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class ProjectionTest {
    @Test
    void valuesAreHeldBetweenTheirBounds() {
        float[] values = {-2f, -0.5f, 0.25f, 3f};
        new Projection.Clamp(-1f, 1f).apply(values, 4);
        assertThat(values).containsExactly(-1f, -0.5f, 0.25f, 1f);
        new Projection.AtLeast(0.5f).apply(values, 4);
        assertThat(values).containsExactly(0.5f, 0.5f, 0.5f, 1f);
    }

    /** Two outputs of two inputs with two taps: means over the inputs are 2 and 3, then 0 and 10. */
    @Test
    void centringTakesOffTheMeanOverTheInputs() {
        float[] values = {1f, 2f, 3f, 4f, -5f, 10f, 5f, 10f};
        new Projection.Centred().apply(values, 2, 2, 1, 2);
        assertThat(values).containsExactly(-1f, -1f, 1f, 1f, -5f, 0f, 5f, 0f);
    }

    @Test
    void impossibleBoundsAreRefused() {
        assertThatThrownBy(() -> new Projection.Clamp(1f, 1f)).hasMessageContaining("below the upper");
        assertThatThrownBy(() -> new Projection.AtLeast(Float.NaN)).hasMessageContaining("must be a number");
    }
}
