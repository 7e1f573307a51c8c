/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.sim.compute.cpu;

import io.synaptile.sim.network.Network;
import java.lang.foreign.Arena;
import java.util.List;

/**
 * A layer that gives every channel a gain and an offset. Where only neurons read it, they apply both as they integrate and its
 * maps are never written.
 */
abstract class AffineStage extends Stage {
    final Kernels kernels;
    final Workers workers;
    private Arena arena;
    private int maps;
    /** Whether every reader applies the affine map itself. */
    private boolean fused;
    /** What this stage writes where it is not fused. */
    private Signal written;
    /** Input maps made dense where they are events; allocated when they first are. */
    private Signal scattered;

    AffineStage(Network.Node node, Stage input, Kernels kernels, Workers workers) {
        super(node, List.of(input));
        this.kernels = kernels;
        this.workers = workers;
    }

    /** Gain per padded channel at a step of the current pass. */
    abstract float[] gain(int step);

    /** Offset per padded channel at a step of the current pass. */
    abstract float[] offset(int step);

    /**
     * Allocates the maps where a reader other than a neuron needs them; called once, before the first pass.
     *
     * @param onlyNeurons whether nothing but neurons reads this stage
     */
    final void materialise(boolean onlyNeurons, Arena networkArena, int count) {
        arena = networkArena;
        maps = count;
        fused = onlyNeurons;
        written = fused ? null : Signal.dense(arena, node.out(), kernels.lanes(), maps, false);
        output = fused ? input().output : written;
    }

    /** Whether readers apply {@link #gain} and {@link #offset} to this stage's output. */
    final boolean isFused() {
        return fused;
    }

    @Override
    Signal of(Batch batch, int n, int worker, int slot) {
        return fused ? input().of(batch, n, worker, slot) : output;
    }

    /** The input of a batch as dense maps. */
    final Signal denseInput(Batch batch) {
        Signal in = input().output;
        if (!in.isEvents()) {
            return in;
        }
        if (scattered == null) {
            scattered = Signal.dense(arena, in.shape, kernels.lanes(), maps, false);
        }
        workers.run(batch.maps(), (_, map) -> in.scatter(map, scattered.dense, scattered.offset(map)));
        return scattered;
    }

    /** Hands the input on to neurons, or writes the maps. */
    final void apply(Batch batch, Signal in) {
        if (fused) {
            output = input().output;
            return;
        }
        workers.run(batch.maps(), (_, map) -> {
            int t = map % batch.steps();
            kernels.affine(
                    in.dense,
                    in.offset(in.map(map / batch.steps(), t, batch.steps())),
                    written.dense,
                    written.offset(map),
                    in.shape.positions(),
                    in.padded,
                    gain(t),
                    offset(t));
        });
    }
}
