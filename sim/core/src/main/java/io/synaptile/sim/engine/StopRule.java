/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.sim.engine;

import io.synaptile.sim.compute.BatchResult;
import io.synaptile.sim.compute.NetworkPlan;
import io.synaptile.sim.network.Layer;
import io.synaptile.sim.network.Network;
import io.synaptile.sim.network.NormState;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** After which step an inference ends. Whatever the rule, at least one step is run and at most those of the run. */
public sealed interface StopRule {
    /**
     * Steps that each sample of a batch runs.
     *
     * @param plan the network that ran
     * @param result its scores after every step
     * @return 1 to the time steps of the result, shape {@code [samples]}
     */
    int[] steps(NetworkPlan plan, BatchResult result);

    /** Every sample runs all steps. */
    record Never() implements StopRule {
        @Override
        public int[] steps(NetworkPlan plan, BatchResult result) {
            int[] steps = new int[result.samples()];
            Arrays.fill(steps, result.timeSteps());
            return steps;
        }
    }

    /**
     * All samples stop at the same step, which the norms of the network decide before any image is seen: the first at
     * which the mean over the channels of gamma is below the threshold in every norm layer; all steps if there is none.
     *
     * <p>Source: temporal early exit of Y. Kim and P. Panda, "Revisiting batch normalization for training low-latency deep
     * spiking neural networks from scratch", Frontiers in Neuroscience 2021. The published code has no such rule; the
     * threshold and "every layer" are as commonly stated, not read in the paper.
     *
     * @param threshold above 0
     */
    record GammaMean(double threshold) implements StopRule {
        /** The threshold that goes with the rule. */
        public static final double USUAL_THRESHOLD = 0.1;

        public GammaMean {
            requirePositive(threshold);
        }

        /** Whether a network has norms with scales of their own at every step. */
        public static boolean fits(Network network) {
            return network.nodes().stream().anyMatch(GammaMean::isPerStep);
        }

        /** @throws IllegalArgumentException if the network has no norm with scales of its own at every step */
        @Override
        public int[] steps(NetworkPlan plan, BatchResult result) {
            List<double[]> means = new ArrayList<>();
            for (Network.Node node : plan.network().nodes()) {
                if (isPerStep(node)) {
                    means.add(means(plan.norm(node.id()), result.timeSteps()));
                }
            }
            int[] steps = new int[result.samples()];
            Arrays.fill(steps, step(means, threshold));
            return steps;
        }

        /**
         * The step after which to stop, from 1.
         *
         * @param means mean of gamma over the channels, one array {@code [timeSteps]} per norm layer
         * @throws IllegalArgumentException if there is no layer
         */
        static int step(List<double[]> means, double threshold) {
            if (means.isEmpty()) {
                throw new IllegalArgumentException("gamma-mean needs a network with norms of their own at every step");
            }
            int last = means.getFirst().length;
            for (int t = 0; t < last; t++) {
                int step = t;
                if (means.stream().allMatch(layer -> layer[step] < threshold)) {
                    return t + 1;
                }
            }
            return last;
        }

        private static boolean isPerStep(Network.Node node) {
            return node.layer() instanceof Layer.StepNorm norm && !norm.shared();
        }

        private static double[] means(NormState norm, int timeSteps) {
            double[] means = new double[timeSteps];
            for (int t = 0; t < timeSteps; t++) {
                double sum = 0;
                for (int c = 0; c < norm.channels(); c++) {
                    sum += norm.gamma()[t * norm.channels() + c];
                }
                means[t] = sum / norm.channels();
            }
            return means;
        }
    }

    /**
     * A sample stops at the first step at which its two best classes are further apart than the threshold, in
     * probabilities of the softmax of the mean score so far:
     *
     * <pre>
     *   o_t = (1/t) sum_{i &lt;= t} W_out s_i     p = softmax(o_t)     stop after t if p_first - p_second &gt; threshold
     * </pre>
     *
     * <p>Source: confidence threshold of Y. Li et al., "SEENN: Towards temporal spiking early-exit neural networks",
     * NeurIPS 2023. Its code compares the largest probability, and that of the summed scores; ours takes the mean score,
     * which the loss is defined on, and the difference, which is 0 where two classes are equally likely.
     *
     * @param threshold above 0 and below 1
     */
    record Margin(double threshold) implements StopRule {
        /** Threshold of the published code of SEENN. */
        public static final double USUAL_THRESHOLD = 0.9;

        public Margin {
            requirePositive(threshold);
            if (threshold >= 1) {
                throw new IllegalArgumentException(
                        "a margin between two probabilities must be below 1, got " + threshold);
            }
        }

        @Override
        public int[] steps(NetworkPlan plan, BatchResult result) {
            int[] steps = new int[result.samples()];
            for (int n = 0; n < steps.length; n++) {
                int t = 1;
                while (t < result.timeSteps() && !(margin(result, t - 1, n) > threshold)) {
                    t++;
                }
                steps[n] = t;
            }
            return steps;
        }

        /** Difference of the two largest probabilities after step {@code step}, from 0. */
        static double margin(BatchResult result, int step, int sample) {
            int offset = (step * result.samples() + sample) * result.classes();
            float first = Float.NEGATIVE_INFINITY;
            float second = Float.NEGATIVE_INFINITY;
            for (int c = 0; c < result.classes(); c++) {
                float score = result.scores()[offset + c];
                second = Math.max(second, Math.min(first, score));
                first = Math.max(first, score);
            }
            double sum = 0;
            for (int c = 0; c < result.classes(); c++) {
                sum += StrictMath.exp(result.scores()[offset + c] - first);
            }
            return (1 - StrictMath.exp(second - first)) / sum;
        }
    }

    private static void requirePositive(double threshold) {
        if (!(threshold > 0) || Double.isInfinite(threshold)) {
            throw new IllegalArgumentException("a stop threshold must be a number above 0, got " + threshold);
        }
    }
}
