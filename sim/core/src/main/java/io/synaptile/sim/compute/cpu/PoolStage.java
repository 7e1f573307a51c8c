/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.sim.compute.cpu;

import io.synaptile.sim.network.Layer;
import io.synaptile.sim.network.Network;
import io.synaptile.sim.network.Shape;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import java.util.List;

/** Average pooling; pooled spikes stay events, with fractional values. */
final class PoolStage extends Stage {
    private final Kernels kernels;
    private final Workers workers;
    private final int height;
    private final int width;
    /** By worker: one sum per channel. */
    private final float[][] sums;
    /** By worker: a map made dense, or a map of derivatives. */
    private final MemorySegment[] scratch;

    private final Shape in;

    PoolStage(Network.Node node, Stage input, Arena arena, Kernels kernels, Workers workers, int maps) {
        super(node, List.of(input));
        this.kernels = kernels;
        this.workers = workers;
        Layer.AvgPool pool = (Layer.AvgPool) node.layer();
        this.height = pool.height();
        this.width = pool.width();
        this.in = node.in();
        this.output = Signal.events(node.out(), kernels.lanes(), maps);
        sums = new float[workers.threads()][Blocks.padded(in.channels(), kernels.lanes())];
        scratch = new MemorySegment[workers.threads()];
        long largest = (long) in.positions() * Blocks.padded(in.channels(), kernels.lanes());
        for (int i = 0; i < scratch.length; i++) {
            scratch[i] = Aligned.floats(arena, largest);
        }
    }

    @Override
    void forward(Batch batch) {
        if (windows != null) {
            return;
        }
        Signal source = input().output;
        workers.run(batch.maps(), (worker, map) -> pool(batch, map, worker, source, output));
    }

    @Override
    void compute(Batch batch, int n, int worker, Signal source, Signal out) {
        for (int map = n * batch.steps(); map < (n + 1) * batch.steps(); map++) {
            pool(batch, map, worker, source, out);
        }
    }

    private void pool(Batch batch, int map, int worker, Signal source, Signal out) {
        int inMap = source.map(map / batch.steps(), map % batch.steps(), batch.steps());
        EventMap from;
        if (source.isEvents()) {
            from = source.events(inMap);
        } else {
            from = new EventMap(in.positions());
            source.collect(inMap, from);
        }
        pool(from, sums[worker], out.events(map));
    }

    private void pool(EventMap from, float[] sum, EventMap to) {
        Shape out = output.shape;
        int channels = in.channels();
        float area = height * width;
        int n = 0;
        to.clear(false, true);
        for (int y = 0; y < out.height(); y++) {
            for (int x = 0; x < out.width(); x++) {
                to.start[y * out.width() + x] = n;
                if (!accumulate(from, sum, y, x)) {
                    continue;
                }
                to.reserve(n + sum.length);
                n = kernels.appendMeans(sum, area, x * channels, to, n);
            }
        }
        to.start[out.positions()] = n;
    }

    /** Adds the events of one window to the sums; false if there are none. */
    private boolean accumulate(EventMap from, float[] sum, int y, int x) {
        boolean any = false;
        for (int dy = 0; dy < height; dy++) {
            int line = (y * height + dy) * in.width();
            for (int column = x * width; column < (x + 1) * width; column++) {
                int e1 = from.start[line + column + 1];
                int shift = column * in.channels();
                for (int e = from.start[line + column]; e < e1; e++) {
                    sum[from.index[e] - shift] += from.binary ? 1f : from.value[e];
                    any = true;
                }
            }
        }
        return any;
    }

    @Override
    void backward(Batch batch) {
        Stage source = input();
        if (!source.wantsGradient()) {
            return;
        }
        boolean add = source.contribute();
        int padded = output.padded;
        long bytes = (long) padded * Float.BYTES;
        float[] share = new float[padded];
        Arrays.fill(share, 1f / (height * width));
        float[] none = new float[padded];
        workers.run(gradientMaps(batch), (worker, map) -> {
            MemorySegment target = scratch[worker];
            target.fill((byte) 0);
            for (int y = 0; y < output.shape.height(); y++) {
                for (int x = 0; x < output.shape.width(); x++) {
                    long from = gradientOffset(map) + (y * output.shape.width() + x) * bytes;
                    for (int i = 0; i < height * width; i++) {
                        long to = ((long) (y * height + i / width) * in.width() + x * width + i % width) * bytes;
                        kernels.affine(gradient, from, target, to, 1, padded, share, none);
                    }
                }
            }
            Gradients.pass(kernels, target, 0, source, map, add);
        });
    }
}
