/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.training.optimise;

import static io.synaptile.testing.Tolerance.againstReference;
import static org.assertj.core.api.Assertions.assertThat;

import io.synaptile.sim.random.NoiseStream;
import io.synaptile.sim.random.Purpose;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The derivative that every loss states is that of its value. */
class LossGradientTest {
    static Stream<Arguments> losses() {
        return Stream.of(new SoftmaxCrossEntropy(), new SoftmaxCrossEntropy(0.1), new SquaredError())
                .flatMap(loss -> LongStream.range(0, 50).mapToObj(seed -> Arguments.of(loss, seed)));
    }

    @ParameterizedTest
    @MethodSource("losses")
    void gradientAgreesWithCentralDifferences(Loss loss, long seed) {
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
        loss.evaluate(scores, labels, gradient);
        float[] ignored = new float[scores.length];
        for (int i = 0; i < scores.length; i++) {
            float centre = scores[i];
            float up = centre + 0x1p-7f;
            float down = centre - 0x1p-7f;
            scores[i] = up;
            double above = loss.evaluate(scores, labels, ignored);
            scores[i] = down;
            double below = loss.evaluate(scores, labels, ignored);
            scores[i] = centre;
            assertThat((double) gradient[i]).isEqualTo((above - below) / (up - down), againstReference(1e-5));
        }
    }
}
