/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.sim.compute.cpu;

import io.synaptile.sim.network.Network;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.List;

/** Sum of two activities. */
final class AddStage extends Stage {
    private final Kernels kernels;
    private final Workers workers;
    private final MemorySegment[] scratch;

    AddStage(Network.Node node, List<Stage> inputs, Arena arena, Kernels kernels, Workers workers, int maps) {
        super(node, inputs);
        this.kernels = kernels;
        this.workers = workers;
        this.output = Signal.dense(arena, node.out(), kernels.lanes(), maps, false);
        this.scratch = new MemorySegment[workers.threads()];
        for (int i = 0; i < scratch.length; i++) {
            scratch[i] = Aligned.floats(arena, output.mapSize());
        }
    }

    @Override
    void forward(Batch batch) {
        batch.each(workers, (worker, map) -> {
            put(inputs.get(0).output, batch, map, output.dense, output.offset(map));
            put(inputs.get(1).output, batch, map, scratch[worker], 0);
            kernels.add(scratch[worker], 0, output.dense, output.offset(map), output.mapSize());
        });
    }

    private static void put(Signal in, Batch batch, int map, MemorySegment target, long offset) {
        int inMap = in.map(map / batch.steps(), map % batch.steps(), batch.steps());
        if (in.isEvents()) {
            in.scatter(inMap, target, offset);
        } else {
            MemorySegment.copy(in.dense, in.offset(inMap), target, offset, (long) in.mapSize() * Float.BYTES);
        }
    }

    @Override
    void backward(Batch batch) {
        for (Stage source : inputs) {
            if (source.wantsGradient()) {
                boolean add = source.contribute();
                batch.each(
                        workers, (_, map) -> Gradients.pass(kernels, gradient, gradientOffset(map), source, map, add));
            }
        }
    }
}
