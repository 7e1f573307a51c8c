/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.sim.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class NetworkBuilderTest {
    @Test
    void shapesFollowFromTheLayers() {
        NetworkBuilder builder = new NetworkBuilder("net", new Shape(3, 17, 15));
        int conv = builder.add("conv", new Layer.Conv2d(8, 3, 2, 1));
        int pool = builder.add("pool", new Layer.AvgPool(2));
        builder.add("flat", new Layer.Flatten());
        int dense = builder.add("dense", new Layer.Dense(5));
        builder.add("out", new Layer.ReadOut());
        Network network = builder.build();
        assertThat(network.node(conv).out()).isEqualTo(new Shape(8, 9, 8));
        assertThat(network.node(pool).out()).isEqualTo(new Shape(8, 4, 4));
        assertThat(network.node(dense).weightShape()).containsExactly(5, 128);
        assertThat(network.node(conv).fanIn()).isEqualTo(27);
        assertThat(network.weightCount()).isEqualTo(8 * 27 + 5 * 128);
        assertThat(network.classes()).isEqualTo(5);
        assertThat(network.synapses()).extracting(Network.Node::name).containsExactly("conv", "dense");
    }

    @Test
    void aBranchMayBeAddedBack() {
        NetworkBuilder builder = new NetworkBuilder("net", new Shape(4, 6, 6));
        int a = builder.add("a", new Layer.Conv2d(4, 3, 1, 1), Network.INPUT);
        int b = builder.add("b", new Layer.Conv2d(4, 1, 1, 0), Network.INPUT);
        int sum = builder.add("sum", Layer.Join.sum(), a, b);
        builder.add("out", new Layer.ReadOut(), sum);
        assertThat(builder.build().node(sum).inputs()).containsExactly(a, b);
    }

    @Test
    void theLayerThatDoesNotFitIsNamed() {
        NetworkBuilder builder = new NetworkBuilder("net", new Shape(1, 2, 2));
        assertThatThrownBy(() -> builder.add("conv7", new Layer.Conv2d(1, 5, 1, 0)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("layer conv7: a window of 5 does not fit its input 1x2x2");
        builder.add("conv1", new Layer.Conv2d(3, 1, 1, 0));
        assertThatThrownBy(() -> builder.add("sum", Layer.Join.sum(), 0, Network.INPUT))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("layer sum: adds 3x2x2 to 1x2x2");
    }

    @Test
    void namesAndReadersAreChecked() {
        NetworkBuilder builder = new NetworkBuilder("net", new Shape(1, 2, 2));
        builder.add("conv", new Layer.Conv2d(1, 1, 1, 0));
        assertThatThrownBy(() -> builder.add("conv", new Layer.Flatten())).hasMessageContaining("already taken");
        assertThatThrownBy(() -> builder.add("late", new Layer.Flatten(), 9)).hasMessageContaining("unknown node 9");
        assertThatThrownBy(builder::build).hasMessageContaining("must end in a read-out");
        builder.add("dense", new Layer.Dense(2), Network.INPUT);
        builder.add("out", new Layer.ReadOut());
        assertThatThrownBy(() -> builder.add("after", new Layer.Flatten()))
                .hasMessage("layer after: comes after the read-out, which is the last layer");
    }

    private static NetworkBuilder driven() {
        NetworkBuilder builder = new NetworkBuilder("net", Shape.features(3));
        builder.add("in", new Layer.Dense(4));
        return builder;
    }

    @Test
    void neuronsMayReadTheirOwnSpikesOfTheStepBefore() {
        NetworkBuilder builder = driven();
        int delay = builder.delay("before", Shape.features(4));
        int own = builder.add("own", new Layer.Dense(4), delay);
        int sum = builder.add("sum", Layer.Join.sum(), 0, own);
        int neurons = builder.add("lif", new Layer.Neuron(NeuronSpec.lif(1f, 1f)), sum);
        builder.connect(delay, neurons);
        builder.add("kept", new Layer.Delay(Shape.features(4)));
        builder.add("out", new Layer.ReadOut(Layer.ReadOut.Rule.SUM, 1f, 2));
        Network network = builder.build();
        assertThat(network.loops()).containsExactly(new Network.Loop(delay, neurons));
        assertThat(network.classes()).isEqualTo(2);
        assertThat(network.isSteady(sum)).isFalse();
    }

    @Test
    void aLoopThatCannotBeComputedStepByStepIsRefused() {
        NetworkBuilder open = driven();
        open.delay("before", Shape.features(4));
        open.add("own", new Layer.Dense(4));
        open.add("out", new Layer.ReadOut());
        assertThatThrownBy(open::build).hasMessage("layer before: a delay that reads nothing");

        NetworkBuilder normed = driven();
        int delay = normed.delay("before", Shape.features(4));
        normed.add("bn", Layer.StepNorm.standard());
        int neurons = normed.add("lif", new Layer.Neuron(NeuronSpec.lif(1f, 1f)));
        assertThatThrownBy(() -> normed.connect(delay, neurons))
                .hasMessage("layer bn: stands in the loop of before and lif, where only synapses, sums, integrators and"
                        + " neurons can stand");

        NetworkBuilder beside = driven();
        int first = beside.delay("before", Shape.features(4));
        beside.add("own", new Layer.Dense(4));
        int other = beside.add("other", new Layer.Dense(4), Network.INPUT);
        int sum = beside.add("sum", Layer.Join.sum(), 2, other);
        int last = beside.add("lif", new Layer.Neuron(NeuronSpec.lif(1f, 1f)), sum);
        assertThatThrownBy(() -> beside.connect(first, last))
                .hasMessage("layer other: stands in the loop of before and lif, and does not depend on it");
        assertThatThrownBy(() -> beside.connect(first, sum))
                .hasMessage("layer before: a delay of 4x1x1 reads neurons of that shape, sum gives 4x1x1");
        assertThatThrownBy(() -> beside.connect(first, first)).hasMessageContaining("reads unknown node");
        assertThatThrownBy(() -> beside.add("kept", new Layer.Delay(Shape.features(4)), sum))
                .hasMessage("layer kept: a delay of 4x1x1 reads neurons of that shape, not 4x1x1");
    }
}
