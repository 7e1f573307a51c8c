/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.sim.compute.cpu;

import io.synaptile.sim.network.Network;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;

/** Spiking neurons over all time steps of a batch. */
final class NeuronStage extends MembraneStage {
    /** By worker: the potentials of one sample, {@code [steps, positions, padded]}, where those of all are not held. */
    private MemorySegment[] recent;
    /** By worker: receives the spikes of a repeated forward pass, or lists open entries. */
    private EventMap[] spare;
    /** Set before {@link #prepareTraining}: whether a reader asks for {@link #open}. */
    boolean listsOpen;
    /** By map: its open entries where they are {@link #few}; null while potentials are held. */
    private EventMap[] opened;

    private boolean[] few;

    NeuronStage(
            Network.Node node, Stage input, Arena arena, Kernels kernels, Workers workers, int maps, int timeSteps) {
        super(node, input, arena, kernels, workers, maps, timeSteps);
    }

    @Override
    void prepareTraining(Arena arena, int maps) {
        super.prepareTraining(arena, maps);
        shareGradient();
        if (currents == null) {
            potential = Aligned.floats(arena, (long) maps * output.mapSize());
            return;
        }
        recent = new MemorySegment[workers.threads()];
        spare = new EventMap[workers.threads()];
        for (int i = 0; i < recent.length; i++) {
            recent[i] = Aligned.floats(arena, (long) timeSteps() * output.mapSize());
            spare[i] = new EventMap(output.shape.positions());
        }
        if (listsOpen) {
            opened = new EventMap[maps];
            few = new boolean[maps];
            Arrays.setAll(opened, _ -> new EventMap(output.shape.positions()));
        }
    }

    @Override
    void forward(Batch batch) {
        workers.run(batch.samples(), (worker, n) -> {
            integrate(batch, worker, n, false);
            for (int t = 0; t < batch.steps() && opened != null; t++) {
                int map = n * batch.steps() + t;
                listOpen(recent[worker], tape(map, t), spare[worker]);
                few[map] = isFew(spare[worker]);
                if (few[map]) {
                    opened[map].copy(spare[worker]);
                }
            }
        });
        countSpikes(batch);
    }

    /**
     * All steps of one sample.
     *
     * @param again in the backward pass, for the potentials alone
     */
    private void integrate(Batch batch, int worker, int n, boolean again) {
        Signal in = input().output;
        AffineStage affine = fused();
        start(state[worker]);
        for (int t = 0; t < batch.steps(); t++) {
            int map = n * batch.steps() + t;
            int inMap = in.map(n, t, batch.steps());
            MemorySegment current = in.dense;
            long at = in.isEvents() ? 0 : in.offset(inMap);
            if (in.isEvents()) {
                current = scratch(worker);
                in.scatter(inMap, current, 0);
            }
            kernels.fire(
                    current,
                    at,
                    affine == null ? null : affine.gain(t),
                    affine == null ? null : affine.offset(t),
                    spec,
                    output.shape.height(),
                    output.shape.width(),
                    output.shape.channels(),
                    state[worker],
                    0,
                    tape(worker),
                    tape(map, t),
                    again ? spare[worker] : output.events[map]);
            if (!again && spec.emission() != 1f) {
                output.events[map].emit(spec.emission());
            }
        }
    }

    /** Puts the neurons where they are before the first step; padding is at rest and never fires. */
    private void start(MemorySegment membrane) {
        output.fill(membrane, spec.initialPotential());
    }

    /** Where potentials are written; null outside training. */
    private MemorySegment tape(int worker) {
        return recent == null ? potential : recent[worker];
    }

    /** Byte offset of a map in {@link #tape(int)}. */
    private long tape(int map, int step) {
        return output.offset(recent == null ? map : step);
    }

    private void listOpen(MemorySegment potentials, long offset, EventMap list) {
        kernels.open(
                potentials, offset, spec, output.shape.height(), output.shape.width(), output.shape.channels(), list);
    }

    private boolean isFew(EventMap list) {
        return list.count() < SynapseBackward.OPEN_LIMIT * output.shape.size();
    }

    /**
     * Entries of a map of the last pass whose surrogate derivative is above zero.
     *
     * @param list may be used for the result
     * @return null if they are too many to be treated one by one
     */
    EventMap open(int map, EventMap list) {
        if (opened != null) {
            return few[map] ? opened[map] : null;
        }
        listOpen(potential, output.offset(map), list);
        return isFew(list) ? list : null;
    }

    @Override
    void backward(Batch batch) {
        if (currents != null) {
            currents.multiply(batch);
        }
        Stage source = input();
        boolean shared = gradient.equals(source.gradient);
        boolean wanted = source.wantsGradient();
        boolean add = source.contribute();
        workers.run(batch.samples(), (worker, n) -> {
            if (currents != null) {
                integrate(batch, worker, n, true);
            }
            state[worker].fill((byte) 0);
            for (int t = batch.steps() - 1; t >= 0; t--) {
                int map = n * batch.steps() + t;
                long at = gradientOffset(map);
                kernels.fireBackward(
                        gradient, at, tape(worker), tape(map, t), state[worker], 0, spec, output.mapSize());
                if (!shared && wanted) {
                    Gradients.pass(kernels, gradient, at, source, map, add);
                }
            }
        });
    }
}
