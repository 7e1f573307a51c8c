/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.sim.compute.cpu;

import io.synaptile.sim.network.Layer;
import io.synaptile.sim.network.Network;
import java.lang.foreign.Arena;
import java.lang.foreign.ValueLayout;
import java.util.Arrays;
import java.util.List;

/** Reads a part of the network's input, a vector, as a map of its own; constant, dense or events as the input is. */
final class PartStage extends Stage {
    private final Layer.Part part;
    private final Arena arena;
    private final Kernels kernels;
    private final Workers workers;
    private final int maps;
    private final Signal spikes;
    private final Signal images;
    /** Frames that are no spikes; null before there are any. */
    private Signal frames;
    /** By worker: the values of a part. */
    private final float[][] values;

    PartStage(
            Network.Node node, Stage input, Arena arena, Kernels kernels, Workers workers, int samples, int timeSteps) {
        super(node, List.of(input));
        this.part = (Layer.Part) node.layer();
        this.arena = arena;
        this.kernels = kernels;
        this.workers = workers;
        this.maps = samples * timeSteps;
        spikes = Signal.events(node.out(), kernels.lanes(), maps);
        images = Signal.dense(arena, node.out(), kernels.lanes(), samples, true);
        values = new float[workers.threads()][node.out().size()];
        output = spikes;
    }

    @Override
    void forward(Batch batch) {
        Signal in = input().output;
        if (in.isEvents()) {
            output = spikes;
            batch.each(workers, (worker, map) -> {
                gather(in.events[map], values[worker]);
                spikes.list(values[worker], 0, map);
            });
        } else if (in.constant) {
            output = images;
            workers.run(batch.samples(), (worker, n) -> copy(in, n, worker));
        } else {
            if (frames == null) {
                frames = Signal.dense(arena, node.out(), kernels.lanes(), maps, false);
            }
            output = frames;
            batch.each(workers, (worker, map) -> copy(in, map, worker));
        }
    }

    private void gather(EventMap from, float[] into) {
        Arrays.fill(into, 0f);
        for (int e = 0; e < from.count(); e++) {
            int at = from.index[e] - part.first();
            if (at >= 0 && at < into.length) {
                into[at] = from.binary ? 1f : from.value[e];
            }
        }
    }

    private void copy(Signal in, int map, int worker) {
        float[] own = values[worker];
        for (int i = 0; i < own.length; i++) {
            own[i] = in.dense.get(ValueLayout.JAVA_FLOAT, in.offset(map) + (long) (part.first() + i) * Float.BYTES);
        }
        output.put(own, 0, map);
    }

    @Override
    void backward(Batch batch) {}

    @Override
    boolean wantsGradient() {
        return false;
    }
}
