/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.training.transform;

import static io.synaptile.testing.Tolerance.againstReference;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.synaptile.training.transform.SoftThreshold.Gradient;
import org.junit.jupiter.api.Test;

/** Vector stds_reparam of the method's specification. */
class SoftThresholdTest {
    private static final float[] LATENT = {-2f, -0.5f, -0.1f, 0f, 0.3f, 0.5f, 1.7f};
    private static final float[] EFFECTIVE = {-1.5f, 0f, 0f, 0f, 0f, 0f, 1.2f};

    private static float[] pulledBack(Gradient gradient) {
        float[] by = {1, 2, 3, 4, 5, 6, 7};
        new SoftThreshold(0.5f, gradient).pullBack(LATENT, EFFECTIVE, by);
        return by;
    }

    @Test
    void theZoneIsFlat() {
        float[] out = new float[LATENT.length];
        new SoftThreshold(0.5f, Gradient.THROUGH_ZONE).apply(LATENT, out, null);
        assertThat(out).containsExactly(EFFECTIVE, againstReference(1e-6f));
        assertThat(out[1]).isEqualTo(0f);
    }

    @Test
    void theGradientReachesPrunedWeightsOrEndsAtTheZone() {
        assertThat(pulledBack(Gradient.THROUGH_ZONE)).containsExactly(1, 2, 3, 0, 5, 6, 7);
        assertThat(pulledBack(Gradient.OUTSIDE_ZONE)).containsExactly(1, 0, 0, 0, 0, 0, 7);
    }

    @Test
    void invertedWeightsComeBack() {
        float[] weights = EFFECTIVE.clone();
        SoftThreshold zone = new SoftThreshold(0.5f, Gradient.THROUGH_ZONE);
        zone.invert(weights);
        assertThat(weights).containsExactly(new float[] {-2f, 0f, 0f, 0f, 0f, 0f, 1.7f}, againstReference(1e-6f));
        float[] out = new float[weights.length];
        zone.apply(weights, out, null);
        assertThat(out).containsExactly(EFFECTIVE, againstReference(1e-6f));
    }

    @Test
    void aZoneWithoutWidthLeavesWeightsAsTheyAre() {
        float[] out = new float[LATENT.length];
        new SoftThreshold(0f, Gradient.THROUGH_ZONE).apply(LATENT, out, null);
        assertThat(out).containsExactly(LATENT);
    }

    @Test
    void impossibleWidthsAreRefused() {
        assertThatThrownBy(() -> new SoftThreshold(-1f, Gradient.THROUGH_ZONE))
                .hasMessage("width of a flat zone must be at least 0, got -1.0");
    }
}
