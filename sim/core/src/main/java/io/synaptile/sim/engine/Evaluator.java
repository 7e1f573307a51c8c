/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.sim.engine;

import io.synaptile.sim.compute.BatchResult;
import io.synaptile.sim.compute.ComputeBackend;
import io.synaptile.sim.compute.ExecutableNetwork;
import io.synaptile.sim.compute.LayerActivity;
import io.synaptile.sim.compute.NetworkPlan;
import io.synaptile.sim.spikes.Encoder;
import java.util.Arrays;
import java.util.Objects;
import java.util.stream.IntStream;

/**
 * Measures the accuracy of a network on images, all of them, in batches of a fixed size and a rest.
 *
 * @param timeSteps simulation steps per image
 * @param seed root of the input coding
 * @param pass pass of the input coding: {@link #VALIDATION_PASS}, {@link #TEST_PASS} or a number of the caller's, never
 *     one of an epoch
 * @param batch images per call of the backend
 * @param threads threads of the backend; no result depends on it
 */
public record Evaluator(
        ComputeBackend backend, int timeSteps, Encoder encoder, long seed, int pass, int batch, int threads) {
    /** Pass of the input coding in validation, the same after every epoch. */
    public static final int VALIDATION_PASS = 1 << 23;

    /** Pass of the input coding on test images. */
    public static final int TEST_PASS = VALIDATION_PASS + 1;

    private static final int USUAL_BATCH = 64;

    public Evaluator {
        Objects.requireNonNull(backend);
        Objects.requireNonNull(encoder);
        if (timeSteps < 1 || batch < 1 || threads < 1) {
            throw new IllegalArgumentException(
                    "an evaluation needs at least 1 time step, image per batch and thread, got " + timeSteps + ", "
                            + batch + " and " + threads);
        }
    }

    /**
     * Measures on test images, 64 at a time, with all processors of this machine.
     *
     * @param timeSteps simulation steps per image
     * @param seed root of the input coding
     */
    public static Evaluator onTest(ComputeBackend backend, int timeSteps, Encoder encoder, long seed) {
        int threads = Runtime.getRuntime().availableProcessors();
        return new Evaluator(backend, timeSteps, encoder, seed, TEST_PASS, USUAL_BATCH, threads);
    }

    /** Runs all images of a source for all steps, as {@link #evaluate(NetworkPlan, ImageSource, StopRule)}. */
    public Evaluation evaluate(NetworkPlan plan, ImageSource images) {
        return evaluate(plan, images, new StopRule.Never());
    }

    /**
     * Runs all images of a source.
     *
     * @param stop after which step each of them counts as ended
     * @throws IllegalArgumentException if there is no image or the images or the rule do not fit the network
     */
    public Evaluation evaluate(NetworkPlan plan, ImageSource images, StopRule stop) {
        Fit.check(plan.network(), images, "evaluation");
        int samples = images.size();
        int[] correct = new int[timeSteps];
        int[][] predictions = new int[timeSteps][samples];
        long[] nanos = new long[samples];
        int[] steps = new int[samples];
        int correctAtStop = 0;
        LayerActivity[] activity = noActivity(plan);
        LayerActivity[] untilStop = noActivity(plan);
        BatchReader reader = new BatchReader(images, ImageChange.NONE, timeSteps, encoder, seed);
        int[] order = IntStream.range(0, samples).toArray();
        try (ExecutableNetwork network = backend.prepare(plan, Math.min(batch, samples), threads)) {
            for (int from = 0; from < samples; from += batch) {
                int to = Math.min(from + batch, samples);
                BatchReader.Batch next = reader.read(order, from, to, pass);
                BatchResult result = network.run(next.input());
                for (int t = 0; t < timeSteps; t++) {
                    for (int i = from; i < to; i++) {
                        predictions[t][i] = result.prediction(t, i - from);
                        if (predictions[t][i] == next.labels()[i - from]) {
                            correct[t]++;
                        }
                    }
                }
                int[] own = stop.steps(plan, result);
                for (int i = from; i < to; i++) {
                    steps[i] = own[i - from];
                    if (predictions[steps[i] - 1][i] == next.labels()[i - from]) {
                        correctAtStop++;
                    }
                }
                for (int node = 0; node < activity.length; node++) {
                    activity[node].add(result.activity()[node].total());
                    untilStop[node].add(result.activity()[node].total(own));
                }
                System.arraycopy(result.hostNanos(), 0, nanos, from, to - from);
            }
        }
        return new Evaluation(
                samples,
                correct,
                predictions,
                activity,
                new Evaluation.Stopped(steps, correctAtStop, untilStop),
                nanos);
    }

    private LayerActivity[] noActivity(NetworkPlan plan) {
        LayerActivity[] activity = new LayerActivity[plan.network().nodes().size()];
        Arrays.setAll(activity, _ -> new LayerActivity(timeSteps));
        return activity;
    }
}
