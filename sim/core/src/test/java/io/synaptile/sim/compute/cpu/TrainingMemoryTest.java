/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.sim.compute.cpu;

import static org.assertj.core.api.Assertions.assertThat;

import io.synaptile.sim.network.Emission;
import io.synaptile.sim.network.Layer;
import io.synaptile.sim.network.Network;
import io.synaptile.sim.network.NetworkBuilder;
import io.synaptile.sim.network.NeuronDynamics;
import io.synaptile.sim.network.NeuronSpec;
import io.synaptile.sim.network.Representation;
import io.synaptile.sim.network.Scope;
import io.synaptile.sim.network.Shape;
import io.synaptile.sim.network.Surrogate;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** What neurons and networks keep of a training batch beside spikes, which are on the heap. */
class TrainingMemoryTest {
    private static final int SAMPLES = 3;
    private static final Shape SHAPE = new Shape(8, 5, 4);

    /** Counts what is asked of it. */
    private static final class CountingArena implements Arena {
        private final Arena memory = Arena.ofShared();
        private long bytes;

        @Override
        public MemorySegment allocate(long size, long alignment) {
            bytes += size;
            return memory.allocate(size, alignment);
        }

        @Override
        public MemorySegment.Scope scope() {
            return memory.scope();
        }

        @Override
        public void close() {
            memory.close();
        }
    }

    private static long kept(NeuronSpec spec, int steps) {
        NetworkBuilder builder = new NetworkBuilder("neurons", SHAPE);
        builder.add("neurons", new Layer.Neuron(spec));
        builder.add("scores", new Layer.ReadOut());
        Network network = builder.build();
        Kernels kernels = new ScalarKernels();
        try (Arena others = Arena.ofConfined();
                CountingArena arena = new CountingArena();
                Workers workers = new Workers(1)) {
            Stage input = new InputStage(network, others, kernels, workers, SAMPLES, steps);
            Network.Node node = network.node(0);
            int maps = SAMPLES * steps;
            Stage stage = spec.estimator() instanceof Representation
                    ? new RepresentationStage(node, input, arena, kernels, workers, maps, steps)
                    : new DynamicNeuronStage(node, input, arena, kernels, workers, maps, steps);
            stage.prepareTraining(arena, maps);
            return arena.bytes;
        }
    }

    private static NeuronSpec neurons(boolean byMean) {
        return new NeuronSpec(1f, 1f, NeuronSpec.Reset.SOFT, byMean ? Representation.INTEGRATORS : Surrogate.triangle())
                .with(NeuronDynamics.PLAIN
                        .withThreshold(Scope.LAYER)
                        .withEmission(new Emission.Threshold())
                        .withFiringShare(0.5f));
    }

    /** Memory for a batch of a convolutional network with norms and pools. */
    private static long held(NeuronSpec spec, int samples, int steps) {
        NetworkBuilder builder = new NetworkBuilder("network", new Shape(1, 12, 10));
        builder.add("conv1", new Layer.Conv2d(16, 3, 1, 1));
        builder.add("norm1", new Layer.StepNorm(1e-4f, 0.1f, true));
        builder.add("neurons1", new Layer.Neuron(spec));
        builder.add("pool1", new Layer.AvgPool(2));
        builder.add("conv2", new Layer.Conv2d(32, 3, 1, 1));
        builder.add("norm2", new Layer.StepNorm(1e-4f, 0.1f, true));
        builder.add("neurons2", new Layer.Neuron(spec));
        builder.add("flat", new Layer.Flatten());
        builder.add("dropout", new Layer.Dropout(0.2f));
        builder.add("dense1", new Layer.Dense(48));
        builder.add("neurons3", new Layer.Neuron(spec));
        builder.add("dense2", new Layer.Dense(10));
        builder.add("scores", new Layer.ReadOut());
        CountingArena arena = new CountingArena();
        try (CpuNetwork _ =
                CpuNetwork.trainable(builder.build(), Set.of(), steps, samples, new ScalarKernels(), 1, false, arena)) {
            return arena.bytes;
        }
    }

    @Test
    void aNetworkThatLearnsByMeanInputsNeedsForAStepWhatOneSampleNeeds() {
        NeuronSpec spec = neurons(true);
        long ofFour = held(spec, 4, 32) - held(spec, 4, 8);
        long ofForty = held(spec, 40, 32) - held(spec, 40, 8);
        long scores = 24L * 36 * 16 * Float.BYTES;
        assertThat(ofForty - ofFour).isBetween(0L, 3 * scores);
        long derived = held(neurons(false), 40, 32) - held(neurons(false), 40, 8);
        assertThat(derived).isGreaterThan(10 * ofForty);
    }

    @Test
    void spikesAreTheSameAfterTheyWereBits() {
        Shape shape = new Shape(7, 5, 3);
        SpikeBits bits = new SpikeBits(shape, 40);
        SplittableRandom random = new SplittableRandom(1);
        EventMap[] maps = new EventMap[40];
        for (int map = 0; map < maps.length; map++) {
            maps[map] = new EventMap(shape.positions());
            maps[map].reserve(shape.size());
            int n = 0;
            double share = random.nextDouble() * (map % 3) / 2;
            for (int p = 0; p < shape.positions(); p++) {
                maps[map].start[p] = n;
                for (int c = 0; c < shape.channels(); c++) {
                    if (random.nextDouble() < share) {
                        maps[map].index[n++] = p % shape.width() * shape.channels() + c;
                    }
                }
            }
            maps[map].start[shape.positions()] = n;
            bits.pack(map, maps[map]);
        }
        EventMap read = new EventMap(shape.positions());
        for (int map = 0; map < maps.length; map++) {
            bits.unpack(map, read);
            assertThat(bits.count(map)).isEqualTo(maps[map].count());
            assertThat(read.start).isEqualTo(maps[map].start);
            assertThat(Arrays.copyOf(read.index, read.count())).isEqualTo(Arrays.copyOf(maps[map].index, read.count()));
        }
    }

    @Test
    void neuronsThatLearnByTheirMeanInputKeepAsMuchForAnyNumberOfSteps() {
        long map = (long) SHAPE.size() * Float.BYTES;
        assertThat(kept(neurons(true), 4)).isEqualTo(kept(neurons(true), 32)).isBetween(SAMPLES * map, 8 * map);
        long perStep = 2 * SAMPLES * map;
        assertThat(kept(neurons(false), 32) - kept(neurons(false), 4)).isEqualTo(28 * perStep);
    }
}
