/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.training.optimise;

import static io.synaptile.testing.Tolerance.againstClosedForm;
import static io.synaptile.testing.Tolerance.againstDistribution;
import static org.assertj.core.api.Assertions.assertThat;

import io.synaptile.sim.random.NoiseStream;
import io.synaptile.sim.random.Purpose;
import org.junit.jupiter.api.Test;

class XavierUniformTest {
    private static final XavierUniform INIT = new XavierUniform(2);

    /** Fan-in 27, fan-out 576. */
    @Test
    void boundOfTheFirstVggConvolution() {
        assertThat(INIT.bound(64, 3, 3, 3)).isEqualTo(0.199502f, againstClosedForm(1e-6f));
    }

    @Test
    void boundOfADenseLayer() {
        assertThat(INIT.bound(10, 1014)).isEqualTo((float) (2 * Math.sqrt(6.0 / 1024)));
    }

    @Test
    void weightsFillTheRangeEvenly() {
        float[] weights = new float[64 * 64 * 9];
        INIT.fill(weights, NoiseStream.of(3, Purpose.TEST, 0, 0, 0), 64, 64, 3, 3);
        float bound = INIT.bound(64, 64, 3, 3);
        double sum = 0;
        double squares = 0;
        for (float w : weights) {
            assertThat(Math.abs(w)).isLessThanOrEqualTo(bound);
            sum += w;
            squares += w * w;
        }
        double deviation = bound / Math.sqrt(3);
        double standardError = deviation / Math.sqrt(weights.length);
        assertThat(sum / weights.length).isEqualTo(0, againstDistribution(4 * standardError));
        assertThat(Math.sqrt(squares / weights.length)).isEqualTo(deviation, againstDistribution(4 * standardError));
    }
}
