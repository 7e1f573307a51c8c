/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.training.transform;

import static io.synaptile.testing.Tolerance.againstClosedForm;
import static io.synaptile.testing.Tolerance.againstReference;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.synaptile.sim.random.NoiseStream;
import io.synaptile.sim.random.Purpose;
import java.util.Arrays;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DorefaQuantiserTest {
    /** tanh of 0.5, 0.1, 0.2 and 1: 0.462117, 0.099668, 0.197375, 0.761594; the last is M. */
    @Test
    void handWorkedWeightsReachTheirLevels() {
        float[] weights = {0.5f, -0.5f, 0.1f, -0.2f, 1f};
        // x n for n = 3: 2.4102, 0.5898, 1.6963, 1.1113, 3
        assertThat(quantised(2, weights)).containsExactly(1 / 3f, -1 / 3f, 1 / 3f, -1 / 3f, 1f);
        // x n for n = 15: 12.0509, 2.9491, 8.4815, 5.5563, 15
        assertThat(quantised(4, weights)).containsExactly(9 / 15f, -9 / 15f, 1 / 15f, -3 / 15f, 1f);
    }

    @Test
    void oneBitIsTheSignTimesTheMeanMagnitude() {
        float[] weights = {0.5f, -0.25f, 0f, -1.25f};
        assertThat(quantised(1, weights)).containsExactly(0.5f, -0.5f, 0.5f, -0.5f);
        float[] gradient = {1f, -2f, 3f, -4f};
        new DorefaQuantiser(1).pullBack(weights, quantised(1, weights), gradient);
        assertThat(gradient).containsExactly(1f, -2f, 3f, -4f);
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 3, 4, 8})
    void levelsAreTheOddMultiplesOfOneStep(int bits) {
        int n = (1 << bits) - 1;
        float[] weights = normals(50_000, bits);
        for (int i = 0; i < weights.length; i++) {
            weights[i] = Math.clamp(weights[i], -1f, 1f);
        }
        TreeSet<Float> found = new TreeSet<>();
        for (float q : quantised(bits, weights)) {
            found.add(q);
        }
        assertThat(found)
                .containsExactlyElementsOf(IntStream.rangeClosed(0, n)
                        .mapToObj(j -> (float) ((2.0 * j - n) / n))
                        .toList());
    }

    /** Rounding moves a weight by at most half a step of 2 / n. */
    @ParameterizedTest
    @ValueSource(ints = {2, 4, 8, 16})
    void noWeightIsFurtherThanHalfAStepFromItsUnroundedValue(int bits) {
        float[] weights = normals(10_000, 20 + bits);
        double largest = largestTanh(weights);
        float[] q = quantised(bits, weights);
        double half = 1.0 / ((1 << bits) - 1) + 1e-7;
        for (int i = 0; i < q.length; i++) {
            assertThat((double) q[i]).isCloseTo(unrounded(weights[i], largest), againstClosedForm(half));
        }
    }

    /** Central differences of the map without its rounding, the layer's largest weight held. */
    @ParameterizedTest
    @ValueSource(ints = {2, 4, 8})
    void gradientIsThatOfTheUnroundedMap(int bits) {
        float[] weights = normals(200, 40 + bits);
        double largest = largestTanh(weights);
        float[] gradient = new float[weights.length];
        Arrays.fill(gradient, 3f);
        new DorefaQuantiser(bits).pullBack(weights, quantised(bits, weights), gradient);
        double h = 1e-5;
        for (int i = 0; i < weights.length; i++) {
            double slope = (unrounded(weights[i] + h, largest) - unrounded(weights[i] - h, largest)) / (2 * h);
            assertThat((double) gradient[i]).isCloseTo(3 * slope, againstReference(1e-5));
        }
    }

    @Test
    void zeroWeightsHaveLevelsAndFiniteGradients() {
        float[] zeros = new float[3];
        assertThat(quantised(1, zeros)).containsExactly(0f, 0f, 0f);
        // 1.5 is a tie and goes to the even 2.
        assertThat(quantised(2, zeros)).containsExactly(1 / 3f, 1 / 3f, 1 / 3f);
        float[] gradient = {1f, 2f, 3f};
        new DorefaQuantiser(2).pullBack(zeros, quantised(2, zeros), gradient);
        assertThat(gradient).containsExactly(1f, 2f, 3f);
    }

    @Test
    void impossibleWidthIsRefused() {
        assertThatThrownBy(() -> new DorefaQuantiser(0))
                .hasMessage("the bits of a quantised weight must be 1 to 16, got 0");
        assertThatThrownBy(() -> new DorefaQuantiser(17))
                .hasMessage("the bits of a quantised weight must be 1 to 16, got 17");
    }

    private static float[] quantised(int bits, float[] weights) {
        float[] out = new float[weights.length];
        new DorefaQuantiser(bits).apply(weights, out, null);
        return out;
    }

    private static double unrounded(double weight, double largest) {
        return Math.tanh(weight) / largest;
    }

    private static double largestTanh(float[] weights) {
        double largest = 0;
        for (float w : weights) {
            largest = Math.max(largest, Math.abs(Math.tanh(w)));
        }
        return largest;
    }

    private static float[] normals(int count, int stream) {
        NoiseStream random = NoiseStream.of(11, Purpose.TEST, stream, 0, 0);
        float[] weights = new float[count];
        for (int i = 0; i < count; i++) {
            weights[i] = 0.5f * (float) random.nextGaussian();
        }
        return weights;
    }
}
