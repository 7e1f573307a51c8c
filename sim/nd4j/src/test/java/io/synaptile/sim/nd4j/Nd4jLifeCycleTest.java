/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.sim.nd4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.synaptile.sim.compute.ArrayGrid;
import io.synaptile.sim.compute.Backends;
import io.synaptile.sim.compute.CellPlanes;
import io.synaptile.sim.compute.ColumnCircuit;
import io.synaptile.sim.compute.ComputeBackend;
import io.synaptile.sim.compute.Conversion;
import io.synaptile.sim.compute.ExecutableNetwork;
import io.synaptile.sim.compute.InputBatch;
import io.synaptile.sim.compute.LayerArrays;
import io.synaptile.sim.compute.NetworkPlan;
import io.synaptile.sim.compute.RowCosts;
import io.synaptile.sim.compute.SynapsePlan;
import io.synaptile.sim.compute.TrainableNetwork;
import io.synaptile.sim.network.Layer;
import io.synaptile.sim.network.Network;
import io.synaptile.sim.network.NetworkBuilder;
import io.synaptile.sim.network.NeuronSpec;
import io.synaptile.sim.network.NormState;
import io.synaptile.sim.network.Parameters;
import io.synaptile.sim.network.Shape;
import io.synaptile.sim.spikes.Encoder;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import org.bytedeco.javacpp.Pointer;
import org.junit.jupiter.api.Test;

/** How the backend is found, what it says of itself, what it refuses, and that it gives its memory back. */
class Nd4jLifeCycleTest {
    private static final int STEPS = 8;
    private static final int SAMPLES = 16;
    private static final long MEBIBYTE = 1 << 20;

    @Test
    void theServiceLoaderFindsIt() {
        ComputeBackend backend = Backends.open("nd4j");
        assertThat(backend).isInstanceOf(Nd4jBackend.class);
        assertThat(backend.description())
                .matches("ND4J 1\\.[^ ]+ on CpuBackend, oneDNN, OpenBLAS core [A-Z]+, OpenMP threads 1");
    }

    @Test
    void aTrainingBatchOfOtherStepsIsRefused() {
        try (TrainableNetwork training = new Nd4jBackend().train(network(), STEPS, SAMPLES, 1)) {
            assertThatThrownBy(() -> training.forward(batch(STEPS - 1)))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("time-steps of the batch is 7, the network was opened for 8");
        }
    }

    @Test
    void backwardWithoutForwardIsRefused() {
        try (TrainableNetwork training = new Nd4jBackend().train(network(), STEPS, SAMPLES, 1)) {
            assertThatThrownBy(() -> training.backward(new float[10])).isInstanceOf(IllegalStateException.class);
        }
    }

    /**
     * One training pass holds about 100 MiB of arrays outside the Java heap: fifty passes that kept them would add 5,000 MiB.
     * The bound leaves room for what the C library's allocator keeps (up to 1,000 MiB were seen, without growth over 400
     * passes) and for the Java heap, which the build limits to 512 MiB.
     */
    @Test
    void passesGiveTheirMemoryBack() {
        Network network = network();
        InputBatch batch = batch(STEPS);
        try (TrainableNetwork training = new Nd4jBackend().train(network, STEPS, SAMPLES, 1);
                ExecutableNetwork inference = new Nd4jBackend().prepare(ideal(network), SAMPLES, 2);
                ExecutableNetwork chip = new Nd4jBackend().prepare(tiled(network), SAMPLES, 2)) {
            Parameters.ofWeights(weights(network)).forEach(training::set);
            float[] gradient = new float[SAMPLES * network.classes()];
            long before = 0;
            for (int pass = 0; pass < 53; pass++) {
                if (pass == 3) {
                    before = Pointer.physicalBytes();
                }
                training.forward(batch);
                training.backward(gradient);
                inference.run(batch);
                chip.run(batch);
            }
            assertThat(Pointer.physicalBytes() - before).isLessThan(1500 * MEBIBYTE);
        }
    }

    private static Network network() {
        NetworkBuilder builder = new NetworkBuilder("memory", new Shape(3, 32, 32));
        builder.add("conv1", new Layer.Conv2d(16, 3, 1, 1));
        builder.add("norm1", Layer.StepNorm.standard());
        builder.add("lif1", new Layer.Neuron(NeuronSpec.lif(0.95f, 1f)));
        builder.add("pool1", new Layer.AvgPool(2));
        builder.add("fc", new Layer.Dense(10));
        builder.add("scores", new Layer.ReadOut());
        return builder.build();
    }

    private static Map<Integer, float[]> weights(Network network) {
        Map<Integer, float[]> weights = new HashMap<>();
        for (Network.Node node : network.synapses()) {
            float[] w = new float[node.weightCount()];
            Arrays.fill(w, 0.25f);
            weights.put(node.id(), w);
        }
        return weights;
    }

    private static NetworkPlan ideal(Network network) {
        Map<Integer, SynapsePlan> synapses = new HashMap<>();
        weights(network).forEach((node, w) -> synapses.put(node, new SynapsePlan.DensePlan(w)));
        return new NetworkPlan(network, synapses, Parameters.ofNorms(Map.of(1, NormState.identity(STEPS, 16))));
    }

    /** The convolution with converters, the dense layer with read noise. */
    private static NetworkPlan tiled(Network network) {
        Map<Integer, SynapsePlan> synapses = new HashMap<>();
        weights(network).forEach((node, w) -> {
            int outputs = network.nodes().get(node).weightShape()[0];
            boolean noisy = outputs == network.classes();
            synapses.put(
                    node,
                    SynapsePlan.ArrayPlan.of(new LayerArrays(
                            ArrayGrid.even(w.length / outputs, outputs, 128),
                            new CellPlanes(
                                    new float[][] {w}, new float[][] {noisy ? w : new float[0]}, new float[] {1f}),
                            noisy ? Conversion.EXACT : Conversion.of(new SynapsePlan.Converter(0f, 0.5f, 16)),
                            ColumnCircuit.IDEAL,
                            new RowCosts(new double[w.length / outputs]),
                            new SynapsePlan.NoiseKey(1, node, 0))));
        });
        return new NetworkPlan(network, synapses, Parameters.ofNorms(Map.of(1, NormState.identity(STEPS, 16))));
    }

    private static InputBatch batch(int steps) {
        float[] images = new float[SAMPLES * 3 * 32 * 32];
        Arrays.fill(images, 0.5f);
        return new InputBatch(images, SAMPLES, steps, new Encoder.Poisson(1f), 1, 0, new long[SAMPLES]);
    }
}
