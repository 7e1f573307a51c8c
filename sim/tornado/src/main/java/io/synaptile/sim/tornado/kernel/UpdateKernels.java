/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.sim.tornado.kernel;

import uk.ac.manchester.tornado.api.KernelContext;
import uk.ac.manchester.tornado.api.math.TornadoMath;
import uk.ac.manchester.tornado.api.types.arrays.DoubleArray;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;
import uk.ac.manchester.tornado.api.types.arrays.IntArray;

/** Loss, its derivative and the step that follows from it. */
public final class UpdateKernels {
    /** Threads of the group of {@link #total}. */
    public static final int GROUP = 64;
    /** Local memory of that group. */
    public static final int LOCAL_BYTES = GROUP * (Double.BYTES + Integer.BYTES);

    private UpdateKernels() {}

    /**
     * Cross-entropy of the softmax of the last step's scores. One thread per sample.
     *
     * @param scores {@code [steps, samples, classes]}
     * @param labels class of each sample
     * @param scoreGradient receives the derivative of the mean loss, {@code [samples, classes]}
     * @param losses receives the loss of each sample
     * @param hits receives 1 where the label has the highest score, the lowest class of equals
     * @param g sizes of the read-out
     */
    public static void softmax(
            KernelContext c,
            IntArray guard,
            FloatArray scores,
            IntArray labels,
            FloatArray scoreGradient,
            DoubleArray losses,
            IntArray hits,
            IntArray g,
            IntArray run) {
        Guard.passed(c, guard);
        int n = c.globalIdx;
        int samples = run.get(R.SAMPLES);
        if (n < samples) {
            int classes = g.get(G.OUT_HEIGHT) * g.get(G.OUT_WIDTH) * g.get(G.OUT_CHANNELS);
            int first = ((run.get(R.STEPS) - 1) * samples + n) * classes;
            int label = labels.get(n);
            int best = 0;
            float most = scores.get(first);
            for (int k = 1; k < classes; k++) {
                float score = scores.get(first + k);
                if (score > most) {
                    most = score;
                    best = k;
                }
            }
            double sum = 0.0;
            for (int k = 0; k < classes; k++) {
                sum += TornadoMath.exp((double) (scores.get(first + k) - most));
            }
            for (int k = 0; k < classes; k++) {
                double share = TornadoMath.exp((double) (scores.get(first + k) - most)) / sum;
                if (k == label) {
                    share = share - 1.0;
                }
                scoreGradient.set(n * classes + k, (float) (share / samples));
            }
            losses.set(n, TornadoMath.log(sum) - (scores.get(first + label) - most));
            int hit = 0;
            if (best == label) {
                hit = 1;
            }
            hits.set(n, hit);
        }
    }

    /**
     * Mean loss and number of hits, as a tree of fixed shape. One group.
     *
     * @param loss one entry
     * @param correct one entry
     */
    public static void total(
            KernelContext c,
            IntArray guard,
            DoubleArray losses,
            IntArray hits,
            DoubleArray loss,
            IntArray correct,
            IntArray run) {
        Guard.passed(c, guard);
        double[] sums = c.allocateDoubleLocalArray(GROUP);
        int[] found = c.allocateIntLocalArray(GROUP);
        int lane = c.localIdx;
        int samples = run.get(R.SAMPLES);
        double sum = 0.0;
        int count = 0;
        for (int n = lane; n < samples; n += GROUP) {
            sum += losses.get(n);
            count += hits.get(n);
        }
        sums[lane] = sum;
        found[lane] = count;
        c.localBarrier();
        for (int reach = GROUP / 2; reach > 0; reach = reach / 2) {
            if (lane < reach) {
                sums[lane] = sums[lane] + sums[lane + reach];
                found[lane] = found[lane] + found[lane + reach];
            }
            c.localBarrier();
        }
        if (lane == 0) {
            loss.set(0, sums[0] / samples);
            correct.set(0, found[0]);
        }
    }

    /**
     * Gradient descent with momentum and weight decay, {@code v = momentum v + (g + decay w); w = w - rate v}. One thread per
     * parameter.
     *
     * @param constants momentum and weight decay
     * @param rate one entry
     * @param s its place {@link S#COUNT}: parameters
     */
    public static void descend(
            KernelContext c,
            IntArray guard,
            FloatArray parameters,
            FloatArray gradient,
            FloatArray velocity,
            FloatArray constants,
            FloatArray rate,
            IntArray s) {
        Guard.passed(c, guard);
        int i = c.globalIdx;
        if (i < s.get(S.COUNT)) {
            float w = parameters.get(i);
            float v = constants.get(0) * velocity.get(i) + (gradient.get(i) + constants.get(1) * w);
            velocity.set(i, v);
            parameters.set(i, w - rate.get(0) * v);
        }
    }

    /**
     * Moves running statistics of a norm towards those of a batch. One thread per scale.
     *
     * @param momentum one entry, weight of the batch
     * @param s its place {@link S#COUNT}: scales
     */
    public static void follow(
            KernelContext c,
            IntArray guard,
            FloatArray mean,
            FloatArray variance,
            FloatArray runningMean,
            FloatArray runningVariance,
            FloatArray momentum,
            IntArray s) {
        Guard.passed(c, guard);
        int i = c.globalIdx;
        if (i < s.get(S.COUNT)) {
            float share = momentum.get(0);
            runningMean.set(i, (1f - share) * runningMean.get(i) + share * mean.get(i));
            runningVariance.set(i, (1f - share) * runningVariance.get(i) + share * variance.get(i));
        }
    }

    /**
     * Writes an array's first entry as it is: TornadoVM copies to the host only what a graph writes. One thread.
     *
     * @param s its place {@link S#COUNT}: entries
     */
    public static void touch(KernelContext c, IntArray guard, FloatArray array, IntArray s) {
        Guard.passed(c, guard);
        if (c.globalIdx == 0) {
            if (s.get(S.COUNT) > 0) {
                array.set(0, array.get(0));
            }
        }
    }
}
