/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.training.conversion;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.synaptile.sim.compute.BatchResult;
import io.synaptile.sim.compute.ExecutableNetwork;
import io.synaptile.sim.compute.NetworkPlan;
import io.synaptile.sim.compute.Probe;
import io.synaptile.sim.compute.cpu.CpuBackend;
import io.synaptile.sim.engine.BatchReader;
import io.synaptile.sim.engine.ImageChange;
import io.synaptile.sim.network.Layer;
import io.synaptile.sim.network.Network;
import io.synaptile.sim.network.NetworkBuilder;
import io.synaptile.sim.network.NeuronSpec;
import io.synaptile.sim.network.ParameterId;
import io.synaptile.sim.network.Parameters;
import io.synaptile.sim.network.Role;
import io.synaptile.sim.network.Shape;
import io.synaptile.sim.spikes.Encoder;
import io.synaptile.testing.Tolerance;
import io.synaptile.training.Clusters;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class ConverterTest {
    private static final Layer NEURONS = new Layer.Neuron(NeuronSpec.lif(0.95f, 1f));
    private static final Layer RELU = new Layer.Relu(Float.POSITIVE_INFINITY);
    private static final Layer NORM = new Layer.StepNorm(1e-4f, 0.1f, false, true);
    private static final SpikingForm FORM = new SpikingForm(0f, false);
    private static final int STEPS = 512;
    private static final int IMAGES = 6;

    /** Every kind of layer that can be converted, with norms where they fold and where they stay. */
    private static Network residual() {
        NetworkBuilder builder = new NetworkBuilder("residual", new Shape(2, 6, 6));
        builder.add("conv1", new Layer.Conv2d(4, 3, 1, 1));
        builder.add("bn1", NORM);
        int first = builder.add("n1", NEURONS);
        builder.add("conv2", new Layer.Conv2d(4, 3, 1, 1).inGroups(2));
        builder.add("bias2", new Layer.Bias());
        int branch = builder.add("bn2", NORM);
        builder.add("sum", Layer.Join.sum(), first, branch);
        int second = builder.add("n2", RELU);
        builder.add("conv3", new Layer.Conv2d(3, 3, 1, 0));
        builder.add("drop", new Layer.Dropout(0.2f));
        builder.add("pool3", new Layer.AvgPool(2));
        builder.add("bn3", NORM);
        int third = builder.add("n3", NEURONS);
        int pooled = builder.add("pool2", new Layer.AvgPool(3), second);
        builder.add("both", new Layer.Concat(), third, pooled);
        builder.add("flat", new Layer.Flatten());
        builder.add("fc4", new Layer.Dense(9));
        builder.add("n4", NEURONS);
        builder.add("fc5", new Layer.Dense(3));
        builder.add("bias5", new Layer.Bias());
        builder.add("readout", new Layer.ReadOut());
        return builder.build();
    }

    private static Parameters random(Network network, long seed) {
        Random random = new Random(seed);
        Parameters parameters = Parameters.initial(network, 1);
        parameters.forEach((id, values) -> {
            for (int i = 0; i < values.length; i++) {
                float draw = (float) random.nextGaussian();
                values[i] = switch (id.role()) {
                    case VARIANCE -> 0.2f + draw * draw;
                    case GAMMA -> 1f + 0.8f * draw;
                    case WEIGHT -> 0.3f * draw;
                    default -> 0.2f * draw;
                };
            }
        });
        return parameters;
    }

    /** Sums over the steps of what a layer hands on. */
    private static final class Sums implements Probe {
        private final Map<Integer, float[][]> byNode = new TreeMap<>();

        @Override
        public boolean wants(int node, Quantity quantity) {
            return quantity == Quantity.OUTPUT;
        }

        @Override
        public void see(View view, float[] values) {
            float[][] own = byNode.computeIfAbsent(view.node(), _ -> new float[IMAGES][values.length]);
            for (int i = 0; i < values.length; i++) {
                own[view.sample()][i] += values[i];
            }
        }
    }

    private static float[][] run(Network network, Parameters parameters, int steps, Sums sums) {
        Clusters images = new Clusters(IMAGES, network.input(), network.classes(), 0.3f, 5);
        BatchReader reader = new BatchReader(images, ImageChange.NONE, steps, new Encoder.Direct(), 0);
        try (ExecutableNetwork ready = new CpuBackend().prepare(NetworkPlan.ideal(network, parameters), IMAGES, 2)) {
            BatchResult result = ready.run(
                    reader.read(new int[] {0, 1, 2, 3, 4, 5}, 0, IMAGES, 0).input(), sums);
            float[][] scores = new float[IMAGES][];
            for (int n = 0; n < IMAGES; n++) {
                int from = ((steps - 1) * IMAGES + n) * network.classes();
                scores[n] = Arrays.copyOfRange(result.scores(), from, from + network.classes());
            }
            return scores;
        }
    }

    private static Map<Integer, float[]> scales(TwinNetworks twins, Parameters trained, boolean perChannel) {
        Clusters images = new Clusters(IMAGES, twins.artificial().input(), 3, 0.3f, 5);
        return ActivationScales.of(
                new CpuBackend(),
                twins.artificial(),
                trained,
                images,
                IMAGES,
                new ScaleRule(100, false, perChannel),
                2);
    }

    /** With the largest activation as scale nothing is cut off, and rates come as close as their number of steps lets them. */
    @ParameterizedTest
    @CsvSource({"1, false, false, 0", "2, true, false, 0.5", "3, false, true, 0", "4, true, true, 0.5"})
    void ratesFollowActivations(long seed, boolean perChannel, boolean pipelined, float initial) {
        TwinNetworks twins = TwinNetworks.of(residual(), RELU, false, new SpikingForm(initial, pipelined));
        Parameters trained = random(twins.artificial(), seed);
        Map<Integer, float[]> scales = scales(twins, trained, perChannel);
        Parameters converted = new Converter(twins, scales, 1f, Set.of()).convert(trained);
        Sums activations = new Sums();
        Sums spikes = new Sums();

        run(twins.artificial(), trained, 1, activations);
        run(twins.spiking(), converted, STEPS, spikes);

        scales.forEach((id, scale) -> {
            Network.Node neurons = twins.counterpart(id);
            int each = neurons.out().positions();
            float largest = 0f;
            for (float own : scale) {
                largest = Math.max(largest, own);
            }
            for (int n = 0; n < IMAGES; n++) {
                float[] activation = activations.byNode.get(id)[n];
                float[] counts = spikes.byNode.get(neurons.id())[n];
                for (int i = 0; i < counts.length; i++) {
                    // What a membrane keeps back is an amount of current, whatever the scale of its channel.
                    assertThat(counts[i] / STEPS * scale[i / each])
                            .as("%s, value %d of image %d", neurons.name(), i, n)
                            .isCloseTo(activation[i], Tolerance.againstReference(0.03f * largest));
                }
            }
        });
    }

    @Test
    void scoresAreThoseOfTheArtificialNetworkInOneUnit() {
        TwinNetworks twins = TwinNetworks.of(residual(), RELU, false, FORM);
        Parameters trained = random(twins.artificial(), 7);
        Map<Integer, float[]> scales = scales(twins, trained, true);
        Parameters converted = new Converter(twins, scales, 1f, Set.of()).convert(trained);

        float[][] expected = run(twins.artificial(), trained, 1, new Sums());
        float[][] found = run(twins.spiking(), converted, STEPS, new Sums());

        for (int n = 0; n < IMAGES; n++) {
            for (int c = 0; c < 3; c++) {
                assertThat(found[n][c]).isCloseTo(expected[n][c], Tolerance.againstReference(0.1f));
            }
        }
    }

    private static Network chain(int outputs) {
        NetworkBuilder builder = new NetworkBuilder("chain", new Shape(2, 1, 1));
        for (int layer = 1; layer <= 3; layer++) {
            builder.add("fc" + layer, new Layer.Dense(outputs));
            builder.add("n" + layer, NEURONS);
        }
        builder.add("fc4", new Layer.Dense(2));
        builder.add("readout", new Layer.ReadOut());
        return builder.build();
    }

    private static float[] thresholds(TwinNetworks twins, Parameters converted, String neurons) {
        int node = twins.spiking().find(neurons).orElseThrow().id();
        return converted.get(new ParameterId(node, Role.THRESHOLD));
    }

    /** Vector balance_chain of the method's specification, in the form with untouched weights. */
    @Test
    void scalesOfNeighboursMakeThresholds() {
        TwinNetworks twins = TwinNetworks.of(chain(1), RELU, false, FORM);
        Parameters trained = random(twins.artificial(), 1);

        Parameters converted = new Converter(
                        twins, Map.of(1, new float[] {2f}, 3, new float[] {5f}, 5, new float[] {4f}), 1f, Set.of())
                .convert(trained);

        assertThat(thresholds(twins, converted, "n1")).containsExactly(2f);
        assertThat(thresholds(twins, converted, "n2")).containsExactly(2.5f);
        assertThat(thresholds(twins, converted, "n3")).containsExactly(0.8f);
        twins.artificial()
                .synapses()
                .forEach(node -> assertThat(converted.get(
                                ParameterId.weight(twins.counterpart(node.id()).id())))
                        .isEqualTo(trained.get(ParameterId.weight(node.id()))));
    }

    /** Vector binary_threshold_folding of the method's specification. */
    @Test
    void magnitudesOfBinaryWeightsGoIntoThresholds() {
        TwinNetworks twins = TwinNetworks.of(chain(2), RELU, false, FORM);
        Parameters trained =
                random(twins.artificial(), 1).withWeights(Map.of(2, new float[] {0.4f, -0.4f, -0.8f, 0.8f}));

        Parameters converted = new Converter(
                        twins,
                        Map.of(1, new float[] {2f, 2f}, 3, new float[] {5f, 5f}, 5, new float[] {4f, 4f}),
                        1f,
                        Set.of(2))
                .convert(trained);

        assertThat(thresholds(twins, converted, "n2")).containsExactly(6.25f, 3.125f);
        assertThat(converted.get(ParameterId.weight(2))).containsExactly(1f, -1f, -1f, 1f);
        assertThat(thresholds(twins, converted, "n3")).containsExactly(0.8f, 0.8f);
    }

    /** Signs alone would forget the scales of their inputs. */
    @Test
    void binaryWeightsReadInputsOfOneScale() {
        TwinNetworks twins = TwinNetworks.of(chain(2), RELU, false, FORM);
        Map<Integer, float[]> scales =
                Map.of(1, new float[] {2f, 1f}, 3, new float[] {5f, 5f}, 5, new float[] {4f, 4f});
        Parameters trained =
                random(twins.artificial(), 1).withWeights(Map.of(2, new float[] {0.4f, -0.4f, -0.8f, 0.8f}));

        assertThatThrownBy(() -> new Converter(twins, scales, 1f, Set.of(2)).convert(trained))
                .isInstanceOf(NotConvertibleException.class)
                .hasMessageEndingWith("which cannot weigh inputs of different scales");
    }

    static List<Layer> activations() {
        return List.of(RELU, new Layer.Qcfs(4, 1f));
    }

    @ParameterizedTest
    @MethodSource("activations")
    void aDeadLayerIsNamed(Layer activation) {
        TwinNetworks twins = TwinNetworks.of(chain(2), activation, false, FORM);
        Parameters dead = random(twins.artificial(), 1).withWeights(Map.of(2, new float[4]));
        dead.only(id -> id.role() == Role.THRESHOLD).forEach((_, levels) -> Arrays.fill(levels, 0.01f));

        assertThatThrownBy(() -> scales(twins, dead, false))
                .isInstanceOf(NotConvertibleException.class)
                .hasMessageContaining("layer n2 is never active");
    }

    @Test
    void aCeilingStaysWhereItHasAPlace() {
        NetworkBuilder builder = new NetworkBuilder("clipped", new Shape(1, 2, 2));
        builder.add("fc1", new Layer.Dense(3));
        builder.add("n1", new Layer.Relu(0.5f));
        builder.add("fc2", new Layer.Dense(2));
        builder.add("readout", new Layer.ReadOut());
        Network clipped = builder.build();

        TwinNetworks twins = TwinNetworks.of(clipped, RELU, false, FORM);
        assertThat(twins.artificial().node(1).layer()).isEqualTo(new Layer.Relu(0.5f));
        assertThat(scales(twins, random(twins.artificial(), 1), false).get(1)).containsOnly(0.5f);
        assertThatThrownBy(() -> TwinNetworks.of(clipped, new Layer.Qcfs(4, 1f), false, FORM))
                .isInstanceOf(NotConvertibleException.class)
                .hasMessageContaining("layer n1 cannot be converted: its ceiling");
    }

    @Test
    void poolsOfMaximaAndStatesAreRefusedOrAveraged() {
        NetworkBuilder builder = new NetworkBuilder("pooled", new Shape(1, 4, 4));
        builder.add("conv1", new Layer.Conv2d(2, 3, 1, 1));
        builder.add("n1", NEURONS);
        builder.add("pool1", new Layer.MaxPool(2, 2));
        builder.add("fc2", new Layer.Dense(2));
        builder.add("readout", new Layer.ReadOut());
        Network pooled = builder.build();

        assertThatThrownBy(() -> TwinNetworks.of(pooled, RELU, false, FORM))
                .isInstanceOf(NotConvertibleException.class)
                .hasMessageContaining("layer pool1 cannot be converted")
                .hasMessageContaining("avg_pool");
        assertThat(TwinNetworks.of(pooled, RELU, true, FORM)
                        .artificial()
                        .find("pool1")
                        .orElseThrow()
                        .layer())
                .isEqualTo(new Layer.AvgPool(2));
    }
}
