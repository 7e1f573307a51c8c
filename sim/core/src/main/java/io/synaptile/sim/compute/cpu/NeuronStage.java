/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.sim.compute.cpu;

import io.synaptile.sim.network.Layer;
import io.synaptile.sim.network.Network;
import io.synaptile.sim.network.NeuronSpec;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.List;

/** Spiking neurons over all time steps of a batch. */
final class NeuronStage extends Stage {
    private final Kernels kernels;
    private final Workers workers;
    final NeuronSpec spec;
    /** By worker: membrane potentials in the forward pass, the carried derivative in the backward pass. */
    private final MemorySegment[] state;
    /** By worker: an input map made dense. */
    private final MemorySegment[] scratch;
    /** Membrane potentials before the reset, {@code [maps, positions, padded]}; null outside training. */
    MemorySegment potential;
    /** Spikes by step in the last pass. */
    final long[] spikes;

    NeuronStage(
            Network.Node node, Stage input, Arena arena, Kernels kernels, Workers workers, int maps, int timeSteps) {
        super(node, List.of(input));
        this.kernels = kernels;
        this.workers = workers;
        this.spec = ((Layer.Neuron) node.layer()).spec();
        this.output = Signal.events(input.output.shape, kernels.lanes(), maps);
        this.spikes = new long[timeSteps];
        state = new MemorySegment[workers.threads()];
        scratch = new MemorySegment[workers.threads()];
        for (int i = 0; i < state.length; i++) {
            state[i] = Aligned.floats(arena, output.mapSize());
            scratch[i] = Aligned.floats(arena, output.mapSize());
        }
    }

    @Override
    void prepareTraining(Arena arena, int maps) {
        super.prepareTraining(arena, maps);
        potential = Aligned.floats(arena, (long) maps * output.mapSize());
        shareGradient();
    }

    @Override
    void forward(Batch batch) {
        Signal in = input().output;
        NormStage norm = input() instanceof NormStage stage && stage.fused ? stage : null;
        workers.run(batch.samples(), (worker, n) -> {
            state[worker].fill((byte) 0);
            for (int t = 0; t < batch.steps(); t++) {
                int map = n * batch.steps() + t;
                int inMap = in.map(n, t, batch.steps());
                MemorySegment current = in.dense;
                long at = in.isEvents() ? 0 : in.offset(inMap);
                if (in.isEvents()) {
                    current = scratch[worker];
                    in.scatter(inMap, current, 0);
                }
                kernels.fire(
                        current,
                        at,
                        norm == null ? null : norm.gain(t),
                        norm == null ? null : norm.offset(t),
                        spec,
                        output.shape.height(),
                        output.shape.width(),
                        output.shape.channels(),
                        state[worker],
                        0,
                        potential,
                        potential == null ? 0 : output.offset(map),
                        output.events[map]);
            }
        });
        for (int t = 0; t < batch.steps(); t++) {
            spikes[t] = 0;
            for (int n = 0; n < batch.samples(); n++) {
                int map = n * batch.steps() + t;
                int count = output.events[map].count();
                spikes[t] += count;
                if (batch.activity() != null) {
                    batch.activity()[node.id()].spikes[batch.place(map)] = count;
                }
            }
        }
    }

    @Override
    void backward(Batch batch) {
        Stage source = input();
        boolean shared = source.gradient == gradient;
        boolean wanted = source.wantsGradient();
        boolean add = source.contribute();
        workers.run(batch.samples(), (worker, n) -> {
            state[worker].fill((byte) 0);
            for (int t = batch.steps() - 1; t >= 0; t--) {
                int map = n * batch.steps() + t;
                long at = gradientOffset(map);
                kernels.fireBackward(
                        gradient, at, potential, output.offset(map), state[worker], 0, spec, output.mapSize());
                if (!shared && wanted) {
                    Gradients.pass(kernels, gradient, at, source, map, add);
                }
            }
        });
    }
}
