/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.training.optimise;

import static io.synaptile.testing.Tolerance.againstClosedForm;
import static io.synaptile.testing.Tolerance.againstReference;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.synaptile.sim.random.NoiseStream;
import io.synaptile.sim.random.Purpose;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class SoftmaxCrossEntropyTest {
    private static final Loss LOSS = new SoftmaxCrossEntropy();

    @Test
    void equalScoresCostTheLogarithmOfTheClasses() {
        float[] gradient = new float[8];
        assertThat(LOSS.evaluate(new float[8], new int[] {1, 3}, gradient))
                .isEqualTo(Math.log(4), againstClosedForm(1e-12));
        assertThat(gradient).containsExactly(0.125f, -0.375f, 0.125f, 0.125f, 0.125f, 0.125f, 0.125f, -0.375f);
    }

    @Test
    void hugeScoresStayFinite() {
        float[] gradient = new float[2];
        assertThat(LOSS.evaluate(new float[] {3e38f, -3e38f}, new int[] {0}, gradient))
                .isZero();
        assertThat(gradient).containsExactly(0f, 0f);
        assertThat(LOSS.evaluate(new float[] {1000f, 0f}, new int[] {1}, gradient))
                .isEqualTo(1000, againstClosedForm(1e-9));
        assertThat(gradient).containsExactly(1f, -1f);
    }

    static LongStream seeds() {
        return LongStream.range(0, 50);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void gradientAgreesWithCentralDifferences(long seed) {
        NoiseStream random = NoiseStream.of(seed, Purpose.TEST, 0, 0, 0);
        int samples = 1 + random.nextInt(4);
        int classes = 2 + random.nextInt(6);
        float[] scores = new float[samples * classes];
        int[] labels = new int[samples];
        for (int i = 0; i < scores.length; i++) {
            scores[i] = (float) random.nextGaussian() * 3;
        }
        for (int n = 0; n < samples; n++) {
            labels[n] = random.nextInt(classes);
        }
        float[] gradient = new float[scores.length];
        LOSS.evaluate(scores, labels, gradient);
        float[] ignored = new float[scores.length];
        for (int i = 0; i < scores.length; i++) {
            float centre = scores[i];
            float up = centre + 0x1p-7f;
            float down = centre - 0x1p-7f;
            scores[i] = up;
            double above = LOSS.evaluate(scores, labels, ignored);
            scores[i] = down;
            double below = LOSS.evaluate(scores, labels, ignored);
            scores[i] = centre;
            assertThat((double) gradient[i]).isEqualTo((above - below) / (up - down), againstReference(1e-5));
        }
    }

    @Test
    void scoresThatAreNotAWholeNumberOfSamplesAreRefused() {
        assertThatThrownBy(() -> LOSS.evaluate(new float[5], new int[2], new float[5]))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
