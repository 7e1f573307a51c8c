/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.sim.compute.cpu;

import io.synaptile.sim.network.Layer;
import io.synaptile.sim.network.Network;
import io.synaptile.sim.network.Shape;
import io.synaptile.sim.random.NoiseStream;
import io.synaptile.sim.random.Purpose;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.List;

/**
 * Dropout: in training each sample draws one mask for all time steps, from the stream of its own id; in evaluation the
 * input passes unchanged.
 */
final class DropoutStage extends Stage {
    private final Kernels kernels;
    private final Workers workers;
    private final float rate;
    private final Signal kept;
    /** By sample: factor of each value of a dense map, 0 or {@code 1 / (1 - rate)}. */
    private float[][] mask;

    private final MemorySegment[] scratch;

    DropoutStage(Network.Node node, Stage input, Arena arena, Kernels kernels, Workers workers, int maps) {
        super(node, List.of(input));
        this.kernels = kernels;
        this.workers = workers;
        this.rate = ((Layer.Dropout) node.layer()).rate();
        this.kept = Signal.events(input.output.shape, kernels.lanes(), maps);
        this.output = kept;
        this.scratch = new MemorySegment[workers.threads()];
        for (int i = 0; i < scratch.length; i++) {
            scratch[i] = Aligned.floats(arena, kept.mapSize());
        }
    }

    @Override
    void prepareTraining(Arena arena, int maps) {
        super.prepareTraining(arena, maps);
        mask = new float[maps][];
    }

    @Override
    void forward(Batch batch) {
        Signal in = input().output;
        if (!batch.training()) {
            output = in;
            return;
        }
        output = kept;
        workers.run(batch.samples(), (worker, n) -> {
            mask[n] = draw(batch, n);
            if (windows == null) {
                compute(batch, n, worker, in, kept);
            }
        });
    }

    @Override
    void compute(Batch batch, int n, int worker, Signal in, Signal out) {
        EventMap own = in.isEvents() ? null : new EventMap(kept.shape.positions());
        for (int t = 0; t < batch.steps(); t++) {
            EventMap from = own;
            int inMap = in.map(n, t, batch.steps());
            if (in.isEvents()) {
                from = in.events(inMap);
            } else {
                in.collect(inMap, own);
            }
            keep(from, mask[n], out.events(n * batch.steps() + t));
        }
    }

    /** The mask of a sample; draws run in the order c, h, w. */
    private float[] draw(Batch batch, int n) {
        Shape shape = kept.shape;
        NoiseStream stream = NoiseStream.of(
                batch.input().seed(),
                Purpose.DROPOUT,
                node.id(),
                batch.input().sampleIds()[batch.first() + n],
                batch.input().pass());
        float[] factors = new float[kept.mapSize()];
        for (int c = 0; c < shape.channels(); c++) {
            for (int p = 0; p < shape.positions(); p++) {
                factors[p * kept.padded + c] = stream.nextFloat() >= rate ? 1f / (1f - rate) : 0f;
            }
        }
        return factors;
    }

    private void keep(EventMap from, float[] factors, EventMap to) {
        Shape shape = kept.shape;
        int n = 0;
        to.clear(false, rate == 0f && from.unit);
        to.reserve(from.count());
        for (int p = 0; p < shape.positions(); p++) {
            to.start[p] = n;
            int shift = p * kept.padded - p % shape.width() * shape.channels();
            for (int e = from.start[p]; e < from.start[p + 1]; e++) {
                float factor = factors[from.index[e] + shift];
                if (factor != 0f) {
                    to.index[n] = from.index[e];
                    to.value[n++] = (from.binary ? 1f : from.value[e]) * factor;
                }
            }
        }
        to.start[shape.positions()] = n;
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
        int perSample = derivatives.byStep() ? batch.steps() : 1;
        workers.run(gradientMaps(batch), (worker, map) -> {
            MemorySegment target = scratch[worker];
            float[] factors = mask[map / perSample];
            for (int i = 0; i < factors.length; i++) {
                float x = gradient.get(ValueLayout.JAVA_FLOAT, gradientOffset(map) + (long) i * Float.BYTES);
                target.setAtIndex(ValueLayout.JAVA_FLOAT, i, x * factors[i]);
            }
            Gradients.pass(kernels, target, 0, source, map, add);
        });
    }
}
