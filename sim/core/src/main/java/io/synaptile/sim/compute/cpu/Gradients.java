/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.sim.compute.cpu;

import java.lang.foreign.MemorySegment;

/** Hands a map of derivatives to the stage that produced its input. */
final class Gradients {
    private Gradients() {}

    /** Writes, or adds, one map of derivatives in the layout of the source's output. */
    static void pass(Kernels kernels, MemorySegment from, long offset, Stage source, int map, boolean add) {
        int size = source.output.mapSize();
        if (add) {
            kernels.add(from, offset, source.gradient, source.gradientOffset(map), size);
        } else {
            MemorySegment.copy(from, offset, source.gradient, source.gradientOffset(map), (long) size * Float.BYTES);
        }
    }

    /** Adds up, sample after sample, what the first samples have collected by channel. */
    static double[] sum(double[][] bySample, int samples) {
        double[] sums = new double[bySample[0].length];
        for (int n = 0; n < samples; n++) {
            for (int c = 0; c < sums.length; c++) {
                sums[c] += bySample[n][c];
            }
        }
        return sums;
    }
}
