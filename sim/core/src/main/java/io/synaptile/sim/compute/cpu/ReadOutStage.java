/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.sim.compute.cpu;

import io.synaptile.sim.network.Network;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.List;

/** Mean of the output current over the time steps. */
final class ReadOutStage extends Stage {
    private static final ValueLayout.OfFloat FLOAT = ValueLayout.JAVA_FLOAT;

    private final Kernels kernels;
    private final Workers workers;
    private final int classes;
    private final int positions;
    private final MemorySegment[] scratch;
    /** Mean current up to each step, {@code [timeSteps, samples, classes]} of the last pass. */
    float[] scores;

    private float[] scoreGradient;

    ReadOutStage(Network.Node node, Stage input, Arena arena, Kernels kernels, Workers workers) {
        super(node, List.of(input));
        this.kernels = kernels;
        this.workers = workers;
        this.classes = node.out().size();
        this.positions = node.out().positions();
        this.output = input.output;
        this.scratch = new MemorySegment[workers.threads()];
        for (int i = 0; i < scratch.length; i++) {
            scratch[i] = Aligned.floats(arena, output.mapSize());
        }
    }

    @Override
    void prepareTraining(Arena arena, int maps) {
        super.prepareTraining(arena, maps);
        shareGradient();
    }

    /** Sets the derivative of the loss by the final scores, {@code [samples, classes]}. */
    void setScoreGradient(float[] values) {
        scoreGradient = values;
    }

    @Override
    void forward(Batch batch) {
        Signal in = input().output;
        output = in;
        int steps = batch.steps();
        scores = new float[steps * batch.samples() * classes];
        workers.run(batch.samples(), (worker, n) -> {
            float[] sum = new float[classes];
            for (int t = 0; t < steps; t++) {
                int map = in.map(n, t, steps);
                MemorySegment current = in.dense;
                long at = 0;
                if (in.isEvents()) {
                    current = scratch[worker];
                    in.scatter(map, current, 0);
                } else {
                    at = in.offset(map);
                }
                int to = (t * batch.samples() + n) * classes;
                for (int i = 0; i < classes; i++) {
                    sum[i] += current.get(FLOAT, at + place(i, in.padded));
                    scores[to + i] = sum[i] / (t + 1);
                }
            }
        });
    }

    /** Byte offset, in a dense map, of class i in the order c, h, w. */
    private long place(int i, int padded) {
        return ((long) (i % positions) * padded + i / positions) * Float.BYTES;
    }

    @Override
    void backward(Batch batch) {
        Stage source = input();
        if (!source.wantsGradient()) {
            return;
        }
        boolean shared = gradient.equals(source.gradient);
        boolean add = source.contribute();
        int padded = output.padded;
        workers.run(batch.maps(), (_, map) -> {
            int n = map / batch.steps();
            long at = gradientOffset(map);
            gradient.asSlice(at, (long) output.mapSize() * Float.BYTES).fill((byte) 0);
            for (int i = 0; i < classes; i++) {
                gradient.set(FLOAT, at + place(i, padded), scoreGradient[n * classes + i] / batch.steps());
            }
            if (!shared) {
                Gradients.pass(kernels, gradient, at, source, map, add);
            }
        });
    }
}
