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
import org.junit.jupiter.api.Test;

class InputKindTest {
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
        builder.add("sum", new Layer.Add(), flat, drop);
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
