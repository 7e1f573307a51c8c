/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.sim.engine;

import static io.synaptile.testing.Tolerance.againstClosedForm;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.synaptile.sim.compute.BatchActivity;
import io.synaptile.sim.compute.BatchResult;
import io.synaptile.sim.compute.NetworkPlan;
import io.synaptile.sim.compute.SynapsePlan;
import io.synaptile.sim.network.Architectures;
import io.synaptile.sim.network.Layer;
import io.synaptile.sim.network.Network;
import io.synaptile.sim.network.NeuronSpec;
import io.synaptile.sim.network.NormState;
import io.synaptile.sim.network.Parameters;
import io.synaptile.sim.network.Shape;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class StopRuleTest {
    /** Mean gamma of three layers over five steps; worked by hand, the second layer decides. */
    private static final List<double[]> GAMMA =
            List.of(new double[] {0.9, 0.5, 0.2, 0.08, 0.05}, new double[] {0.7, 0.6, 0.3, 0.12, 0.04}, new double[] {
                0.8, 0.4, 0.09, 0.07, 0.06
            });

    @ParameterizedTest
    @CsvSource({"0.1, 5", "0.12, 5", "0.13, 4", "0.31, 3", "0.61, 2", "0.9, 2", "0.91, 1", "0.01, 5"})
    void theFirstStepAtWhichEveryLayerIsBelowTheThresholdIsTheLast(double threshold, int step) {
        assertThat(StopRule.GammaMean.step(GAMMA, threshold)).isEqualTo(step);
    }

    @Test
    void gammaIsAveragedOverTheChannelsOfItsStep() {
        // Two channels, three steps: means 0.6, 0.3 and 0.05.
        NetworkPlan plan = plan(Architectures.Norm.BNTT, 0.4f, 0.8f, 0.7f, -0.1f, 0.1f, 0f);
        assertThat(new StopRule.GammaMean(0.5).steps(plan, scores(3, 4, new float[24])))
                .containsExactly(2, 2, 2, 2);
        assertThat(new StopRule.GammaMean(0.01).steps(plan, scores(3, 1, new float[6])))
                .containsExactly(3);
        assertThat(new StopRule.GammaMean(0.01).steps(plan, scores(2, 1, new float[4])))
                .as("fewer steps than were trained")
                .containsExactly(2);
    }

    @ParameterizedTest
    @ValueSource(strings = {"SHARED", "NONE"})
    void withoutScalesPerStepGammaMeanIsRefused(Architectures.Norm norm) {
        NetworkPlan plan = plan(norm, 1f, 1f);
        assertThat(StopRule.GammaMean.fits(plan.network())).isFalse();
        assertThatThrownBy(() -> new StopRule.GammaMean(0.1).steps(plan, scores(2, 1, new float[4])))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("gamma-mean needs a network with norms of their own at every step");
    }

    @Test
    void theMarginIsTheDifferenceOfTheTwoBestProbabilities() {
        float ln2 = (float) Math.log(2);
        // Odds 4 : 2 : 1 and a tie.
        BatchResult result = result(1, 2, 3, ln2, 2 * ln2, 0f, 3f, -1f, 3f);
        assertThat(StopRule.Margin.margin(result, 0, 0)).isCloseTo(2 / 7.0, againstClosedForm(1e-7));
        assertThat(StopRule.Margin.margin(result, 0, 1)).isZero();
        // Scores whose exponentials are too large for a double.
        assertThat(StopRule.Margin.margin(result(1, 1, 2, 1e30f, -1e30f), 0, 0)).isEqualTo(1);
    }

    @Test
    void everySampleStopsAtItsOwnStep() {
        // Differences of the two scores; a margin above 0.5 takes one of ln 3 = 1.0986.
        float[][] differences = {{1.2f, 0.1f, 1.0f}, {0f, -1.2f, 1.09f}, {0f, 9f, 1.09f}};
        float[] scores = new float[3 * 3 * 2];
        for (int t = 0; t < 3; t++) {
            for (int n = 0; n < 3; n++) {
                scores[(t * 3 + n) * 2] = differences[t][n];
            }
        }
        assertThat(new StopRule.Margin(0.5).steps(null, scores(3, 3, scores))).containsExactly(1, 2, 3);
    }

    static LongStream seeds() {
        return LongStream.range(0, 100);
    }

    /** A higher margin never stops a sample earlier, and no margin stops none. */
    @ParameterizedTest
    @MethodSource("seeds")
    void aHigherMarginTakesAtLeastAsManySteps(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        int steps = random.nextInt(1, 9);
        float[] scores = new float[steps * 5 * 2];
        for (int i = 0; i < scores.length; i++) {
            scores[i] = (float) random.nextGaussian(0, 3);
        }
        BatchResult result = scores(steps, 5, scores);
        int[] low = new StopRule.Margin(random.nextDouble(0.01, 0.5)).steps(null, result);
        int[] high = new StopRule.Margin(random.nextDouble(0.5, 0.99)).steps(null, result);
        int[] all = new StopRule.Never().steps(null, result);
        for (int n = 0; n < 5; n++) {
            assertThat(low[n]).isBetween(1, high[n]);
            assertThat(high[n]).isLessThanOrEqualTo(all[n]);
            assertThat(all[n]).isEqualTo(steps);
        }
    }

    @ParameterizedTest
    @ValueSource(doubles = {0, -1, Double.NaN, Double.POSITIVE_INFINITY})
    void thresholdsThatDecideNothingAreRefused(double threshold) {
        assertThatThrownBy(() -> new StopRule.GammaMean(threshold))
                .hasMessage("a stop threshold must be a number above 0, got " + threshold);
        assertThatThrownBy(() -> new StopRule.Margin(threshold))
                .hasMessage("a stop threshold must be a number above 0, got " + threshold);
        assertThatThrownBy(() -> new StopRule.Margin(1))
                .hasMessage("a margin between two probabilities must be below 1, got 1.0");
    }

    private static BatchResult scores(int steps, int samples, float[] scores) {
        return result(steps, samples, 2, scores);
    }

    private static BatchResult result(int steps, int samples, int classes, float... scores) {
        return new BatchResult(steps, samples, classes, scores, 0, new BatchActivity[0], new long[samples]);
    }

    /** One hidden layer of two neurons. */
    private static NetworkPlan plan(Architectures.Norm kind, float... gamma) {
        Network network = Architectures.mlp(
                new Shape(1, 1, 1), 2, List.of(2), new Architectures.Options(kind, NeuronSpec.lif(1f, 1f), 0f));
        Map<Integer, SynapsePlan> synapses = new TreeMap<>();
        Map<Integer, NormState> norms = new TreeMap<>();
        network.synapses()
                .forEach(node -> synapses.put(node.id(), new SynapsePlan.DensePlan(new float[node.weightCount()])));
        network.nodes().stream()
                .filter(node -> node.layer() instanceof Layer.StepNorm)
                .forEach(node -> norms.put(
                        node.id(), new NormState(gamma.length / 2, 2, gamma, new float[gamma.length], ones(gamma))));
        return new NetworkPlan(network, synapses, Parameters.ofNorms(norms));
    }

    private static float[] ones(float[] like) {
        float[] ones = new float[like.length];
        Arrays.fill(ones, 1f);
        return ones;
    }
}
