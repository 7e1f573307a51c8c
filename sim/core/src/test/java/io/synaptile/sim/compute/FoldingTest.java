/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.sim.compute;

import static io.synaptile.testing.Tolerance.againstReference;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.synaptile.sim.compute.RandomCase.Style;
import io.synaptile.sim.network.Emission;
import io.synaptile.sim.network.Layer;
import io.synaptile.sim.network.Network;
import io.synaptile.sim.network.NetworkBuilder;
import io.synaptile.sim.network.NeuronDynamics;
import io.synaptile.sim.network.NeuronSpec;
import io.synaptile.sim.network.Parameters;
import io.synaptile.sim.network.Shape;
import io.synaptile.sim.network.SpikeValues;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class FoldingTest {
    static Stream<Arguments> cases() {
        return Stream.of(Style.EXACT, Style.DYNAMIC, Style.VARIED)
                .flatMap(style -> LongStream.rangeClosed(1, 25).mapToObj(seed -> Arguments.of(style, seed)));
    }

    @ParameterizedTest
    @MethodSource("cases")
    void foldedEmissionsChangeNeitherSpikesNorScores(Style style, long seed) {
        RandomCase drawn = RandomCase.dense(seed, style);
        NetworkPlan folded = Folding.emissions(drawn.plan());
        ReferenceNetwork expected = ReferenceNetwork.of(drawn.plan());
        ReferenceNetwork actual = ReferenceNetwork.of(folded);
        double[] scores = expected.infer(drawn.batch());
        double[] others = actual.infer(drawn.batch());
        for (int i = 0; i < scores.length; i++) {
            assertThat(others[i]).as("%s", drawn).isCloseTo(scores[i], againstReference(1e-4));
        }
        for (Network.Node node : drawn.network().nodes()) {
            assertThat(actual.activity()[node.id()].spikes).isEqualTo(expected.activity()[node.id()].spikes);
        }
        assertThat(folded.network().nodes())
                .filteredOn(node -> SpikeValues.of(drawn.network()).isTakenOver(node))
                .filteredOn(node -> node.layer() instanceof Layer.Neuron)
                .allMatch(node -> emission(node).equals(Emission.ONE));
    }

    private static Emission emission(Network.Node node) {
        return ((Layer.Neuron) node.layer()).spec().dynamics().emission();
    }

    private static Layer.Neuron neurons(float emission) {
        return new Layer.Neuron(
                NeuronSpec.lif(0.5f, 1f).with(NeuronDynamics.PLAIN.withEmission(new Emission.Fixed(emission))));
    }

    /** Two layers of neurons on one input, joined and read by a dense layer. */
    private static Network joined(Layer join, float first, float second) {
        NetworkBuilder builder = new NetworkBuilder("two", new Shape(2, 2, 2));
        builder.add("left", new Layer.Dense(2));
        int left = builder.add("lif1", neurons(first));
        builder.add("right", new Layer.Dense(2), Network.INPUT);
        int right = builder.add("lif2", neurons(second));
        builder.add("join", join, left, right);
        builder.add("out", new Layer.Dense(2));
        builder.add("scores", new Layer.ReadOut());
        return builder.build();
    }

    private static boolean takesOver(Network network, Predicate<Network.Node> which) {
        SpikeValues values = SpikeValues.of(network);
        return network.nodes().stream().filter(which).allMatch(values::isTakenOver);
    }

    @Test
    void valuesPassJoinsThatCommuteWithThem() {
        Predicate<Network.Node> neurons = node -> node.layer() instanceof Layer.Neuron;
        Layer and = new Layer.Join(Layer.Join.Function.AND);
        Layer iand = new Layer.Join(Layer.Join.Function.IAND);
        assertThat(takesOver(joined(Layer.Join.sum(), 0.5f, 0.5f), neurons)).isTrue();
        assertThat(takesOver(
                        joined(Layer.Join.sum(), 0.5f, 1f), node -> node.name().equals("lif1")))
                .isFalse();
        assertThat(takesOver(joined(and, 0.5f, 1f), neurons)).isTrue();
        assertThat(takesOver(joined(and, 0.5f, 0.5f), neurons)).isFalse();
        assertThat(takesOver(joined(iand, 1f, 0.5f), neurons)).isTrue();
        assertThat(takesOver(joined(iand, 0.5f, 1f), node -> node.name().equals("lif1")))
                .isFalse();
        assertThat(takesOver(joined(new Layer.Concat(), 0.5f, 0.25f), neurons)).isTrue();
    }

    @Test
    void arraysReadSpikesThatAreWorthTheSame() {
        Network network = joined(new Layer.Concat(), 0.5f, 0.25f);
        Network.Node out = network.find("out").orElseThrow();
        assertThat(SpikeValues.of(network).areUniform(out)).isFalse();
        assertThat(SpikeValues.of(joined(new Layer.Concat(), 0.5f, 0.5f)).areUniform(out))
                .isTrue();
        LayerArrays arrays = new LayerArrays(
                ArrayGrid.even(4, 2, 4),
                CellPlanes.exact(new float[][] {new float[8]}, new float[] {1f}),
                Conversion.EXACT,
                ColumnCircuit.IDEAL,
                new RowCosts(new double[4], new int[5]),
                new SynapsePlan.NoiseKey(1, out.id(), 0));
        SynapsePlan dense = new SynapsePlan.DensePlan(new float[16]);
        NetworkPlan plan = new NetworkPlan(
                network, Map.of(0, dense, 2, dense, out.id(), SynapsePlan.ArrayPlan.of(arrays)), Parameters.none());
        assertThatThrownBy(() -> Folding.emissions(plan))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("layer out: on arrays, and reads spikes that are not worth the same");
    }
}
