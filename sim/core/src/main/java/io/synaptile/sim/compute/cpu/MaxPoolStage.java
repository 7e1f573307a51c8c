/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.sim.compute.cpu;

import io.synaptile.sim.network.Layer;
import io.synaptile.sim.network.Network;
import io.synaptile.sim.network.Shape;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Arrays;
import java.util.List;

/** Largest value of each window; spikes stay spikes. What an event list does not name is 0. */
final class MaxPoolStage extends Stage {
    private final Kernels kernels;
    private final Workers workers;
    private final Layer.MaxPool pool;
    private final Shape in;
    /** By worker. */
    private final Window[] looks;
    /** By worker: derivatives by one input map. */
    private final MemorySegment[] scratch;

    /** What a worker knows of the window it looks at. */
    private static final class Window {
        /** By channel: largest value so far, and how many positions had an event. */
        final float[] largest;

        final int[] seen;
        /** A dense input map as events. */
        final EventMap listed;
        /** In training: an input map and the derivatives by both maps, on the heap. */
        float[] x;

        float[] dy;
        float[] dx;
        /** In training, by channel: where the largest value is. */
        int[] place;

        Window(int channels, int positions) {
            largest = new float[channels];
            seen = new int[channels];
            listed = new EventMap(positions);
        }
    }

    MaxPoolStage(Network.Node node, Stage input, Arena arena, Kernels kernels, Workers workers, int maps) {
        super(node, List.of(input));
        this.pool = (Layer.MaxPool) node.layer();
        this.kernels = kernels;
        this.workers = workers;
        this.in = node.in();
        this.output = Signal.events(node.out(), kernels.lanes(), maps);
        looks = new Window[workers.threads()];
        scratch = new MemorySegment[workers.threads()];
        for (int i = 0; i < looks.length; i++) {
            looks[i] = new Window(in.channels(), in.positions());
            scratch[i] = Aligned.floats(arena, (long) in.positions() * output.padded);
        }
    }

    @Override
    void prepareTraining(Arena arena, int maps) {
        super.prepareTraining(arena, maps);
        for (Window window : looks) {
            window.x = new float[in.positions() * output.padded];
            window.dx = new float[window.x.length];
            window.dy = new float[output.mapSize()];
            window.place = new int[in.channels()];
        }
    }

    @Override
    void forward(Batch batch) {
        Signal source = input().output;
        batch.each(workers, (worker, map) -> {
            int inMap = source.map(map / batch.steps(), map % batch.steps(), batch.steps());
            EventMap from = looks[worker].listed;
            if (source.isEvents()) {
                from = source.events[inMap];
            } else {
                source.collect(inMap, from);
            }
            pool(from, looks[worker], output.events[map]);
        });
    }

    private void pool(EventMap from, Window window, EventMap to) {
        Shape out = output.shape;
        int channels = in.channels();
        int n = 0;
        to.clear(from.binary, true);
        for (int p = 0; p < out.positions(); p++) {
            to.start[p] = n;
            int row = p / out.width();
            int column = p % out.width();
            if (!look(from, window, row, column)) {
                continue;
            }
            int cells = (pool.end(row, in.height()) - pool.first(row))
                    * (pool.end(column, in.width()) - pool.first(column));
            to.reserve(n + channels);
            int entry = column * channels;
            for (int c = 0; c < channels; c++) {
                float value = window.seen[c] < cells ? Math.max(window.largest[c], 0f) : window.largest[c];
                if (window.seen[c] > 0 && value != 0f) {
                    to.index[n] = entry + c;
                    if (!to.binary) {
                        to.value[n] = value;
                        to.unit &= value == 1f || value == -1f;
                    }
                    n++;
                }
            }
        }
        to.start[out.positions()] = n;
    }

    /** Takes in the events of one window; false if there are none. */
    private boolean look(EventMap from, Window window, int row, int column) {
        boolean any = false;
        int bottom = pool.end(row, in.height());
        int right = pool.end(column, in.width());
        for (int y = pool.first(row); y < bottom; y++) {
            for (int x = pool.first(column); x < right; x++) {
                int e1 = from.start[y * in.width() + x + 1];
                int shift = x * in.channels();
                for (int e = from.start[y * in.width() + x]; e < e1; e++) {
                    if (!any) {
                        any = true;
                        Arrays.fill(window.largest, Float.NEGATIVE_INFINITY);
                        Arrays.fill(window.seen, 0);
                    }
                    int c = from.index[e] - shift;
                    window.largest[c] = Math.max(window.largest[c], from.binary ? 1f : from.value[e]);
                    window.seen[c]++;
                }
            }
        }
        return any;
    }

    @Override
    boolean wantsGradient() {
        return input().wantsGradient();
    }

    @Override
    void backward(Batch batch) {
        Stage source = input();
        if (!source.wantsGradient()) {
            return;
        }
        boolean add = source.contribute();
        Signal read = source.output;
        batch.each(workers, (worker, map) -> {
            Window window = looks[worker];
            MemorySegment segment = scratch[worker];
            int inMap = read.map(map / batch.steps(), map % batch.steps(), batch.steps());
            if (read.isEvents()) {
                read.scatter(inMap, segment, 0);
                MemorySegment.copy(segment, ValueLayout.JAVA_FLOAT, 0, window.x, 0, window.x.length);
            } else {
                MemorySegment.copy(
                        read.dense, ValueLayout.JAVA_FLOAT, read.offset(inMap), window.x, 0, window.x.length);
            }
            MemorySegment.copy(gradient, ValueLayout.JAVA_FLOAT, gradientOffset(map), window.dy, 0, window.dy.length);
            Arrays.fill(window.dx, 0f);
            for (int p = 0; p < output.shape.positions(); p++) {
                spread(window, p);
            }
            MemorySegment.copy(window.dx, 0, segment, ValueLayout.JAVA_FLOAT, 0, window.dx.length);
            Gradients.pass(kernels, segment, 0, source, map, add);
        });
    }

    /** Hands the derivatives of one position to the first of the largest values of its window. */
    private void spread(Window window, int p) {
        int padded = output.padded;
        int row = p / output.shape.width();
        int column = p % output.shape.width();
        int bottom = pool.end(row, in.height());
        int right = pool.end(column, in.width());
        Arrays.fill(window.largest, Float.NEGATIVE_INFINITY);
        for (int y = pool.first(row); y < bottom; y++) {
            for (int x = pool.first(column); x < right; x++) {
                int at = (y * in.width() + x) * padded;
                for (int c = 0; c < in.channels(); c++) {
                    if (window.x[at + c] > window.largest[c]) {
                        window.largest[c] = window.x[at + c];
                        window.place[c] = at + c;
                    }
                }
            }
        }
        for (int c = 0; c < in.channels(); c++) {
            window.dx[window.place[c]] += window.dy[p * padded + c];
        }
    }
}
