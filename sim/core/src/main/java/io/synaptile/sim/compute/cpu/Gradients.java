/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.sim.compute.cpu;

import io.synaptile.sim.network.Representation;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

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

    /**
     * Adds derivatives by a stage's output to those it has at the steps of a piece; at others they may still be those of a
     * reader that shares the memory.
     *
     * @param derivatives of the whole pass, {@code [samples, steps, C, H, W]}
     */
    static void add(float[] derivatives, Batch piece, Stage stage) {
        Signal signal = stage.output;
        int size = signal.shape.size();
        int positions = signal.shape.positions();
        float[] weights = Representation.weights(stage.leak, piece.steps());
        boolean byStep = stage.derivatives.byStep();
        for (int map = 0; map < piece.maps(); map++) {
            int step = map % piece.steps();
            if (step < piece.from() || step >= piece.to()) {
                continue;
            }
            long offset = stage.gradientOffset(byStep ? map : map / piece.steps());
            float weight = byStep ? 1f : weights[step];
            for (int i = 0; i < size; i++) {
                long at = offset + ((long) (i % positions) * signal.padded + i / positions) * Float.BYTES;
                float others = stage.gradient.get(ValueLayout.JAVA_FLOAT, at);
                stage.gradient.set(ValueLayout.JAVA_FLOAT, at, others + weight * derivatives[map * size + i]);
            }
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
