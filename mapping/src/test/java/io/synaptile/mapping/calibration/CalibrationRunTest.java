/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.mapping.calibration;

import static io.synaptile.testing.Tolerance.againstClosedForm;
import static io.synaptile.testing.Tolerance.againstReference;
import static org.assertj.core.api.Assertions.assertThat;

import io.synaptile.mapping.Cases;
import io.synaptile.mapping.ExactCell;
import io.synaptile.mapping.Hardware;
import io.synaptile.mapping.TileExecutor;
import io.synaptile.mapping.chip.ChipDesign;
import io.synaptile.mapping.chip.DeployedNetwork;
import io.synaptile.mapping.chip.TileProgrammer;
import io.synaptile.mapping.codec.LayerWeights;
import io.synaptile.sim.compute.InputBatch;
import io.synaptile.sim.compute.NetworkPlan;
import io.synaptile.sim.compute.SynapsePlan;
import io.synaptile.sim.network.Layer;
import io.synaptile.sim.network.Network;
import io.synaptile.sim.network.NetworkBuilder;
import io.synaptile.sim.network.NeuronSpec;
import io.synaptile.sim.network.NormState;
import io.synaptile.sim.network.Parameters;
import io.synaptile.sim.network.Shape;
import io.synaptile.sim.network.Surrogate;
import io.synaptile.sim.random.NoiseStream;
import io.synaptile.sim.spikes.Encoder;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class CalibrationRunTest {
    private static InputBatch batch(Network network, int samples, int steps, Encoder encoder, RandomGenerator random) {
        long[] ids = new long[samples];
        for (int i = 0; i < samples; i++) {
            ids[i] = 100 + i;
        }
        float[] images = Cases.real(2f, samples * network.input().size(), random);
        return new InputBatch(images, samples, steps, encoder, 7, 0, ids);
    }

    /** Weights on quarters, leak 1/2 and spikes keep every sum exact, so that no spike hangs on a rounding. */
    @ParameterizedTest
    @MethodSource("io.synaptile.mapping.Cases#seeds")
    void scoresAreThoseOfTheSoftwareNetwork(long seed) {
        RandomGenerator random = Cases.random(seed);
        Network network = Cases.network(random);
        Map<Integer, LayerWeights> weights = Hardware.weights(network, 3, random);
        ChipDesign design = Hardware.pairs(network, 1 + random.nextInt(30), 30, new ExactCell(2f, 40f, 16), weights);
        NetworkPlan tiled = DeployedNetwork.withExactReadout(design, TileProgrammer.onTarget(design), Parameters.none())
                .plan();
        Map<Integer, SynapsePlan> ideal = new TreeMap<>();
        weights.forEach((node, own) -> ideal.put(node, new SynapsePlan.DensePlan(own.values())));
        InputBatch batch = batch(network, 2, 3, new Encoder.Poisson(2f), random);
        float[] expected = software(network, weights, batch);
        assertThat(new CalibrationRun(tiled, (_, _) -> {}).run(batch))
                .as("seed %d, tiles", seed)
                .containsExactly(expected, againstReference(1e-5f));
        assertThat(new CalibrationRun(new NetworkPlan(network, ideal, Parameters.none()), (_, _) -> {}).run(batch))
                .as("seed %d, dense", seed)
                .containsExactly(expected, againstReference(1e-5f));
    }

    private static float[] software(Network network, Map<Integer, LayerWeights> weights, InputBatch batch) {
        float[] scores = new float[batch.samples() * network.classes()];
        int pixels = batch.pixels();
        for (int n = 0; n < batch.samples(); n++) {
            Map<Integer, double[]> membranes = new HashMap<>();
            NoiseStream uniforms = batch.codingStream(n);
            for (int t = 0; t < batch.timeSteps(); t++) {
                float[] x = new float[pixels];
                for (int i = 0; i < pixels; i++) {
                    x[i] = Encoder.Poisson.spike(batch.images()[n * pixels + i], uniforms.nextFloat(), 2f);
                }
                for (Network.Node node : network.nodes()) {
                    x = layer(node, weights, membranes, x);
                }
                for (int c = 0; c < x.length; c++) {
                    scores[n * x.length + c] += x[c] / batch.timeSteps();
                }
            }
        }
        return scores;
    }

    private static float[] layer(
            Network.Node node, Map<Integer, LayerWeights> weights, Map<Integer, double[]> membranes, float[] x) {
        float[] y = new float[node.out().size()];
        switch (node.layer()) {
            case Layer.Synapse _ -> {
                double[] sum = TileExecutor.dense(node, weights.get(node.id()).values(), x);
                for (int i = 0; i < y.length; i++) {
                    y[i] = (float) sum[i];
                }
            }
            case Layer.Neuron(NeuronSpec spec) -> {
                double[] v = membranes.computeIfAbsent(node.id(), _ -> new double[y.length]);
                for (int i = 0; i < y.length; i++) {
                    v[i] = spec.leak() * v[i] + x[i];
                    y[i] = v[i] > spec.threshold() ? 1 : 0;
                    v[i] -= y[i] * spec.threshold();
                }
            }
            case Layer.AvgPool(int size, int _) -> {
                Shape in = node.in();
                Shape out = node.out();
                for (int i = 0; i < x.length; i++) {
                    int c = i / in.positions();
                    int row = i / in.width() % in.height() / size;
                    int column = i % in.width() / size;
                    if (row < out.height() && column < out.width()) {
                        y[(c * out.height() + row) * out.width() + column] += x[i] / (size * size);
                    }
                }
            }
            default -> System.arraycopy(x, 0, y, 0, y.length);
        }
        return y;
    }

    @Test
    void branchesNormsAndFlatteningAreHandWorked() {
        NetworkBuilder builder = new NetworkBuilder("branches", new Shape(2, 1, 2));
        builder.add("norm", new Layer.StepNorm(0f, 0.1f, false));
        int sum = builder.add("sum", Layer.Join.sum(), 0, Network.INPUT);
        builder.add("flat", new Layer.Flatten(), sum);
        builder.add("drop", new Layer.Dropout(0.5f));
        builder.add("fc", new Layer.Dense(1));
        builder.add("hard", new Layer.Neuron(new NeuronSpec(1f, 1f, NeuronSpec.Reset.HARD, Surrogate.triangle())));
        builder.add("fc2", new Layer.Dense(1));
        builder.add("out", new Layer.ReadOut());
        Network network = builder.build();
        // Step 0: gamma / sqrt(var) is 2 and 1, means 1 and 0; step 1: all 0.
        NormState norm = new NormState(
                2, 2, new float[] {4f, 1f, 0f, 0f}, new float[] {1f, 0f, 0f, 0f}, new float[] {4f, 1f, 1f, 1f});
        Map<Integer, SynapsePlan> plans = Map.of(
                4, new SynapsePlan.DensePlan(new float[] {1f, 0.5f, 0.25f, 0.125f}),
                6, new SynapsePlan.DensePlan(new float[] {3f}));
        float[] pixels = {1f, 2f, 4f, 8f};
        InputBatch batch = new InputBatch(pixels, 1, 2, new Encoder.Direct(), 1, 0, new long[1]);
        // Step 0: (0 + 1, 2 + 2, 4 + 4, 8 + 8) -> 1 + 2 + 2 + 2 = 7 fires, reset to 0.
        // Step 1: the image alone, 1 + 1 + 1 + 1 = 4 fires.
        float[] scores = new CalibrationRun(
                        new NetworkPlan(network, plans, Parameters.ofNorms(Map.of(0, norm))), (_, _) -> {})
                .run(batch);
        assertThat(scores).containsExactly(3f);
    }

    @Test
    void aSharedNormIsTheSameAtEveryStep() {
        NetworkBuilder builder = new NetworkBuilder("shared", Shape.features(2));
        builder.add("norm", new Layer.StepNorm(0f, 0.1f, true));
        builder.add("out", new Layer.ReadOut());
        NormState norm = new NormState(1, 2, new float[] {4f, 1f}, new float[] {1f, 0f}, new float[] {4f, 1f});
        InputBatch batch = new InputBatch(new float[] {3f, 5f}, 1, 3, new Encoder.Direct(), 1, 0, new long[1]);
        NetworkPlan plan = new NetworkPlan(builder.build(), Map.of(), Parameters.ofNorms(Map.of(0, norm)));
        assertThat(new CalibrationRun(plan, (_, _) -> {}).run(batch))
                .containsExactly(new float[] {4f, 5f}, againstClosedForm(1e-6f));
    }
}
