/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.sim.compute.cpu;

import io.synaptile.sim.network.Layer;
import io.synaptile.sim.network.Network;
import io.synaptile.sim.network.Role;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Arrays;
import java.util.List;

/** Leaky integrators without spikes. */
final class IntegratorStage extends Stage {
    private static final ValueLayout.OfFloat FLOAT = ValueLayout.JAVA_FLOAT;

    private final Kernels kernels;
    private final Workers workers;
    private final Layer.Integrator layer;
    private final int timeSteps;
    /** By worker: an input map made dense. */
    private final MemorySegment[] scratch;

    private final float[] parameter;
    private final float[] parameterGradient;
    /** Per channel. */
    private final float[] leak;
    /** By sample: derivative by the value before, carried from step to step; null outside training. */
    private MemorySegment carry;
    /** By sample and channel: what it adds to the derivative by the leak. */
    private double[][] byLeak;

    IntegratorStage(
            Network.Node node, Stage input, Arena arena, Kernels kernels, Workers workers, int maps, int timeSteps) {
        super(node, List.of(input));
        this.kernels = kernels;
        this.workers = workers;
        this.layer = (Layer.Integrator) node.layer();
        this.timeSteps = timeSteps;
        this.output = Signal.dense(arena, node.out(), kernels.lanes(), maps, false);
        scratch = new MemorySegment[workers.threads()];
        Arrays.setAll(scratch, _ -> Aligned.floats(arena, output.mapSize()));
        parameter = new float[layer.learned().count(node.out().channels())];
        Arrays.fill(parameter, layer.leak());
        parameterGradient = new float[parameter.length];
        leak = new float[node.out().channels()];
    }

    @Override
    float[] parameter(Role role) {
        return role == Role.LEAK && parameter.length > 0 ? parameter : null;
    }

    @Override
    float[] parameterGradient(Role role) {
        return role == Role.LEAK && parameter.length > 0 ? parameterGradient : null;
    }

    @Override
    void prepareTraining(Arena arena, int maps) {
        super.prepareTraining(arena, maps);
        shareGradient();
        int samples = maps / timeSteps;
        carry = Aligned.floats(arena, (long) samples * output.mapSize());
        byLeak = new double[samples][leak.length];
    }

    @Override
    void forward(Batch batch) {
        layer.learned().expand(layer.leak(), parameter, leak);
        Signal in = input().output;
        workers.run(batch.samples(), (worker, n) -> {
            for (int t = batch.from(); t < batch.to(); t++) {
                int map = n * batch.steps() + t;
                int inMap = in.map(n, t, batch.steps());
                MemorySegment x = in.dense;
                long at = 0;
                if (in.isEvents()) {
                    x = scratch[worker];
                    in.scatter(inMap, x, 0);
                } else {
                    at = in.offset(inMap);
                }
                integrate(x, at, t == 0, output.offset(map));
            }
        });
    }

    private void integrate(MemorySegment x, long at, boolean first, long to) {
        long step = (long) output.mapSize() * Float.BYTES;
        for (int p = 0; p < output.shape.positions(); p++) {
            for (int c = 0; c < leak.length; c++) {
                long place = (long) (p * output.padded + c) * Float.BYTES;
                float before = first ? 0f : output.dense.get(FLOAT, to - step + place);
                output.dense.set(FLOAT, to + place, before * leak[c] + x.get(FLOAT, at + place) * layer.inputGain());
            }
        }
    }

    @Override
    void backward(Batch batch) {
        Stage source = input();
        boolean shared = gradient.equals(source.gradient);
        boolean wanted = source.wantsGradient();
        boolean add = source.contribute();
        long bytes = (long) output.mapSize() * Float.BYTES;
        workers.run(batch.samples(), (_, n) -> {
            if (batch.to() == batch.steps()) {
                carry.asSlice(n * bytes, bytes).fill((byte) 0);
                Arrays.fill(byLeak[n], 0);
            }
            for (int t = batch.to() - 1; t >= batch.from(); t--) {
                int map = n * batch.steps() + t;
                long at = gradientOffset(map);
                back(at, n * bytes, t == 0, output.offset(map), byLeak[n]);
                if (!shared && wanted) {
                    Gradients.pass(kernels, gradient, at, source, map, add);
                }
            }
        });
        if (batch.from() == 0) {
            layer.learned().collect(Gradients.sum(byLeak, batch.samples()), parameterGradient);
        }
    }

    /** {@code delta = e + carry, carry = leak * delta}; the derivative by the input is {@code inputGain * delta}. */
    private void back(long at, long carried, boolean first, long value, double[] sums) {
        long step = (long) output.mapSize() * Float.BYTES;
        for (int p = 0; p < output.shape.positions(); p++) {
            for (int c = 0; c < leak.length; c++) {
                long place = (long) (p * output.padded + c) * Float.BYTES;
                float delta = gradient.get(FLOAT, at + place) + carry.get(FLOAT, carried + place);
                if (!first) {
                    sums[c] += delta * output.dense.get(FLOAT, value - step + place);
                }
                gradient.set(FLOAT, at + place, delta * layer.inputGain());
                carry.set(FLOAT, carried + place, delta * leak[c]);
            }
        }
    }
}
