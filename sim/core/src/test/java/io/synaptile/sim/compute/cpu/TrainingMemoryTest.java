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
import org.junit.jupiter.api.Test;

/** What neurons keep of a training batch beside their spikes, which are lists on the heap. */
class TrainingMemoryTest {
    private static final int SAMPLES = 3;
    private static final Shape SHAPE = new Shape(8, 5, 4);

    /** Counts what is asked of it. */
    private static final class CountingArena implements Arena {
        private final Arena memory = Arena.ofConfined();
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

    @Test
    void neuronsThatLearnByTheirMeanInputKeepAsMuchForAnyNumberOfSteps() {
        long map = (long) SHAPE.size() * Float.BYTES;
        assertThat(kept(neurons(true), 4)).isEqualTo(kept(neurons(true), 32)).isBetween(SAMPLES * map, 8 * map);
        long perStep = 2 * SAMPLES * map;
        assertThat(kept(neurons(false), 32) - kept(neurons(false), 4)).isEqualTo(28 * perStep);
    }
}
