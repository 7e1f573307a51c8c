/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.training.transform;

import static io.synaptile.testing.Tolerance.againstReference;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class TernariserTest {
    /** Vector ternary of the method's specification. */
    @Test
    void vectorIsReached() {
        float[] weights = {0.9f, -0.5f, 0.03f, -0.04f, 0.045f, -0.045f, 1.2f, -1.1f, 0.07f, -0.07f};
        float[] out = new float[weights.length];
        Ternariser ternariser = new Ternariser(0.05f);
        ternariser.apply(weights, out, null);
        assertThat(out)
                .containsExactly(
                        new float[] {0.64f, -0.64f, 0, 0, 0, 0, 0.64f, -0.64f, 0.64f, -0.64f}, againstReference(1e-5f));
        float[] gradient = {1, 1, 1, 1, 1, 1, 1, 1, 1, 1};
        ternariser.pullBack(weights, out, gradient);
        assertThat(gradient).containsExactly(1, 1, 1, 1, 1, 1, 0, 0, 1, 1);
    }

    @Test
    void bothSignsAtTheBoundaryAreKept() {
        float[] weights = {0.5f, -0.5f, 1f};
        float[] out = new float[3];
        new Ternariser(0.5f).apply(weights, out, null);
        float alpha = (float) (2.0 / 3);
        assertThat(out).containsExactly(alpha, -alpha, alpha);
    }

    @Test
    void thePublishedFormDropsANegativeWeightAtTheBoundary() {
        float[] weights = {0.5f, -0.5f, -1f};
        float[] out = new float[3];
        new Ternariser(0.5f, true).apply(weights, out, null);
        float alpha = (float) (2.0 / 3);
        assertThat(out).containsExactly(alpha, 0f, -alpha);
    }

    @Test
    void allZeroWeightsStayZero() {
        float[] out = {1f, 1f};
        new Ternariser(0.05f).apply(new float[2], out, null);
        assertThat(out).containsExactly(0f, 0f);
    }
}
