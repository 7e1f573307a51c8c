/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.sim.compute.cpu;

import io.synaptile.sim.network.Network;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Arrays;

/**
 * Convolution whose channels are in groups. An event adds its weights to the outputs of its group alone, tap by tap, whatever
 * share of the inputs is active; an output adds its terms in the order of the input positions, channels last, as in a layer
 * without groups. Plain arrays without padding: a group may have a single output, as in a depthwise layer.
 *
 * <p>On tiles the layer is one without groups, as {@link SynapseStage} reads it.
 */
final class GroupedStage extends SynapseStage {
    /** Parts of a batch whose weight gradients are summed on their own and added up in order, whatever the threads. */
    private static final int PARTS = 8;

    /** Inputs and outputs of a group. */
    private final int seen;

    private final int driven;
    /** {@code [tap, input, output of its group]}. */
    private final float[] weights;
    /** By worker: events of a dense input map, and the sums of an output map, {@code [positions, channels]}. */
    private final EventMap[] collected;

    private final float[][] outputs;

    /** In training, else null, as what follows: the weights as {@code [tap, output, input of its group]}. */
    private float[] transposed;
    /** The weight gradient, in the order of the weights, and the sums that it is the sum of. */
    private float[] weightGradient;

    private float[][] parts;
    /** By worker: derivatives by an input map, and the same in the layout of its stage. */
    private float[][] inputs;

    private MemorySegment[] paddedInputs;

    GroupedStage(Network.Node node, Stage input, Signal currents, Arena arena, Kernels kernels, Workers workers) {
        super(node, input, currents, arena, kernels, workers);
        seen = g.in() / g.groups();
        driven = g.out() / g.groups();
        weights = new float[g.rows() * driven];
        collected = new EventMap[workers.threads()];
        Arrays.setAll(collected, _ -> new EventMap(g.positions()));
        outputs = new float[workers.threads()][g.outPositions() * g.out()];
    }

    @Override
    void setWeights(float[] values) {
        for (int i = 0; i < weights.length; i++) {
            weights[i] = values[canonical(i)];
        }
        int area = g.kernel().area();
        for (int i = 0; transposed != null && i < transposed.length; i++) {
            int output = i / seen % g.out();
            transposed[i] = values[(output * seen + i % seen) * area + i / seen / g.out()];
        }
    }

    @Override
    void copyWeights(float[] into) {
        copy(weights, into);
    }

    @Override
    void copyWeightGradient(float[] into) {
        copy(weightGradient, into);
    }

    private void copy(float[] from, float[] into) {
        for (int i = 0; i < from.length; i++) {
            into[canonical(i)] = from[i];
        }
    }

    private int canonical(int index) {
        int row = index / driven;
        return g.canonical(row, row % g.in() / seen * driven + index % driven);
    }

    @Override
    void prepareTraining(Arena trainingArena, int maps) {
        prepareGradient();
        transposed = new float[weights.length];
        weightGradient = new float[weights.length];
        parts = new float[PARTS][weights.length];
        inputs = new float[workers.threads()][g.inputs()];
        paddedInputs = new MemorySegment[workers.threads()];
        Arrays.setAll(
                paddedInputs, _ -> Aligned.floats(trainingArena, input().output.mapSize()));
    }

    @Override
    void multiply(Batch batch) {
        Signal in = input().output;
        if (in.constant && batch.isWhole()) {
            workers.run(batch.samples(), (worker, map) -> multiply(in, map, worker));
        } else {
            batch.each(workers, (worker, map) -> multiply(in, map, worker));
        }
    }

    private void multiply(Signal in, int map, int worker) {
        EventMap events = collected[worker];
        if (in.isEvents()) {
            events = in.events[map];
        } else {
            in.collect(map, events);
        }
        float[] y = outputs[worker];
        Arrays.fill(y, 0f);
        walk(events, weights, y, false);
        long at = varying.offset(map);
        varying.dense.asSlice(at, (long) varying.mapSize() * Float.BYTES).fill((byte) 0);
        for (int q = 0; q < g.outPositions(); q++) {
            MemorySegment.copy(
                    y,
                    q * g.out(),
                    varying.dense,
                    ValueLayout.JAVA_FLOAT,
                    at + (long) q * varying.padded * Float.BYTES,
                    g.out());
        }
    }

