/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.training.optimise;

import static io.synaptile.testing.Tolerance.againstClosedForm;
import static io.synaptile.testing.Tolerance.againstReference;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class AdamTest {
    private static final float RATE = 0.1f;

    /** The published recursion in double precision, written as in algorithm 1 of Kingma and Ba and 2 of Loshchilov and Hutter. */
    private static double[] published(double[] gradients, double decay, boolean decoupled) {
        double w = 1;
        double m = 0;
        double s = 0;
        double[] path = new double[gradients.length];
        for (int n = 1; n <= gradients.length; n++) {
            double g = gradients[n - 1] + (decoupled ? 0 : decay * w);
            m = 0.9 * m + 0.1 * g;
            s = 0.999 * s + 0.001 * g * g;
            double mHat = m / (1 - Math.pow(0.9, n));
            double sHat = s / (1 - Math.pow(0.999, n));
            w -= RATE * (mHat / (Math.sqrt(sHat) + 1e-8) + (decoupled ? decay * w : 0));
            path[n - 1] = w;
        }
        return path;
    }

    private static void assertFollows(boolean decoupled) {
        double[] gradients = {0.5, -0.25, 2, 0, 1e-3, -3};
        double[] expected = published(gradients, 0.01, decoupled);
        Adam adam = new Adam(0.9f, 0.999f, 1e-8f, decoupled);
        float[] weights = {1f};
        List<float[]> slots = List.of(new float[1], new float[1]);
        for (int n = 1; n <= gradients.length; n++) {
            adam.step(weights, new float[] {(float) gradients[n - 1]}, slots, new Optimiser.Update(RATE, 0.01f, n));
            assertThat((double) weights[0]).as("step %d", n).isCloseTo(expected[n - 1], againstClosedForm(2e-5));
        }
    }

    @Test
    void coupledDecayFollowsThePublishedRecursion() {
        assertFollows(false);
    }

    @Test
    void decoupledDecayFollowsThePublishedRecursion() {
        assertFollows(true);
    }

    /** Vector gradr_adam_step1 of the specification of sparse training. */
    @Test
    void aPenaltyOnSignsEndsAtZeroWhereTheSignWouldChange() {
        float[] weights = {0.5f, -0.0002f, 0.0001f, -0.3f};
        float[] gradient = {0.1f, -0.2f, 0.3f, 0f};
        List<float[]> slots = List.of(new float[4], new float[4]);
        Adam adam = new Adam(0.9f, 0.999f, 1e-8f, false);
        adam.step(weights, gradient, slots, new Optimiser.Update(0.001f, 0f, 1, 0.01f));
        assertThat(weights).containsExactly(new float[] {0.49899f, 0f, 0f, -0.29999f}, againstReference(1e-6f));
        adam.step(weights, new float[] {0f, -1f, 1f, 0f}, slots, new Optimiser.Update(0.001f, 0f, 2, 0.01f));
        assertThat(weights[1]).isZero();
        assertThat(weights[2]).isZero();
    }

    /** The first step is the rate, whatever the size of the gradient. */
    @Test
    void theFirstStepIsTheRate() {
        for (float gradient : new float[] {1e-3f, 1f, 1e3f}) {
            float[] weights = {0f};
            new Adam(0.9f, 0.999f, 1e-8f, false)
                    .step(
                            weights,
                            new float[] {gradient},
                            List.of(new float[1], new float[1]),
                            new Optimiser.Update(RATE, 0f, 1));
            assertThat((double) weights[0]).isCloseTo(-RATE, againstClosedForm(2e-6));
        }
    }

    @Test
    void impossibleValuesAreRefused() {
        assertThatThrownBy(() -> new Adam(1f, 0.999f, 1e-8f, false)).hasMessageContaining("betas");
        assertThatThrownBy(() -> new Adam(0.9f, 0.999f, 0f, false)).hasMessageContaining("epsilon");
    }
}
