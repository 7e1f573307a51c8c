/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.mapping.chip;

import static io.synaptile.testing.Tolerance.againstClosedForm;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.synaptile.devices.CellModel;
import io.synaptile.mapping.Cases;
import io.synaptile.mapping.ExactCell;
import io.synaptile.mapping.Hardware;
import io.synaptile.mapping.Readout;
import io.synaptile.mapping.SpreadCell;
import io.synaptile.mapping.codec.CodecKind;
import io.synaptile.mapping.codec.CrossbarLayout;
import io.synaptile.mapping.codec.LayerWeights;
import io.synaptile.mapping.codec.WeightGrid;
import io.synaptile.mapping.cost.NeuroBenchMetrics;
import io.synaptile.sim.compute.LayerActivity;
import io.synaptile.sim.network.Extent;
import io.synaptile.sim.network.Layer;
import io.synaptile.sim.network.Network;
import io.synaptile.sim.network.NetworkBuilder;
import io.synaptile.sim.network.Parameters;
import io.synaptile.sim.network.Shape;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Groups of channels share the matrix of the convolution without groups; what lies between them are real cells that hold 0. */
class GroupedChannelsTest {
    private static final Network NETWORK = network(2);

    /** Four inputs and four outputs, two taps: 8 rows, 4 outputs. */
    private static Network network(int groups) {
        NetworkBuilder builder = new NetworkBuilder("grouped", new Shape(4, 1, 2));
        builder.add(
                "conv",
                new Layer.Conv2d(4, new Extent(1, 2), Extent.square(1), Extent.square(0), Extent.square(1), groups));
        builder.add("out", new Layer.ReadOut());
        return builder.build();
    }

    private static ChipDesign design(Network network, CodecKind codec, CellModel cell, LayerWeights weights) {
        return ChipDesign.of(
                network, Hardware.allOnTiles(network, 4, 32, codec, 4, cell, new Readout.Ideal()), Map.of(0, weights));
    }

    /** Weights of 16 values; of any grid. */
    private static LayerWeights weights(WeightGrid grid) {
        float[] values = new float[16];
        for (int i = 0; i < values.length; i++) {
            values[i] = (i % 2 == 0 ? 1f : -1f);
        }
        return new LayerWeights(values, grid);
    }

    @ParameterizedTest
    @EnumSource(
            mode = EnumSource.Mode.EXCLUDE,
            names = {"SHIFTED_SRAM", "TERNARY_PAIR", "RRAM_PLUS_SHIFTED_SRAM"})
    void everyCodecHoldsZeroBetweenGroups(CodecKind codec) {
        ChipDesign design = design(NETWORK, codec, new ExactCell(2f, 40f, 16), weights(new WeightGrid.KBit(3)));
        CrossbarLayout layout = CrossbarLayout.of(NETWORK.node(0));
        float[] matrix = layout.toMatrix(design.weights().get(0).values());
        design.codecs().get(0).decode(design.targets(0), matrix, matrix);
        for (int i = 0; i < matrix.length; i++) {
            if (layout.weightIndex(i / 4, i % 4) < 0) {
                assertThat(matrix[i]).isCloseTo(0f, againstClosedForm(1e-6f));
            }
        }
    }

    @Test
    void aCodecThatHasNoZeroOnOddStepsIsRefused() {
        assertThatThrownBy(() -> design(
                        NETWORK, CodecKind.DUMMY_COLUMN, new ExactCell(2f, 40f, 4), weights(new WeightGrid.Dorefa(2))))
                .hasMessage("layer conv has its channels in groups, and cells between groups hold the weight 0, which"
                        + " codec dummy-column does not have on the steps of this layer's weights");
    }

    @Test
    void tilesAreThoseWithoutGroupsAndOperationsThoseOfTheGroups() {
        CellModel cell = new ExactCell(2f, 40f, 16);
        ChipDesign grouped = design(NETWORK, CodecKind.DIFFERENTIAL_PAIR, cell, weights(new WeightGrid.KBit(3)));
        ChipDesign dense = design(
                network(1), CodecKind.DIFFERENTIAL_PAIR, cell, new LayerWeights(new float[32], new WeightGrid.KBit(3)));
        assertThat(grouped.tiles().tiles()).isEqualTo(2).isEqualTo(dense.tiles().tiles());
        assertThat(grouped.tiles().layer(0).orElseThrow().cellsUsed()).isEqualTo(8 * 4 * 2);
        assertThat(EffectiveWeights.nonZero(grouped, 0)).hasSize(16).containsOnly(true);
        NeuroBenchMetrics metrics =
                NeuroBenchMetrics.of(grouped, new LayerActivity[] {new LayerActivity(1), null}, new long[] {1});
        assertThat(metrics.synopsDense()).isEqualTo(16);
        assertThat(metrics.connectionSparsity()).isZero();
        assertThat(metrics.footprintBytes()).isEqualTo(16 * 3 / 8.0);
    }

    /** The inputs of the first group drive the columns of the second, whose cells cancel on exact cells only. */
    @Test
    void cellsBetweenGroupsAreProgrammedAndRead() {
        float[] image = {1, 1, 1, 1, 0, 0, 0, 0};
        float[] exact = scores(new ExactCell(2f, 40f, 16), image);
        float[] varied = scores(new SpreadCell(2f, 40f, 16, 0.3f), image);
        for (int output = 2; output < 4; output++) {
            assertThat(exact[output]).isCloseTo(0f, againstClosedForm(1e-6f));
            assertThat(Math.abs(varied[output])).isGreaterThan(1e-4f);
        }
    }

    private static float[] scores(CellModel cell, float[] image) {
        LayerWeights weights = Hardware.weights(NETWORK, 3, Cases.random(3)).get(0);
        ChipDesign design = design(NETWORK, CodecKind.DIFFERENTIAL_PAIR, cell, weights);
        ChipInstance chip = TileProgrammer.program(design, 3, 2);
        return DeployedOnBackendTest.scores(
                DeployedNetwork.withExactReadout(design, chip, Parameters.none())
                        .plan(),
                image);
    }
}
