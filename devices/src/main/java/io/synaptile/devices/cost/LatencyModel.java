/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.devices.cost;

import java.util.Arrays;

/**
 * Time that array reads take. All row and column tiles of a layer work in parallel; positions of a feature map take turns at
 * the layer's copies.
 *
 * <pre>
 *   L_l(t) = ceil(reads_l(t) / D_l) t_read + fill
 * </pre>
 */
public final class LatencyModel {
    private LatencyModel() {}

    /**
     * One layer in one time step, ns.
     *
     * @param reads positions read: all of the output map, or the active ones where empty reads are skipped
     * @param copies D, copies of the layer that share its positions, at least 1
     * @param fillNanoseconds pipeline fill added when anything is read
     */
    public static double layerStepNanoseconds(long reads, int copies, double fillNanoseconds, ReadTiming timing) {
        if (reads < 0 || copies < 1 || !(fillNanoseconds >= 0)) {
            throw new IllegalArgumentException("latency needs reads >= 0, copies >= 1 and fill >= 0 ns, got " + reads
                    + ", " + copies + ", " + fillNanoseconds);
        }
        if (reads == 0) {
            return 0;
        }
        return Math.ceilDiv(reads, copies) * timing.arrayReadNanoseconds() + fillNanoseconds;
    }

    /**
     * Sequential mode, a step after the other, and in it a layer after those that it reads; branches work side by side. In a
     * chain of layers {@code sum over t and l of L_l(t)}, ns.
     *
     * @param layerNanoseconds {@code [time step][layer]} as {@link #layerStepNanoseconds} gives it
     */
    public static double sequentialNanoseconds(double[][] layerNanoseconds, Dataflow flow) {
        double end = 0;
        for (double[] step : layerNanoseconds) {
            end = flow.end(end, step, 1);
        }
        return end;
    }

    /**
     * Layer pipeline over time steps, layer l at step t while the layer behind it is at step t - 1: the first step as in
     * sequential mode, then {@code sum over t from 2 of max over l of L_l(t)}, ns.
     *
     * @param stepNanoseconds {@code [time step][layer]}
     */
    public static double layerPipelineNanoseconds(double[][] stepNanoseconds, Dataflow flow) {
        double sum = flow.end(0, stepNanoseconds[0], 1);
        for (int t = 1; t < stepNanoseconds.length; t++) {
            sum += slowest(stepNanoseconds[t]);
        }
        return sum;
    }

    /**
     * Position pipeline, one step after the other: a layer starts when a part of the positions of the layers that it reads is
     * done, and a step ends with its last layer, ns.
     *
     * <p>Source: the start of a layer after 0.75 of the one before it is that of SpikeSim's tool (A. Moitra et al., IEEE TCAD
     * 2023), which always ends with the last layer; here a slower layer before it counts.
     *
     * @param stepNanoseconds {@code [time step][layer]}
     * @param part of a layer that must be done before the next starts, 0 to 1
     */
    public static double positionPipelineNanoseconds(double[][] stepNanoseconds, Dataflow flow, double part) {
        if (!(part >= 0 && part <= 1)) {
            throw new IllegalArgumentException(
                    "the part of a layer done before the next starts must be 0 to 1, got " + part);
        }
        double sum = 0;
        for (double[] layers : stepNanoseconds) {
            sum += flow.end(0, layers, part);
        }
        return sum;
    }

    /**
     * Time between two images where every layer works on an image of its own: {@code sum over t of max over l of L_l(t)}, ns.
     *
     * @param stepNanoseconds {@code [time step][layer]}
     */
    public static double imageIntervalNanoseconds(double[][] stepNanoseconds) {
        return Arrays.stream(stepNanoseconds).mapToDouble(LatencyModel::slowest).sum();
    }

    private static double slowest(double[] layers) {
        return Arrays.stream(layers).max().orElse(0);
    }
}
