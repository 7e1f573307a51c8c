/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.mapping.cost;

import static io.synaptile.testing.Tolerance.againstPublishedPercent;
import static org.assertj.core.api.Assertions.assertThat;

import io.synaptile.devices.cost.compat.SataForward;
import io.synaptile.devices.cost.compat.SpikeSimEla;
import io.synaptile.sim.network.Architectures;
import io.synaptile.sim.network.Network;
import io.synaptile.sim.network.NeuronSpec;
import io.synaptile.sim.network.Shape;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The networks of the published tools, built here, give the numbers that the tools printed. */
class PublishedToolsTest {
    private static Network network(String name) {
        return Architectures.vgg(
                name,
                new Shape(3, 32, 32),
                10,
                1,
                new Architectures.Options(Architectures.Norm.BNTT, NeuronSpec.lif(0.95f, 1f), 0.2f));
    }

    /** Default case of the script: VGG9 on CIFAR-10, five steps. */
    @Test
    void vgg9IsTheDefaultCaseOfSpikeSim() {
        SpikeSimEla.Estimate estimate =
                PublishedTools.spikeSim(network("vgg9"), 5).orElseThrow();
        assertThat(estimate.pes()).isEqualTo(48);
        assertThat(estimate.totalUm2()).isCloseTo(8_425_528.756, againstPublishedPercent(1e-7));
        assertThat(estimate.energyPicojoules()).isCloseTo(15_906_934.026, againstPublishedPercent(1e-7));
        assertThat(estimate.latencyNanoseconds()).isEqualTo(62_832_640);
    }

    @Test
    void vgg5AndVgg9AreTheNetworksOfSata() {
        for (String name : List.of("vgg5", "vgg9")) {
            SataForward tool = new SataForward(20, 4, 0.85);
            SataForward.Estimate expected = tool.of(SataForward.network(name + "_cifar10"));
            assertThat(PublishedTools.sata(network(name), 20, 4, 0.85)).contains(expected);
        }
    }

    @Test
    void aNetworkWithoutConvolutionsIsUnknownToSpikeSim() {
        Network mlp = Architectures.mlp(
                new Shape(1, 8, 8),
                10,
                List.of(16),
                new Architectures.Options(Architectures.Norm.NONE, NeuronSpec.lif(0.95f, 1f), 0f));
        assertThat(PublishedTools.spikeSim(mlp, 5)).isEmpty();
        assertThat(PublishedTools.sata(mlp, 5, 4, 0.9).orElseThrow().lif().count())
                .isEqualTo(16 * 5);
    }
}