    /**
     * Adds for every event of value x and every tap that has it
     *
     * <pre>
     *   map[q, o] += x * matrix[tap, input, o]     for the outputs o of the input's group; backward
     *   matrix[tap, input, o] += x * map[q, o]
     * </pre>
     */
    private void walk(EventMap events, float[] matrix, float[] map, boolean backward) {
        for (int p = 0; p < g.positions(); p++) {
            int shift = p % g.width() * g.in();
            int e1 = events.start[p + 1];
            for (int tap = 0; events.start[p] < e1 && tap < g.kernel().area(); tap++) {
                int q = g.output(p, tap / g.kernelWidth(), tap % g.kernelWidth());
                for (int e = events.start[p]; q >= 0 && e < e1; e++) {
                    int channel = events.index[e] - shift;
                    float x = events.binary ? 1f : events.value[e];
                    int weight = (tap * g.in() + channel) * driven;
                    int output = q * g.out() + channel / seen * driven;
                    if (backward) {
                        addScaled(x, map, output, matrix, weight, driven);
                    } else {
                        addScaled(x, matrix, weight, map, output, driven);
                    }
                }
            }
        }
    }

    private void addScaled(float x, float[] terms, int from, float[] sum, int to, int count) {
        if (count == 1) {
            sum[to] += x * terms[from];
        } else {
            kernels.addScaled(x, terms, from, sum, to, count);
        }
    }

    @Override
    void backward(Batch batch) {
        Signal in = input().output;
        if (input().wantsGradient()) {
            boolean add = input().contribute();
            batch.each(workers, (worker, map) -> propagate(map, worker, add));
        }
        if (batch.from() == 0) {
            // The derivatives of all steps are there.
            gradient(batch, in.isEvents() ? in.events : listed, in.constant);
        }
    }

    private void gradient(Batch batch, EventMap[] events, boolean constant) {
        int steps = batch.steps();
        workers.run(PARTS, (worker, part) -> {
            float[] sum = parts[part];
            Arrays.fill(sum, 0f);
            int last = batch.samples() * (part + 1) / PARTS * steps;
            for (int map = batch.samples() * part / PARTS * steps; map < last; map++) {
                walk(events[constant ? map / steps : map], sum, derivatives(map, worker), true);
            }
        });
        Arrays.fill(weightGradient, 0f);
        for (float[] part : parts) {
            for (int i = 0; i < part.length; i++) {
                weightGradient[i] += part[i];
            }
        }
    }

    /** Derivatives by an output map, {@code [positions, channels]}. */
    private float[] derivatives(int map, int worker) {
        float[] dy = outputs[worker];
        for (int q = 0; q < g.outPositions(); q++) {
            MemorySegment.copy(
                    gradient,
                    ValueLayout.JAVA_FLOAT,
                    gradientOffset(map) + (long) q * varying.padded * Float.BYTES,
                    dy,
                    q * g.out(),
                    g.out());
        }
        return dy;
    }

    private void propagate(int map, int worker, boolean add) {
        float[] dy = derivatives(map, worker);
        float[] dx = inputs[worker];
        Arrays.fill(dx, 0f);
        for (int p = 0; p < g.positions(); p++) {
            for (int tap = 0; tap < g.kernel().area(); tap++) {
                int q = g.output(p, tap / g.kernelWidth(), tap % g.kernelWidth());
                for (int o = 0; q >= 0 && o < g.out(); o++) {
                    int weight = (tap * g.out() + o) * seen;
                    addScaled(dy[q * g.out() + o], transposed, weight, dx, p * g.in() + o / driven * seen, seen);
                }
            }
        }
        int padded = input().output.padded;
        for (int p = 0; p < g.positions(); p++) {
            MemorySegment.copy(
                    dx,
                    p * g.in(),
                    paddedInputs[worker],
                    ValueLayout.JAVA_FLOAT,
                    (long) p * padded * Float.BYTES,
                    g.in());
        }
        Gradients.pass(kernels, paddedInputs[worker], 0, input(), map, add);
    }
}
