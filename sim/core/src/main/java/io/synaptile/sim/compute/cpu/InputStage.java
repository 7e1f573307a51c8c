/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.sim.compute.cpu;

import io.synaptile.sim.compute.InputBatch;
import io.synaptile.sim.network.Network;
import io.synaptile.sim.network.Shape;
import io.synaptile.sim.random.NoiseStream;
import io.synaptile.sim.spikes.Encoder;
import java.lang.foreign.Arena;
import java.lang.foreign.ValueLayout;
import java.util.List;

/** Codes the images of a batch. */
final class InputStage extends Stage {
    private final Workers workers;
    private final Signal spikes;
    private final Signal images;

    InputStage(Network network, Arena arena, Kernels kernels, Workers workers, int samples, int timeSteps) {
        super(null, List.of());
        this.workers = workers;
        Shape shape = network.input();
        spikes = Signal.events(shape, kernels.lanes(), samples * timeSteps);
        images = Signal.dense(arena, shape, kernels.lanes(), samples, true);
        output = spikes;
    }

    /** Chooses the form of the output; the stages after it look at it when they run. */
    void select(Encoder encoder) {
        output = encoder instanceof Encoder.Direct ? images : spikes;
    }

    @Override
    void forward(Batch batch) {
        switch (batch.input().encoder()) {
            case Encoder.Direct _ -> workers.run(batch.samples(), (_, n) -> copy(batch, n));
            case Encoder.Poisson(float rescale) -> workers.run(batch.samples(), (_, n) -> code(batch, n, rescale));
        }
    }

    private void copy(Batch batch, int n) {
        Shape shape = images.shape;
        int pixels = shape.size();
        int positions = shape.positions();
        for (int p = 0; p < positions; p++) {
            for (int c = 0; c < shape.channels(); c++) {
                images.dense.set(
                        ValueLayout.JAVA_FLOAT,
                        images.offset(n) + ((long) p * images.padded + c) * Float.BYTES,
                        batch.input().images()[(batch.first() + n) * pixels + c * positions + p]);
            }
        }
    }

    private void code(Batch batch, int n, float rescale) {
        InputBatch input = batch.input();
        Shape shape = spikes.shape;
        int pixels = shape.size();
        int positions = shape.positions();
        int image = (batch.first() + n) * pixels;
        NoiseStream stream = input.codingStream(batch.first() + n);
        float[] uniform = new float[pixels];
        for (int t = 0; t < batch.steps(); t++) {
            for (int i = 0; i < pixels; i++) {
                uniform[i] = stream.nextFloat();
            }
            EventMap map = spikes.events[n * batch.steps() + t];
            map.clear(false, true);
            map.reserve(pixels);
            int count = 0;
            for (int p = 0; p < positions; p++) {
                map.start[p] = count;
                int entry = p % shape.width() * shape.channels();
                for (int c = 0; c < shape.channels(); c++) {
                    int i = c * positions + p;
                    int spike = Encoder.Poisson.spike(input.images()[image + i], uniform[i], rescale);
                    if (spike != 0) {
                        map.index[count] = entry + c;
                        map.value[count++] = spike;
                    }
                }
            }
            map.start[positions] = count;
        }
    }

    @Override
    void backward(Batch batch) {}

    @Override
    boolean wantsGradient() {
        return false;
    }
}
