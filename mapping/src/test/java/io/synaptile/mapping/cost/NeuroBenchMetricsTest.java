/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.mapping.cost;

import static io.synaptile.testing.Tolerance.againstClosedForm;
import static org.assertj.core.api.Assertions.assertThat;

import io.synaptile.mapping.ExactCell;
import io.synaptile.mapping.HardwareSpec;
import io.synaptile.mapping.LayerCells;
import io.synaptile.mapping.LayerPlaces;
import io.synaptile.mapping.Readout;
import io.synaptile.mapping.TileSize;
import io.synaptile.mapping.chip.ChipDesign;
import io.synaptile.mapping.codec.CodecKind;
import io.synaptile.mapping.codec.LayerWeights;
import io.synaptile.sim.compute.LayerActivity;
import io.synaptile.sim.network.Extent;
import io.synaptile.sim.network.Layer;
import io.synaptile.sim.network.Network;
import io.synaptile.sim.network.NetworkBuilder;
import io.synaptile.sim.network.NeuronSpec;
import io.synaptile.sim.network.Shape;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NeuroBenchMetricsTest {
    private static Network network() {
        NetworkBuilder builder = new NetworkBuilder("net", new Shape(2, 3, 3));
        builder.add("conv", new Layer.Conv2d(4, 3, 1, 1));
        builder.add("bn", Layer.StepNorm.standard());
        builder.add("lif", new Layer.Neuron(NeuronSpec.lif(0.95f, 1f)));
        builder.add("fc", new Layer.Dense(5));
        builder.add("out", new Layer.ReadOut());
        return builder.build();
    }

    private static HardwareSpec hardware(int digitalBits) {
        return new HardwareSpec(
                new TileSize(16, 16),
                new LayerCells(CodecKind.DIFFERENTIAL_PAIR, 4, new ExactCell(0f, 1f, 16)),
                new Readout.Ideal(),
                true,
                new LayerPlaces(Set.of("conv"), digitalBits));
    }

    /**
     * A 3x3 kernel with padding 1 on a 3x3 map sees 2 + 3 + 2 = 7 taps along each axis, so 49 of the 81 with padding: the
     * convolution has 49 * 2 * 4 = 392 dense operations and the dense layer 36 * 5 = 180, at each of two steps.
     */
    @Test
    void countsFollowTheDefinitions() {
        Network network = network();
        float[] conv = new float[72];
        Arrays.fill(conv, 0.5f);
        Arrays.fill(conv, 0, 7, 0f);
        float[] dense = new float[180];
        Arrays.fill(dense, 0.25f);
        ChipDesign design = ChipDesign.of(
                network, hardware(8), Map.of(0, new LayerWeights(conv, 4), 3, new LayerWeights(dense, 0)));
        LayerActivity[] activity = new LayerActivity[5];
        Arrays.setAll(activity, _ -> new LayerActivity(2));
        activity[0].effectiveMacs[0] = 30;
        activity[0].effectiveAcs[1] = 20;
        activity[3].effectiveAcs[1] = 16;
        activity[2].spikes[0] = 9;
        activity[2].spikes[1] = 18;

        NeuroBenchMetrics metrics = NeuroBenchMetrics.of(design, activity, new long[] {3, 3});
        assertThat(metrics.synopsDense()).isEqualTo(2 * (392 + 180));
        assertThat(metrics.effMacs()).isEqualTo(10);
        assertThat(metrics.effAcs()).isEqualTo(12);
        assertThat(metrics.connectionSparsity()).isEqualTo(0.0278);
        assertThat(metrics.activationSparsity()).isCloseTo(1 - 27.0 / (36 * 2 * 3), againstClosedForm(1e-12));
        // 72 weights of 4 bits, 180 of 8 bits, three arrays of 2 steps x 4 channels at 32 bits
        assertThat(metrics.footprintBytes()).isEqualTo(36 + 180 + 3 * 2 * 4 * 4);
    }

    /** A weight that is not on tiles takes no more bits than its quantiser has levels for, and no more than a digital word. */
    @ParameterizedTest
    @CsvSource({"0,8,8", "4,8,4", "12,8,8", "12,0,12", "0,0,32"})
    void aLayerOffTilesHasTheNarrowerOfQuantiserAndWord(int quantiserBits, int digitalBits, int width) {
        ChipDesign design = ChipDesign.of(
                network(),
                hardware(digitalBits),
                Map.of(0, new LayerWeights(new float[72], 4), 3, new LayerWeights(new float[180], quantiserBits)));
        LayerActivity[] activity = new LayerActivity[5];
        Arrays.setAll(activity, _ -> new LayerActivity(2));
        assertThat(design.digitalBits(3)).isEqualTo(width);
        assertThat(design.storageBits(3)).isEqualTo(180 * width);
        assertThat(NeuroBenchMetrics.of(design, activity, new long[] {1, 1}).footprintBytes())
                .isEqualTo(36 + 180 * width / 8.0 + 3 * 2 * 4 * 4);
    }

    /** Sparsity and dense operations are those of the steps that ran: 3 samples the first, 1 the second. */
    @Test
    void stepsAfterTheLastAreNotCounted() {
        NetworkBuilder builder = new NetworkBuilder("net", Shape.features(4));
        builder.add("fc", new Layer.Dense(5));
        builder.add("bn", Layer.StepNorm.standard());
        builder.add("lif", new Layer.Neuron(NeuronSpec.lif(0.95f, 1f)));
        builder.add("out", new Layer.ReadOut());
        HardwareSpec hardware = new HardwareSpec(
                new TileSize(16, 16),
                new LayerCells(CodecKind.DIFFERENTIAL_PAIR, 4, new ExactCell(0f, 1f, 16)),
                new Readout.Ideal(),
                true,
                new LayerPlaces(Set.of("fc"), 8));
        ChipDesign design = ChipDesign.of(builder.build(), hardware, Map.of(0, new LayerWeights(new float[20], 4)));
        LayerActivity[] activity = new LayerActivity[4];
        Arrays.setAll(activity, _ -> new LayerActivity(2));
        activity[2].spikes[0] = 4;
        activity[2].spikes[1] = 1;

        NeuroBenchMetrics metrics = NeuroBenchMetrics.of(design, activity, new long[] {3, 1});
        assertThat(metrics.synopsDense()).isCloseTo(20 * 4 / 3.0, againstClosedForm(1e-12));
        assertThat(metrics.activationSparsity()).isCloseTo(1 - 5.0 / (5 * 4), againstClosedForm(1e-12));
        // The chip keeps the norm of every step.
        assertThat(metrics.footprintBytes()).isEqualTo(10 + 3 * 2 * 5 * 4);
    }

    /**
     * Lines 1 and 3, then 1 and 3 again are met by a kernel of 3 x 1 with stride [2, 1], padding [1, 0] and dilation 2 on 5 lines of 2,
     * the others lie on the border: 4 of 6 taps in each column, for 3 inputs and 6 outputs; in groups every
     * output has one of the inputs.
     */
    @Test
    void tapsOfADilatedKernelOutsideTheMapAreNoOperations() {
        NetworkBuilder builder = new NetworkBuilder("net", new Shape(3, 5, 2));
        builder.add(
                "conv", new Layer.Conv2d(6, new Extent(3, 1), new Extent(2, 1), new Extent(1, 0), Extent.square(2)));
        builder.add(
                "grouped",
                new Layer.Conv2d(6, new Extent(3, 1), new Extent(2, 1), new Extent(1, 0), Extent.square(2), 3),
                Network.INPUT);
        builder.add("out", new Layer.ReadOut());
        Network network = builder.build();
        assertThat(NeuroBenchMetrics.denseOperations(network.node(0))).isEqualTo(4 * 2 * 3 * 6);
        assertThat(NeuroBenchMetrics.denseOperations(network.node(1))).isEqualTo(4 * 2 * 6);
    }

    @Test
    void strideAndPaddingBoundTheDenseOperations() {
        NetworkBuilder builder = new NetworkBuilder("net", new Shape(1, 7, 5));
        builder.add("conv", new Layer.Conv2d(3, 5, 2, 2));
        builder.add("out", new Layer.ReadOut());
        Network.Node node = builder.build().node(0);
        long expected = 0;
        for (int oy = 0; oy < node.out().height(); oy++) {
            for (int ox = 0; ox < node.out().width(); ox++) {
                for (int ky = 0; ky < 5; ky++) {
                    for (int kx = 0; kx < 5; kx++) {
                        int y = oy * 2 - 2 + ky;
                        int x = ox * 2 - 2 + kx;
                        expected += y >= 0 && y < 7 && x >= 0 && x < 5 ? 3 : 0;
                    }
                }
            }
        }
        assertThat(NeuroBenchMetrics.denseOperations(node)).isEqualTo(expected);
    }
}
