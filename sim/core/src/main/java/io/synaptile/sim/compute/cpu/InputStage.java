/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.sim.compute.cpu;

import io.synaptile.sim.compute.InputBatch;
import io.synaptile.sim.network.Network;
import io.synaptile.sim.network.Shape;
import io.synaptile.sim.random.NoiseStream;
import io.synaptile.sim.spikes.Encoder;
import java.lang.foreign.Arena;
import java.util.List;

/** Codes the images or frames of a batch. */
final class InputStage extends Stage {
    private final Arena arena;
    private final Kernels kernels;
    private final Workers workers;
    private final int maps;
    private final Signal spikes;
    private final Signal images;
    /** Frames that are no spikes; null before there are any. */
    private Signal frames;

    InputStage(Network network, Arena arena, Kernels kernels, Workers workers, int samples, int timeSteps) {
        super(null, List.of());
        this.arena = arena;
        this.kernels = kernels;
        this.workers = workers;
        this.maps = samples * timeSteps;
        Shape shape = network.input();
        spikes = Signal.events(shape, kernels.lanes(), maps);
        images = Signal.dense(arena, shape, kernels.lanes(), samples, true);
        output = spikes;
    }

    /** Chooses the form of the output; the stages after it look at it when they run. */
    void select(Encoder encoder) {
        output = switch (encoder) {
            case Encoder.Direct _ -> images;
            case Encoder.DirectFrames _ -> frames();
            case Encoder.Poisson _, Encoder.PoissonFrames _, Encoder.SpikeFrames _ -> spikes;
        };
    }

    private Signal frames() {
        if (frames == null) {
            frames = Signal.dense(arena, spikes.shape, kernels.lanes(), maps, false);
        }
        return frames;
    }

    @Override
    void forward(Batch batch) {
        InputBatch input = batch.input();
        switch (input.encoder()) {
            case Encoder.Direct _ ->
                workers.run(batch.samples(), (_, n) -> output.put(input.images(), input.at(batch.first() + n, 0), n));
            case Encoder.DirectFrames _ ->
                batch.each(workers, (_, map) -> output.put(input.images(), from(batch, map), map));
            case Encoder.Poisson(float rescale) -> workers.run(batch.samples(), (_, n) -> code(batch, n, rescale));
            case Encoder.PoissonFrames _ -> workers.run(batch.samples(), (_, n) -> code(batch, n, 1f));
            case Encoder.SpikeFrames _ ->
                batch.each(workers, (_, map) -> spikes.list(input.images(), from(batch, map), map));
        }
    }

    /** Where the pixels of a map begin in the images. */
    private static int from(Batch batch, int map) {
        return batch.input().at(batch.first() + map / batch.steps(), map % batch.steps());
    }

    private void code(Batch batch, int n, float rescale) {
        InputBatch input = batch.input();
        int pixels = spikes.shape.size();
        NoiseStream stream = input.codingStream(batch.first() + n);
        float[] coded = new float[pixels];
        for (int t = 0; t < batch.steps(); t++) {
            int from = input.at(batch.first() + n, t);
            for (int i = 0; i < pixels; i++) {
                coded[i] = Encoder.Poisson.spike(input.images()[from + i], stream.nextFloat(), rescale);
            }
            spikes.list(coded, 0, n * batch.steps() + t);
        }
    }

    @Override
    void backward(Batch batch) {}

    @Override
    boolean wantsGradient() {
        return false;
    }
}
