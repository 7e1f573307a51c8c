/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.training.optimise;

import static io.synaptile.testing.Tolerance.againstClosedForm;
import static io.synaptile.testing.Tolerance.againstReference;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.synaptile.sim.random.NoiseStream;
import io.synaptile.sim.random.Purpose;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SpikeRatePenaltyTest {
    @Test
    void layersPayForTheRateBeyondWhatIsFree() {
        // Layer 3 fires at 3/4, layer 5 at 1/4; 1/2 is free: 8 * (1/4)^2, and 2 * 8 * 1/4 for each of 4 values.
        Map<Integer, float[]> spikes = Map.of(3, new float[] {1f, 1f, 0f, 1f}, 5, new float[] {0f, 1f, 0f, 0f});
        Map<Integer, float[]> gradients = Map.of(3, new float[4], 5, new float[] {9f, 9f, 9f, 9f});
        SpikeRatePenalty penalty = new SpikeRatePenalty(Set.of(3, 5), 8, 0.5);
        assertThat(penalty.evaluate(spikes, gradients)).isEqualTo(0.5, againstClosedForm(1e-12));
        assertThat(gradients.get(3)).containsExactly(1f, 1f, 1f, 1f);
        assertThat(gradients.get(5)).containsOnly(0f);
    }

    /** Values need not be spikes for the derivative to be that of the value. */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void gradientAgreesWithCentralDifferences(long seed) {
        NoiseStream random = NoiseStream.of(seed, Purpose.TEST, 0, 0, 0);
        float[] values = new float[5 + random.nextInt(20)];
        for (int i = 0; i < values.length; i++) {
            values[i] = random.nextFloat();
        }
        SpikeRatePenalty penalty =
                new SpikeRatePenalty(Set.of(0), 1 + 9 * random.nextDouble(), random.nextDouble() / 4);
        float[] gradient = new float[values.length];
        penalty.evaluate(Map.of(0, values), Map.of(0, gradient));
        float[] ignored = new float[values.length];
        for (int i = 0; i < values.length; i++) {
            float centre = values[i];
            float up = centre + 0x1p-7f;
            float down = centre - 0x1p-7f;
            values[i] = up;
            double above = penalty.evaluate(Map.of(0, values), Map.of(0, ignored));
            values[i] = down;
            double below = penalty.evaluate(Map.of(0, values), Map.of(0, ignored));
            values[i] = centre;
            assertThat((double) gradient[i]).isEqualTo((above - below) / (up - down), againstReference(1e-5));
        }
    }

    @Test
    void impossiblePenaltiesAreRefused() {
        assertThatThrownBy(() -> new SpikeRatePenalty(Set.of(0), 0, 0.1)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new SpikeRatePenalty(Set.of(0), 1, 1))
                .hasMessage("a penalty on spikes needs a weight above 0 and a rate in [0, 1), got 1.0 and 1.0");
    }
}
