/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.training.transform;

import static io.synaptile.testing.Tolerance.againstReference;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GroupLassoTest {
    private static final float[] WEIGHTS = {0.3f, -0.4f, 0, 0.05f, 0.6f, 0.8f, 0.01f, 0.02f};

    private static float[] derivative(GroupLasso penalty, float[] weights) {
        float[] gradient = new float[weights.length];
        penalty.pullBack(weights, weights.clone(), gradient);
        return gradient;
    }

    /** Vector group_lasso_ratio1.0 of the method's specification. */
    @Test
    void vectorOfRatioOneIsReached() {
        GroupLasso penalty = new GroupLasso(2, 1, 1, false);
        assertThat(penalty.penalty(WEIGHTS)).isCloseTo(0.858541, againstReference(1e-5));
        assertThat(derivative(penalty, WEIGHTS))
                .containsExactly(
                        new float[] {0.3f, -0.4f, 0, 1.5f, 0.3f, 0.4f, 0.67082f, 1.341641f}, againstReference(1e-5f));
        assertThat(derivative(new GroupLasso(2, 1, 1, true), WEIGHTS))
                .containsExactly(new float[] {0, 0, 0, 1, 0, 0, 0.447214f, 0.894427f}, againstReference(1e-5f));
    }

    /** Vector group_lasso_ratio0.7 of the method's specification. */
    @Test
    void vectorOfSmallerRatioIsReached() {
        GroupLasso penalty = new GroupLasso(2, 1, 0.7, false);
        assertThat(penalty.penalty(WEIGHTS)).isCloseTo(0.622687, againstReference(1e-5));
        assertThat(derivative(penalty, WEIGHTS))
                .containsExactly(
                        new float[] {0.21f, -0.28f, 0, 1.35f, 0.21f, 0.28f, 0.603738f, 1.207477f},
                        againstReference(1e-5f));
        assertThat(derivative(new GroupLasso(2, 1, 0.7, true), WEIGHTS))
                .containsExactly(new float[] {0, 0, 0, 1, 0, 0, 0.447214f, 0.894427f}, againstReference(1e-5f));
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void derivativeIsThatOfThePenalty(long seed) {
        Random random = new Random(seed);
        float[] weights = new float[24];
        for (int i = 0; i < weights.length; i++) {
            weights[i] = (float) random.nextGaussian();
        }
        GroupLasso penalty = new GroupLasso(4, 0.3, 0.9, false);
        float[] gradient = derivative(penalty, weights);
        for (int i = 0; i < weights.length; i++) {
            float[] up = weights.clone();
            float[] down = weights.clone();
            up[i] += 1e-3f;
            down[i] -= 1e-3f;
            double slope = (penalty.penalty(up) - penalty.penalty(down)) / ((double) up[i] - down[i]);
            assertThat((double) gradient[i]).isCloseTo(slope, againstReference(2e-4));
        }
    }

    @Test
    void aGroupOfZerosHasNoDerivative() {
        assertThat(derivative(new GroupLasso(2, 1, 1, false), new float[] {0, 0, 3, 4}))
                .doesNotContain(Float.NaN)
                .startsWith(0f, 0f);
        assertThat(derivative(new GroupLasso(2, 1, 1, false), new float[4])).containsOnly(0f);
    }

    @Test
    void weightsPassUnchangedAndTheDerivativeIsAdded() {
        GroupLasso penalty = new GroupLasso(2, 1, 1, true);
        float[] out = new float[WEIGHTS.length];
        penalty.apply(WEIGHTS, out, null);
        assertThat(out).containsExactly(WEIGHTS);
        float[] gradient = {1, 2, 3, 4, 5, 6, 7, 8};
        penalty.pullBack(WEIGHTS, out, gradient);
        assertThat(gradient)
                .containsExactly(new float[] {1, 2, 3, 5, 5, 6, 7.447214f, 8.894427f}, againstReference(1e-5f));
    }

    @Test
    void aGroupSpansChannelsAndTheirKernelPositions() {
        assertThat(GroupLasso.groupSize(new int[] {8, 32, 3, 3}, 16)).isEqualTo(144);
        assertThat(GroupLasso.groupSize(new int[] {10, 64}, 16)).isEqualTo(16);
        assertThatThrownBy(() -> GroupLasso.groupSize(new int[] {8, 24, 3, 3}, 16))
                .hasMessage("groups of 16 input channels do not divide 24 input channels");
    }
}
