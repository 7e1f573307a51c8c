/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.mapping.tile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.synaptile.sim.network.Layer;
import io.synaptile.sim.network.Network;
import io.synaptile.sim.network.NetworkBuilder;
import io.synaptile.sim.network.NeuronSpec;
import io.synaptile.sim.network.Shape;
import io.synaptile.sim.spikes.Encoder;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class InputKindTest {
    /** Sums of spikes take as many pulses as they can have units; what joins and pools leave of them is bounded likewise. */
    @Test
    void sumsOfSpikesAreUnaryPulses() {
        NetworkBuilder builder = new NetworkBuilder("joined", new Shape(2, 4, 4));
        builder.add("conv", new Layer.Conv2d(2, 3, 1, 1));
        int a = builder.add("a", new Layer.Neuron(NeuronSpec.lif(0.9f, 1f)));
        builder.add("conv2", new Layer.Conv2d(2, 3, 1, 1));
        int b = builder.add("b", new Layer.Neuron(NeuronSpec.lif(0.9f, 1f)));
        int sum = builder.add("sum", Layer.Join.sum(), a, b, a);
        int and = builder.add("and", new Layer.Join(Layer.Join.Function.AND), sum, sum);
        int iand = builder.add("iand", new Layer.Join(Layer.Join.Function.IAND), sum, b);
        int ofSpikes = builder.add("ofSpikes", new Layer.Join(Layer.Join.Function.IAND), a, b);
        int both = builder.add("both", new Layer.Concat(), and, iand, ofSpikes);
        int cut = builder.add("cut", new Layer.Relu(2.5f), sum);
        int ofSum = builder.add("ofSum", new Layer.Dense(3), sum);
        int ofBoth = builder.add("ofBoth", new Layer.Dense(3), both);
        int ofCut = builder.add("ofCut", new Layer.Dense(3), cut);
        int ofInverse = builder.add("ofInverse", new Layer.Dense(3), iand);
        int ofPlain = builder.add("ofPlain", new Layer.Dense(3), ofSpikes);
        builder.add("all", Layer.Join.sum(), ofSum, ofBoth, ofCut, ofInverse, ofPlain);
        builder.add("out", new Layer.ReadOut());
        Network network = builder.build();
        Encoder coding = new Encoder.Poisson(1f);
        assertThat(IntStream.of(2, ofSum, ofBoth, ofCut, ofInverse, ofPlain)
                        .map(id -> InputKind.pulses(network, network.node(id), coding)))
                .containsExactly(1, 3, 9, 3, 2, 1);
        assertThat(InputKind.of(network, network.node(ofInverse), coding)).isEqualTo(InputKind.SIGNED_EVENTS);
        assertThat(InputKind.of(network, network.node(ofPlain), coding)).isEqualTo(InputKind.SPIKES);
        assertThat(LayerNotes.of(network, network.node(ofSum), coding))
                .hasValue("receives sums of spikes up to 3; on tiles a read drives its rows with up to 3 unary pulses");
        assertThat(LayerNotes.of(network, network.node(ofPlain), coding)).isEmpty();
        assertThat(LayerNotes.of(network, network.node(ofSpikes), coding)).isEmpty();
        assertThat(LayerNotes.of(network, network.node(and), coding)).isPresent();
        assertThat(LayerNotes.of(network, network.node(cut), coding)).isPresent();
    }

    private static final Encoder POISSON = new Encoder.Poisson(2f);
    private static final Encoder DIRECT = new Encoder.Direct();

    /** conv1 reads the image, conv2 pooled spikes, fc1 currents of conv2, fc2 a sum of spikes and currents. */
    private static Network network() {
        NetworkBuilder builder = new NetworkBuilder("kinds", new Shape(1, 4, 4));
        builder.add("conv1", new Layer.Conv2d(2, 3, 1, 1));
        int spikes = builder.add("lif1", new Layer.Neuron(NeuronSpec.lif(1f, 1f)));
        builder.add("pool", new Layer.AvgPool(2));
        builder.add("conv2", new Layer.Conv2d(2, 1, 1, 0));
        builder.add("fc1", new Layer.Dense(32));
        int drop = builder.add("drop", new Layer.Dropout(0.1f));
        int flat = builder.add("flat", new Layer.Flatten(), spikes);
        builder.add("sum", Layer.Join.sum(), flat, drop);
        builder.add("fc2", new Layer.Dense(2));
        builder.add("out", new Layer.ReadOut());
        return builder.build();
    }

    private static InputKind kind(String layer, Encoder encoder) {
        Network network = network();
        return InputKind.of(network, network.find(layer).orElseThrow(), encoder);
    }

    @Test
    void codingDecidesWhatTheFirstLayerReceives() {
        assertThat(kind("conv1", POISSON)).isEqualTo(InputKind.SIGNED_EVENTS);
        assertThat(kind("conv1", DIRECT)).isEqualTo(InputKind.ANALOGUE);
        assertThat(InputKind.SIGNED_EVENTS.phases()).isEqualTo(2);
    }

    @Test
    void framesOfSpikesDriveRowsWithAPulsePerSpike() {
        Network network = network();
        Network.Node first = network.find("conv1").orElseThrow();
        Encoder counts = new Encoder.SpikeFrames(5);
        assertThat(kind("conv1", new Encoder.DirectFrames())).isEqualTo(InputKind.ANALOGUE);
        assertThat(kind("conv1", new Encoder.PoissonFrames())).isEqualTo(InputKind.SPIKES);
        assertThat(kind("conv1", counts)).isEqualTo(InputKind.SPIKES);
        assertThat(InputKind.pulses(network, first, counts)).isEqualTo(5);
        assertThat(LayerNotes.of(network, first, counts).orElseThrow()).contains("up to 5 unary pulses");
        assertThat(InputKind.pulses(network, first, new Encoder.PoissonFrames()))
                .isEqualTo(1);
        Network.Node second = network.find("conv2").orElseThrow();
        assertThat(InputKind.pulses(network, second, counts)).isEqualTo(1);
    }

    @Test
    void poolingPassesSpikesOnAndCurrentsStayAnalogue() {
        assertThat(kind("conv2", DIRECT)).isEqualTo(InputKind.SPIKES);
        assertThat(InputKind.SPIKES.phases()).isEqualTo(1);
        assertThat(kind("fc1", POISSON)).isEqualTo(InputKind.ANALOGUE);
        assertThat(kind("fc2", POISSON)).isEqualTo(InputKind.ANALOGUE);
    }

    @Test
    void analogueLayersAreRefusedWithThoseThatCanBeOnTiles() {
        Network network = network();
        assertThat(InputKind.tileable(network, POISSON)).containsExactly("conv1", "conv2");
        assertThatCode(() -> InputKind.requireTileable(network, List.of("conv1", "conv2"), POISSON))
                .doesNotThrowAnyException();
        assertThatThrownBy(() -> InputKind.requireTileable(network, List.of("conv2", "conv1"), DIRECT))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("layer conv1 receives analogue values")
                .hasMessageEndingWith("layers that can be on tiles: conv2");
    }

    @Test
    void unknownLayersAreRefusedWithThoseThatHaveWeights() {
        assertThatThrownBy(() -> InputKind.requireTileable(network(), List.of("lif1"), POISSON))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(
                        "the layers on tiles must be layers with weights, 'lif1' is not; these are: conv1, conv2, fc1,"
                                + " fc2");
    }
}
