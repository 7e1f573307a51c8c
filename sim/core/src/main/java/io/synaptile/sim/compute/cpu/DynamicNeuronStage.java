/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.sim.compute.cpu;

import io.synaptile.sim.network.Layer;
import io.synaptile.sim.network.Network;
import io.synaptile.sim.network.NeuronDynamics;
import io.synaptile.sim.network.NeuronSpec;
import io.synaptile.sim.network.Role;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import java.util.List;

/**
 * Spiking neurons with more than plain dynamics, or in a loop. Their state is kept per sample, so that a pass may come to them
 * in pieces.
 */
final class DynamicNeuronStage extends Stage {
    private final Kernels kernels;
    private final Workers workers;
    private final NeuronDynamics dynamics;
    private final NeuronSpec spec;
    private final DynamicNeurons neurons;
    /** By sample. */
    private final DynamicNeurons.State state;
    /** By worker: an input map made dense. */
    private final MemorySegment[] scratch;

    private final float[] leak;
    private final float[] threshold;
    private final float[] leakGradient;
    private final float[] thresholdGradient;
    /** By sample and channel: what it adds to the derivatives by leak and threshold. */
    private double[][] byLeak;

    private double[][] byThreshold;
    /** Null where nobody asks for it. */
    private DynamicNeurons.Tape tape;
    /** By sample: derivatives carried from step to step. */
    private DynamicNeurons.State carry;

    private final long[] spikes;

    DynamicNeuronStage(
            Network.Node node, Stage input, Arena arena, Kernels kernels, Workers workers, int maps, int timeSteps) {
        super(node, List.of(input));
        this.kernels = kernels;
        this.workers = workers;
        this.spec = ((Layer.Neuron) node.layer()).spec();
        this.dynamics = spec.dynamics();
        this.output = Signal.events(node.out(), kernels.lanes(), maps);
        this.neurons = new DynamicNeurons(spec, output);
        this.spikes = new long[timeSteps];
        state = state(arena, maps / timeSteps);
        scratch = new MemorySegment[workers.threads()];
        Arrays.setAll(scratch, _ -> Aligned.floats(arena, output.mapSize()));
        int channels = node.out().channels();
        leak = new float[dynamics.leak().count(channels)];
        threshold = new float[dynamics.threshold().count(channels)];
        leakGradient = new float[leak.length];
        thresholdGradient = new float[threshold.length];
        Arrays.fill(leak, spec.leak());
        Arrays.fill(threshold, spec.threshold());
    }

    private DynamicNeurons.State state(Arena arena, int samples) {
        long floats = (long) samples * output.mapSize();
        return new DynamicNeurons.State(
                Aligned.floats(arena, floats), Aligned.floats(arena, floats), Aligned.floats(arena, floats));
    }

    @Override
    void prepareTraining(Arena arena, int maps) {
        super.prepareTraining(arena, maps);
        shareGradient();
        long floats = (long) maps * output.mapSize();
        tape = new DynamicNeurons.Tape(Aligned.floats(arena, floats), Aligned.floats(arena, floats));
        int samples = maps / spikes.length;
        carry = state(arena, samples);
        byLeak = new double[samples][node.out().channels()];
        byThreshold = new double[samples][node.out().channels()];
    }

    @Override
    void keepPotentials(Arena arena, int maps) {
        if (tape == null) {
            long floats = (long) maps * output.mapSize();
            tape = new DynamicNeurons.Tape(Aligned.floats(arena, floats), Aligned.floats(arena, floats));
        }
    }

    @Override
    MemorySegment potentials() {
        return tape == null ? null : tape.potentials();
    }

    @Override
    float[] parameter(Role role) {
        return switch (role) {
            case LEAK -> leak.length == 0 ? null : leak;
            case THRESHOLD -> threshold.length == 0 ? null : threshold;
            default -> null;
        };
    }

    @Override
    float[] parameterGradient(Role role) {
        return switch (role) {
            case LEAK -> leak.length == 0 ? null : leakGradient;
            case THRESHOLD -> threshold.length == 0 ? null : thresholdGradient;
            default -> null;
        };
    }

    @Override
    long[] spikes() {
        return spikes;
    }

    @Override
    void forward(Batch batch) {
        dynamics.leak().expand(spec.leak(), leak, neurons.leak);
        dynamics.threshold().expand(spec.threshold(), threshold, neurons.threshold);
        for (int c = 0; c < neurons.emission.length; c++) {
            neurons.emission[c] = dynamics.emission().value(neurons.threshold[c]);
        }
        Signal in = input().output;
        AffineStage affine = input() instanceof AffineStage stage && stage.isFused() ? stage : null;
        long bytes = (long) output.mapSize() * Float.BYTES;
        workers.run(batch.samples(), (worker, n) -> {
            if (batch.from() == 0) {
                neurons.start(state, n * bytes);
            }
            for (int t = batch.from(); t < batch.to(); t++) {
                int map = n * batch.steps() + t;
                int inMap = in.map(n, t, batch.steps());
                MemorySegment current = in.dense;
                long at = in.isEvents() ? 0 : in.offset(inMap);
                if (in.isEvents()) {
                    current = scratch[worker];
                    in.scatter(inMap, current, 0);
                }
                neurons.fire(
                        current,
                        at,
                        affine == null ? null : affine.gain(t),
                        affine == null ? null : affine.offset(t),
                        state,
                        n * bytes,
                        tape,
                        output.offset(map),
                        output.events[map]);
            }
        });
        countSpikes(batch);
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
                carry.clear(n * bytes, bytes);
                Arrays.fill(byLeak[n], 0);
                Arrays.fill(byThreshold[n], 0);
            }
            for (int t = batch.to() - 1; t >= batch.from(); t--) {
                int map = n * batch.steps() + t;
                long at = gradientOffset(map);
                neurons.back(
                        gradient, at, tape, output.offset(map), t == 0, carry, n * bytes, byLeak[n], byThreshold[n]);
                if (!shared && wanted) {
                    Gradients.pass(kernels, gradient, at, source, map, add);
                }
            }
        });
        if (batch.from() == 0) {
            dynamics.leak().collect(Gradients.sum(byLeak, batch.samples()), leakGradient);
            dynamics.threshold().collect(Gradients.sum(byThreshold, batch.samples()), thresholdGradient);
        }
    }
}
