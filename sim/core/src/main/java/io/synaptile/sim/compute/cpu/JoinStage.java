/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.sim.compute.cpu;

import io.synaptile.sim.network.Layer;
import io.synaptile.sim.network.Network;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.List;

/**
 * Joins activities of one shape value by value. Where all inputs are events the result is, and costs as much as there are
 * events; else it is dense.
 */
final class JoinStage extends Stage {
    private static final ValueLayout.OfFloat FLOAT = ValueLayout.JAVA_FLOAT;

    private final Kernels kernels;
    private final Workers workers;
    private final Arena arena;
    private final int maps;
    private final Layer.Join.Function function;
    private final Signal joined;
    /** Allocated when an input is first dense. */
    private Signal dense;
    /** By worker: two input maps made dense. */
    private final MemorySegment[] first;

    private final MemorySegment[] second;
    /** By worker: a sum of some of the inputs. */
    private final EventMap[][] sums;

    JoinStage(Network.Node node, List<Stage> inputs, Arena arena, Kernels kernels, Workers workers, int maps) {
        super(node, inputs);
        this.kernels = kernels;
        this.workers = workers;
        this.arena = arena;
        this.maps = maps;
        this.function = ((Layer.Join) node.layer()).function();
        this.joined = Signal.events(node.out(), kernels.lanes(), maps);
        this.output = joined;
        int threads = workers.threads();
        first = new MemorySegment[threads];
        second = new MemorySegment[threads];
        sums = new EventMap[threads][2];
        for (int i = 0; i < threads; i++) {
            first[i] = Aligned.floats(arena, joined.mapSize());
            second[i] = Aligned.floats(arena, joined.mapSize());
            sums[i][0] = new EventMap(node.out().positions());
            sums[i][1] = new EventMap(node.out().positions());
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
                join(batch, map, worker);
            } else {
                joinDense(batch, map, worker);
            }
        });
    }

    private void join(Batch batch, int map, int worker) {
        EventMap left = events(0, batch, map);
        int last = inputs.size() - 1;
        for (int i = 1; i <= last; i++) {
            EventMap to = i == last ? joined.events[map] : sums[worker][i % 2];
            merge(left, events(i, batch, map), to);
            left = to;
        }
    }

    private EventMap events(int which, Batch batch, int map) {
        Signal in = inputs.get(which).output;
        return in.events[in.map(map / batch.steps(), map % batch.steps(), batch.steps())];
    }

    /** Walks the events of two maps in their common order. */
    private void merge(EventMap a, EventMap b, EventMap to) {
        boolean binary = function != Layer.Join.Function.ADD && a.binary && b.binary;
        to.clear(binary, true);
        to.reserve(a.count() + b.count());
        int n = 0;
        int last = to.start.length - 1;
        for (int p = 0; p < last; p++) {
            to.start[p] = n;
            int i = a.start[p];
            int j = b.start[p];
            while (i < a.start[p + 1] || j < b.start[p + 1]) {
                int here = i < a.start[p + 1] ? a.index[i] : Integer.MAX_VALUE;
                int there = j < b.start[p + 1] ? b.index[j] : Integer.MAX_VALUE;
                float x = here <= there ? value(a, i++) : 0f;
                float y = there <= here ? value(b, j++) : 0f;
                float value = joined(x, y);
                if (value != 0f) {
                    to.index[n] = Math.min(here, there);
                    if (!binary) {
                        to.value[n] = value;
                        to.unit &= value == 1f || value == -1f;
                    }
                    n++;
                }
            }
        }
        to.start[last] = n;
    }

    private static float value(EventMap map, int event) {
        return map.binary ? 1f : map.value[event];
    }

    private float joined(float a, float b) {
        return switch (function) {
            case ADD -> a + b;
            case AND -> a * b;
            case IAND -> (1f - a) * b;
        };
    }

    private void joinDense(Batch batch, int map, int worker) {
        long at = dense.offset(map);
        put(0, batch, map, dense.dense, at);
        for (int i = 1; i < inputs.size(); i++) {
            put(i, batch, map, second[worker], 0);
            if (function == Layer.Join.Function.ADD) {
                kernels.add(second[worker], 0, dense.dense, at, dense.mapSize());
                continue;
            }
            for (long byteAt = 0; byteAt < (long) dense.mapSize() * Float.BYTES; byteAt += Float.BYTES) {
                float value = joined(dense.dense.get(FLOAT, at + byteAt), second[worker].get(FLOAT, byteAt));
                dense.dense.set(FLOAT, at + byteAt, value);
            }
        }
    }

    private void put(int which, Batch batch, int map, MemorySegment target, long offset) {
        Signal in = inputs.get(which).output;
        int inMap = in.map(map / batch.steps(), map % batch.steps(), batch.steps());
        if (in.isEvents()) {
            in.scatter(inMap, target, offset);
        } else {
            MemorySegment.copy(in.dense, in.offset(inMap), target, offset, (long) in.mapSize() * Float.BYTES);
        }
    }

    @Override
    void backward(Batch batch) {
        for (int which = 0; which < inputs.size(); which++) {
            Stage source = inputs.get(which);
            if (!source.wantsGradient()) {
                continue;
            }
            boolean add = source.contribute();
            int other = 1 - which;
            batch.each(workers, (worker, map) -> {
                if (function == Layer.Join.Function.ADD) {
                    Gradients.pass(kernels, gradient, gradientOffset(map), source, map, add);
                } else {
                    put(other, batch, map, second[worker], 0);
                    derive(map, other == 0, second[worker], first[worker]);
                    Gradients.pass(kernels, first[worker], 0, source, map, add);
                }
            });
        }
    }

    /**
     * Derivatives by one of two inputs.
     *
     * @param bySecond whether they are by the second input, and {@code others} are values of the first
     */
    private void derive(int map, boolean bySecond, MemorySegment others, MemorySegment into) {
        for (long at = 0; at < (long) output.mapSize() * Float.BYTES; at += Float.BYTES) {
            float g = gradient.get(FLOAT, gradientOffset(map) + at);
            float x = others.get(FLOAT, at);
            float factor = function == Layer.Join.Function.AND ? x : bySecond ? 1f - x : -x;
            into.set(FLOAT, at, g * factor);
        }
    }
}
