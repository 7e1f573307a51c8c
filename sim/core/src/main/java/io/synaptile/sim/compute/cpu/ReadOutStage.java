/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.sim.compute.cpu;

import io.synaptile.sim.compute.Scores;
import io.synaptile.sim.network.Layer;
import io.synaptile.sim.network.Network;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.List;

/** Class scores from what the last layer gives at all steps. */
final class ReadOutStage extends Stage {
    private static final ValueLayout.OfFloat FLOAT = ValueLayout.JAVA_FLOAT;

    private static final Layer.ReadOut MEAN = new Layer.ReadOut();

    private final Kernels kernels;
    private final Workers workers;
    private final Layer.ReadOut layer;
    private final int inputs;
    private final int classes;
    private final int positions;
    private final MemorySegment[] scratch;
    /** Scores after each step, {@code [timeSteps, samples, classes]} of the last pass. */
    float[] scores;

    private float[] scoreGradient;

    ReadOutStage(Network.Node node, Stage input, Arena arena, Kernels kernels, Workers workers) {
        super(node, List.of(input));
        this.kernels = kernels;
        this.workers = workers;
        this.classes = node.out().size();
        this.layer = (Layer.ReadOut) node.layer();
        this.inputs = node.in().size();
        this.positions = node.in().positions();
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
            Scores sample = new Scores(layer, inputs);
            float[] values = new float[inputs];
            for (int t = 0; t < steps; t++) {
                read(in, in.map(n, t, steps), worker, values);
                sample.add(values, scores, (t * batch.samples() + n) * classes);
            }
        });
    }

    /** The values of a map in the order c, h, w. */
    private void read(Signal in, int map, int worker, float[] values) {
        MemorySegment current = in.dense;
        long at = 0;
        if (in.isEvents()) {
            current = scratch[worker];
            in.scatter(map, current, 0);
        } else {
            at = in.offset(map);
        }
        for (int i = 0; i < inputs; i++) {
            values[i] = current.get(FLOAT, at + place(i, in.padded));
        }
    }

    /** Byte offset, in a dense map, of input i in the order c, h, w. */
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
        int steps = batch.steps();
        workers.run(batch.samples(), (worker, n) -> {
            int[] highest = layer.rule() == Layer.ReadOut.Rule.HIGHEST ? highest(batch, n, worker) : null;
            for (int t = 0; t < steps; t++) {
                int map = n * steps + t;
                long at = gradientOffset(map);
                gradient.asSlice(at, (long) output.mapSize() * Float.BYTES).fill((byte) 0);
                for (int i = 0; i < inputs; i++) {
                    float given = scoreGradient[n * classes + i / layer.voters()];
                    gradient.set(
                            FLOAT,
                            at + place(i, padded),
                            layer.equals(MEAN)
                                    ? given / steps
                                    : given * Scores.derivative(layer, t, steps, highest != null && highest[i] == t));
                }
                if (!shared) {
                    Gradients.pass(kernels, gradient, at, source, map, add);
                }
            }
        });
    }

    /** First step at which each input is largest. */
    private int[] highest(Batch batch, int n, int worker) {
        Signal in = input().output;
        int[] step = new int[inputs];
        float[] largest = new float[inputs];
        float[] values = new float[inputs];
        for (int t = 0; t < batch.steps(); t++) {
            read(in, in.map(n, t, batch.steps()), worker, values);
            for (int i = 0; i < inputs; i++) {
                if (t == 0 || values[i] > largest[i]) {
                    largest[i] = values[i];
                    step[i] = t;
                }
            }
        }
        return step;
    }
}
