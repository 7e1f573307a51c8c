/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.sim.compute.cpu;

import io.synaptile.sim.network.Network;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.List;

/** A function of every value; its maps are dense, one per sample where the input is constant. */
abstract class ActivationStage extends Stage {
    final Kernels kernels;
    final Workers workers;
    private final Signal varying;
    private final Signal constant;

    ActivationStage(Network.Node node, Stage input, Arena arena, Kernels kernels, Workers workers, int maps) {
        super(node, List.of(input));
        this.kernels = kernels;
        this.workers = workers;
        this.varying = Signal.dense(arena, node.out(), kernels.lanes(), maps, false);
        this.constant = varying.asConstant();
        this.output = varying;
    }

    /** Turns a map into its values, in place. */
    abstract void activate(MemorySegment map, long offset);

    /**
     * Turns derivatives by a map into derivatives by what it was made of, in place.
     *
     * @param worker that does so
     * @param map of the derivatives
     * @param activated the values' map, another one where the input is constant
     */
    abstract void back(int worker, int map, int activated);

    /** What is to be found out of all maps of the input before the first is turned. */
    void prepare(Batch batch) {}

    /** What follows from all maps after the last has been turned back. */
    void finish(Batch batch) {}

    @Override
    void prepareTraining(Arena arena, int maps) {
        super.prepareTraining(arena, maps);
        shareGradient();
    }

    /** Maps of the values in a pass. */
    final int maps(Batch batch) {
        return output.constant ? batch.samples() : batch.maps();
    }

    /** Writes a map of the input, in the layout of the output. */
    final void copy(int map, MemorySegment to, long offset) {
        Signal in = input().output;
        if (in.isEvents()) {
            in.scatter(map, to, offset);
        } else {
            MemorySegment.copy(in.dense, in.offset(map), to, offset, (long) in.mapSize() * Float.BYTES);
        }
    }

    @Override
    void forward(Batch batch) {
        output = input().output.constant ? constant : varying;
        prepare(batch);
        workers.run(maps(batch), (_, map) -> {
            copy(map, output.dense, output.offset(map));
            activate(output.dense, output.offset(map));
        });
    }

    @Override
    void backward(Batch batch) {
        Stage source = input();
        boolean wanted = source.wantsGradient();
        if (!wanted && !wantsGradient()) {
            return;
        }
        boolean shared = gradient.equals(source.gradient);
        boolean add = source.contribute();
        batch.each(workers, (worker, map) -> {
            back(worker, map, output.map(map / batch.steps(), map % batch.steps(), batch.steps()));
            if (wanted && !shared) {
                Gradients.pass(kernels, gradient, gradientOffset(map), source, map, add);
            }
        });
        finish(batch);
    }

    /** Adds up channels, then maps, in their order. */
    final double total(float[][] byMap, Batch batch) {
        double total = 0;
        for (int map = 0; map < batch.maps(); map++) {
            for (int c = 0; c < node.out().channels(); c++) {
                total += byMap[map][c];
            }
        }
        return total;
    }
}
