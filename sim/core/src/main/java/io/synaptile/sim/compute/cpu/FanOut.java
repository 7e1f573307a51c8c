/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.sim.compute.cpu;

import io.synaptile.sim.compute.SynapsePlan;

/** How many non-zero weights each input of a layer meets, for counting effective synaptic operations. */
final class FanOut {
    private final Geometry g;
    /** By input, {@code position * in + channel}. */
    private final int[] weights;

    FanOut(Geometry g, SynapsePlan plan) {
        this.g = g;
        int[] rowCount = nonZeros(g, plan);
        weights = new int[g.inputs()];
        for (int p = 0; p < g.positions(); p++) {
            for (int tap = 0; tap < g.kernelHeight() * g.kernelWidth(); tap++) {
                if (g.output(p, tap / g.kernelWidth(), tap % g.kernelWidth()) >= 0) {
                    for (int c = 0; c < g.in(); c++) {
                        weights[p * g.in() + c] += rowCount[tap * g.in() + c];
                    }
                }
            }
        }
    }

    /** Non-zero weights of each row. */
    private static int[] nonZeros(Geometry g, SynapsePlan plan) {
        int[] rowCount = new int[g.rows()];
        boolean[] onArrays = plan.arrays().map(own -> own.first().operations()).orElse(null);
        for (int row = 0; row < g.rows(); row++) {
            for (int o = 0; o < g.out(); o++) {
                int canonical = g.canonical(row, o);
                int cell = row * g.out() + o;
                boolean any = switch (plan) {
                    case SynapsePlan.DensePlan(float[] values) -> canonical >= 0 && values[canonical] != 0f;
                    case SynapsePlan.ArrayPlan _ -> onArrays[cell];
                };
                rowCount[row] += any ? 1 : 0;
            }
        }
        return rowCount;
    }

    /** Operations that a map's events cause. */
    long operations(EventMap m) {
        long sum = 0;
        for (int p = 0; p < g.positions(); p++) {
            int shift = p * g.in() - p % g.width() * g.in();
            int e1 = m.start[p + 1];
            for (int e = m.start[p]; e < e1; e++) {
                sum += weights[m.index[e] + shift];
            }
        }
        return sum;
    }
}
