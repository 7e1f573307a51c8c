/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.sim.compute.cpu;

import io.synaptile.sim.network.Network;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.List;

/** Puts the channels of activities behind each other. Where all inputs are events the result is; else it is dense. */
final class ConcatStage extends Stage {
    private final Kernels kernels;
    private final Workers workers;
    private final Arena arena;
    private final int maps;
    private final Signal joined;
    /** Allocated when an input is first dense. */
    private Signal dense;
    /** By input: its first channel in the output. */
    private final int[] base;
    /** By worker: the largest input map made dense, or derivatives by one. */
    private final MemorySegment[] scratch;

    ConcatStage(Network.Node node, List<Stage> inputs, Arena arena, Kernels kernels, Workers workers, int maps) {
        super(node, inputs);
        this.kernels = kernels;
        this.workers = workers;
        this.arena = arena;
        this.maps = maps;
        this.joined = Signal.events(node.out(), kernels.lanes(), maps);
        this.output = joined;
        base = new int[inputs.size()];
        int largest = 0;
        for (int i = 0; i < base.length; i++) {
            Signal in = inputs.get(i).output;
            largest = Math.max(largest, in.mapSize());
            if (i + 1 < base.length) {
                base[i + 1] = base[i] + in.shape.channels();
            }
        }
        scratch = new MemorySegment[workers.threads()];
        for (int i = 0; i < scratch.length; i++) {
            scratch[i] = Aligned.floats(arena, largest);
        }
    }

    @Override
    void forward(Batch batch) {
        boolean events = inputs.stream().allMatch(input -> input.output.isEvents());
        if (!events && dense == null) {
            dense = Signal.dense(arena, node.out(), kernels.lanes(), maps, false);
        }
        output = events ? joined : dense;
        batch.each(workers, (worker, map) -> {
            if (events) {
                list(batch, map, joined.events[map]);
            } else {
                for (int i = 0; i < base.length; i++) {
                    put(i, batch, map, scratch[worker]);
                }
            }
        });
    }

    private void list(Batch batch, int map, EventMap to) {
        boolean binary = true;
        boolean unit = true;
        int count = 0;
        for (Stage input : inputs) {
            EventMap from = events(input.output, batch, map);
            binary &= from.binary;
            unit &= from.unit;
            count += from.count();
        }
        to.clear(binary, unit);
        to.reserve(count);
        int n = 0;
        for (int p = 0; p < joined.shape.positions(); p++) {
            to.start[p] = n;
            int x = p % joined.shape.width();
            for (int i = 0; i < base.length; i++) {
                Signal in = inputs.get(i).output;
                EventMap from = events(in, batch, map);
                int shift = x * (joined.shape.channels() - in.shape.channels()) + base[i];
                for (int e = from.start[p]; e < from.start[p + 1]; e++) {
                    to.index[n] = from.index[e] + shift;
                    if (!binary) {
                        to.value[n] = from.binary ? 1f : from.value[e];
                    }
                    n++;
                }
            }
        }
        to.start[joined.shape.positions()] = n;
    }

    private static EventMap events(Signal in, Batch batch, int map) {
        return in.events[in.map(map / batch.steps(), map % batch.steps(), batch.steps())];
    }

    private void put(int which, Batch batch, int map, MemorySegment made) {
        Signal in = inputs.get(which).output;
        int inMap = in.map(map / batch.steps(), map % batch.steps(), batch.steps());
        MemorySegment from = in.dense;
        long at = 0;
        if (in.isEvents()) {
            in.scatter(inMap, made, 0);
            from = made;
        } else {
            at = in.offset(inMap);
        }
        for (int p = 0; p < in.shape.positions(); p++) {
            MemorySegment.copy(
                    from,
                    at + (long) p * in.padded * Float.BYTES,
                    dense.dense,
                    dense.offset(map) + place(which, p),
                    (long) in.shape.channels() * Float.BYTES);
        }
    }

    /** Byte offset in an output map of the first channel of an input at a position. */
    private long place(int which, int p) {
        return ((long) p * joined.padded + base[which]) * Float.BYTES;
    }

    @Override
    void backward(Batch batch) {
        for (int i = 0; i < base.length; i++) {
            Stage source = inputs.get(i);
            if (!source.wantsGradient()) {
                continue;
            }
            boolean add = source.contribute();
            int which = i;
            Signal in = source.output;
            batch.each(workers, (worker, map) -> {
                MemorySegment target = scratch[worker];
                target.fill((byte) 0);
                for (int p = 0; p < in.shape.positions(); p++) {
                    MemorySegment.copy(
                            gradient,
                            gradientOffset(map) + place(which, p),
                            target,
                            (long) p * in.padded * Float.BYTES,
                            (long) in.shape.channels() * Float.BYTES);
                }
                Gradients.pass(kernels, target, 0, source, map, add);
            });
        }
    }
}
