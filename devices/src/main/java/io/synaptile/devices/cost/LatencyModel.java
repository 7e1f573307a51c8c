/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.devices.cost;

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
     * Sequential mode, layers and steps one after the other: {@code sum over t and l of L_l(t)}, ns.
     *
     * @param layerNanoseconds {@code [time step][layer]} as {@link #layerStepNanoseconds} gives it
     */
    public static double sequentialNanoseconds(double[][] layerNanoseconds) {
        double sum = 0;
        for (double[] step : layerNanoseconds) {
            for (double layer : step) {
                sum += layer;
            }
        }
        return sum;
    }
}
