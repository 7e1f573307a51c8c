/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.training.method.ratenorm;

import static org.assertj.core.api.Assertions.assertThat;

import io.synaptile.testing.Tolerance;
import java.util.Random;
import org.junit.jupiter.api.Test;

class OmegaTest {
    private static final float[] RATES = {0f, 0.180347f, 0.901737f, 1f, 1f};

    private static void assertClose(double found, double expected, double tolerance) {
        assertThat(found).isCloseTo(expected, Tolerance.againstReference(tolerance));
    }

    /** Vectors rnl and omega_grad of the method's specification. */
    @Test
    void theVectorsAreReached() {
        Omega omega = new Omega();
        omega.add(RATES);

        assertClose(omega.value(), 1.083081, 1e-5);
        double[] derivatives = {0.351412, 0.214129, -0.335003, -0.409803, -0.409803};
        for (int i = 0; i < RATES.length; i++) {
            assertClose(omega.derivative(RATES[i]), derivatives[i], 1e-5);
        }
    }

    /** Vector rnl_last_layer_omega of the method's specification. */
    @Test
    void scoresAreRatesOfTheLargest() {
        assertClose(Omega.ofScores(new float[] {1.5f, -0.4f, 3f}, 0, new float[3]), 1.19999, 1e-5);
        assertThat(Omega.ofScores(new float[] {-1f, 0f}, 1, new float[2])).isZero();
    }

    /** Vector cos_distance of the method's specification. */
    @Test
    void theDistanceOfScoresIsReached() {
        float[] gradient = new float[3];

        assertClose(
                CosineDistance.evaluate(new float[] {1f, 2f, 3f}, new float[] {1f, 1.5f, 3.5f}, 3, gradient),
                0.015676,
                1e-5);
        assertClose(CosineDistance.evaluate(RATES, RATES, 5, new float[5]), 0, 1e-6);
    }

    /** A network that teaches itself learns nothing from it. */
    @Test
    void theDistanceFromItselfHasNoDerivative() {
        float[] gradient = new float[5];

        CosineDistance.evaluate(RATES, RATES, 5, gradient);

        for (float derivative : gradient) {
            assertClose(derivative, 0, 1e-6);
        }
    }

    @Test
    void derivativesByScoresAreThoseOfCentralDifferences() {
        Random random = new Random(4);
        float[] teacher = new float[12];
        float[] scores = new float[12];
        for (int i = 0; i < scores.length; i++) {
            teacher[i] = (float) random.nextGaussian();
            scores[i] = (float) random.nextGaussian();
        }
        float[] gradient = new float[12];
        CosineDistance.evaluate(teacher, scores, 4, gradient);
        Omega.ofScores(scores, 0.7, gradient);

        float step = 1e-3f;
        for (int i = 0; i < scores.length; i++) {
            float[] above = scores.clone();
            above[i] += step;
            float[] below = scores.clone();
            below[i] -= step;
            double slope = (loss(teacher, above) - loss(teacher, below)) / ((double) above[i] - below[i]);
            assertClose(gradient[i], slope, 2e-3);
        }
    }

    private static double loss(float[] teacher, float... scores) {
        float[] unused = new float[scores.length];
        return CosineDistance.evaluate(teacher, scores, 4, unused) + 0.7 * Omega.ofScores(scores, 0, unused);
    }
}
