/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.sim.compute.cpu;

import io.synaptile.sim.network.Network;
import io.synaptile.sim.network.Shape;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.List;

/**
 * Reads a map as a vector. Dense layers find their weights by channel, row and column, so where only they read it the map is
 * handed on as it is; otherwise its events are renumbered in the order c, h, w.
 */
final class FlattenStage extends Stage {
    private static final ValueLayout.OfFloat FLOAT = ValueLayout.JAVA_FLOAT;

    private final Workers workers;
    private final Kernels kernels;
    private final boolean alias;
    private final Shape in;
    private final MemorySegment[] scratch;

    FlattenStage(
            Network.Node node, Stage input, boolean alias, Arena arena, Kernels kernels, Workers workers, int maps) {
        super(node, List.of(input));
        this.workers = workers;
        this.kernels = kernels;
        this.alias = alias;
        this.in = input.output.shape;
        this.output = alias ? null : Signal.events(node.out(), kernels.lanes(), maps);
        this.scratch = new MemorySegment[workers.threads()];
        for (int i = 0; i < scratch.length && !alias; i++) {
            scratch[i] = Aligned.floats(arena, (long) in.positions() * Blocks.padded(in.channels(), kernels.lanes()));
        }
        refresh();
    }

    /** Whether this stage only renames its input. */
    boolean isAlias() {
        return alias;
    }

    /** Follows the input where this stage only renames it. */
    private void refresh() {
        if (alias) {
            output = input().output;
        }
    }

    @Override
    void prepareTraining(Arena arena, int maps) {
        super.prepareTraining(arena, maps);
        if (alias) {
            shareGradient();
        }
    }

    @Override
    void forward(Batch batch) {
        refresh();
        if (alias || windows != null) {
            return;
        }
        Signal source = input().output;
        workers.run(batch.maps(), (worker, map) -> renumber(batch, map, worker, source, output));
    }

    @Override
    Signal of(Batch batch, int n, int worker, int slot) {
        return alias ? input().of(batch, n, worker, slot) : super.of(batch, n, worker, slot);
    }

    @Override
    void compute(Batch batch, int n, int worker, Signal source, Signal out) {
        for (int map = n * batch.steps(); map < (n + 1) * batch.steps(); map++) {
            renumber(batch, map, worker, source, out);
        }
    }

    private void renumber(Batch batch, int map, int worker, Signal source, Signal out) {
        int inMap = source.map(map / batch.steps(), map % batch.steps(), batch.steps());
        MemorySegment dense = source.dense;
        long at = 0;
        if (source.isEvents()) {
            dense = scratch[worker];
            source.scatter(inMap, dense, 0);
        } else {
            at = source.offset(inMap);
        }
        renumber(dense, at, source.padded, out.events(map));
    }

    private void renumber(MemorySegment dense, long at, int padded, EventMap to) {
        int n = 0;
        boolean unit = true;
        to.clear(false, true);
        to.reserve(in.size());
        for (int c = 0; c < in.channels(); c++) {
            for (int p = 0; p < in.positions(); p++) {
                float x = dense.get(FLOAT, at + ((long) p * padded + c) * Float.BYTES);
                if (x != 0f) {
                    unit &= x == 1f || x == -1f;
                    to.index[n] = c * in.positions() + p;
                    to.value[n++] = x;
                }
            }
        }
        to.start[0] = 0;
        to.start[1] = n;
        to.unit = unit;
    }

    @Override
    boolean wantsGradient() {
        return !alias || input().wantsGradient();
    }

    @Override
    void backward(Batch batch) {
        Stage source = input();
        if (!source.wantsGradient()) {
            return;
        }
        boolean add = source.contribute();
        if (alias) {
            if (!gradient.equals(source.gradient)) {
                workers.run(
                        gradientMaps(batch),
                        (_, map) -> Gradients.pass(kernels, gradient, gradientOffset(map), source, map, add));
            }
            return;
        }
        int padded = source.output.padded;
        workers.run(gradientMaps(batch), (worker, map) -> {
            MemorySegment target = scratch[worker];
            target.fill((byte) 0);
            for (int c = 0; c < in.channels(); c++) {
                for (int p = 0; p < in.positions(); p++) {
                    float x = gradient.get(FLOAT, gradientOffset(map) + (long) (c * in.positions() + p) * Float.BYTES);
                    target.set(FLOAT, ((long) p * padded + c) * Float.BYTES, x);
                }
            }
            Gradients.pass(kernels, target, 0, source, map, add);
        });
    }
}
