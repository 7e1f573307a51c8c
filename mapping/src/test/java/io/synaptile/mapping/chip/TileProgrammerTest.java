/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.mapping.chip;

import static io.synaptile.testing.Tolerance.againstClosedForm;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.synaptile.mapping.Cases;
import io.synaptile.mapping.ExactCell;
import io.synaptile.mapping.Hardware;
import io.synaptile.mapping.HardwareSpec;
import io.synaptile.mapping.LayerCells;
import io.synaptile.mapping.LayerPlaces;
import io.synaptile.mapping.Readout;
import io.synaptile.mapping.SpreadCell;
import io.synaptile.mapping.TileSize;
import io.synaptile.mapping.codec.CodecKind;
import io.synaptile.mapping.codec.LayerWeights;
import io.synaptile.sim.network.Network;
import io.synaptile.sim.random.NoiseStream;
import io.synaptile.sim.random.Purpose;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class TileProgrammerTest {
    private static final SpreadCell CELL = new SpreadCell(2f, 40f, 16, 0.1f);
    private final Network network = Cases.network(Cases.random(1));
    private final Map<Integer, LayerWeights> weights = Hardware.weights(network, 4, Cases.random(2));
    private final ChipDesign design = Hardware.pairs(network, 7, 9, CELL, weights);

    @Test
    void chipThreeProgrammedTwiceIsTheSameChip() {
        ChipInstance first = TileProgrammer.program(design, 11, 3);
        ChipInstance second = TileProgrammer.program(design, 11, 3);
        first.layers()
                .forEach((node, layer) ->
                        assertThat(second.layers().get(node).conductances()).isDeepEqualTo(layer.conductances()));
    }

    @Test
    void chipsAndSeedsDiffer() {
        float[][] third = TileProgrammer.program(design, 11, 3).layers().get(0).conductances();
        assertThat(TileProgrammer.program(design, 11, 4).layers().get(0).conductances()[0])
                .isNotEqualTo(third[0]);
        assertThat(TileProgrammer.program(design, 12, 3).layers().get(0).conductances()[0])
                .isNotEqualTo(third[0]);
    }

    @Test
    void aTileDoesNotDependOnWhatElseIsOnTheChip() {
        HardwareSpec onlySecond = new HardwareSpec(
                new TileSize(7, 9),
                new LayerCells(CodecKind.DIFFERENTIAL_PAIR, 4, CELL),
                new Readout.Ideal(),
                true,
                new LayerPlaces(Set.of("conv2"), 0));
        int conv2 = network.find("conv2").orElseThrow().id();
        ChipInstance alone = TileProgrammer.program(ChipDesign.of(network, onlySecond, weights), 11, 3);
        assertThat(alone.layers()).containsOnlyKeys(conv2);
        assertThat(alone.layers().get(conv2).conductances())
                .isDeepEqualTo(TileProgrammer.program(design, 11, 3)
                        .layers()
                        .get(conv2)
                        .conductances());
    }

    @Test
    void cellsOfATileDrawInTheOrderRowOutputColumn() {
        // 3 rows, 2 outputs of 2 columns; tiles of 2 rows and 4 columns: tile 1 holds row 2.
        Network dense = Cases.dense(3, 2);
        Map<Integer, LayerWeights> ones = Map.of(0, new LayerWeights(new float[] {1f, 1f, 1f, 1f, 1f, 1f}, 1));
        float[][] reached = TileProgrammer.program(Hardware.pairs(dense, 2, 4, CELL, ones), 5, 6)
                .layers()
                .get(0)
                .conductances();
        NoiseStream stream = NoiseStream.of(5, Purpose.PROGRAMMING, 0, 1, 6);
        float[] target = {40f, 2f, 40f, 2f};
        CELL.program(target, target, stream);
        assertThat(new float[] {reached[0][4], reached[1][4], reached[0][5], reached[1][5]})
                .containsExactly(target);
    }

    @Test
    void errorIsTheRootMeanSquareOverAllCells() {
        ChipInstance chip = TileProgrammer.program(design, 11, 3);
        ChipInstance target = TileProgrammer.onTarget(design);
        chip.layers().forEach((node, layer) -> {
            float[][] wanted = target.layers().get(node).conductances();
            double squares = 0;
            int cells = 0;
            for (int p = 0; p < wanted.length; p++) {
                for (int i = 0; i < wanted[p].length; i++) {
                    squares += Math.pow(layer.conductances()[p][i] - (double) wanted[p][i], 2);
                    cells++;
                }
            }
            assertThat(layer.errorRmsMicrosiemens())
                    .isPositive()
                    .isEqualTo(Math.sqrt(squares / cells), againstClosedForm(1e-5));
        });
    }

    @Test
    void exactCellsReachTheirTargets() {
        ChipDesign exact = Hardware.pairs(network, 7, 9, new ExactCell(2f, 40f, 16), weights);
        ChipInstance target = TileProgrammer.onTarget(exact);
        TileProgrammer.program(exact, 1, 0).layers().forEach((node, layer) -> {
            assertThat(layer.errorRmsMicrosiemens()).isZero();
            assertThat(layer.conductances())
                    .isDeepEqualTo(target.layers().get(node).conductances());
        });
    }

    @Test
    void missingWeightsAndUnknownLayersAreRefused() {
        assertThatThrownBy(() -> Hardware.pairs(network, 7, 9, CELL, Map.of()))
                .hasMessageContaining("layer conv1: no weights");
        HardwareSpec unknown = new HardwareSpec(
                new TileSize(7, 9),
                new LayerCells(CodecKind.DIFFERENTIAL_PAIR, 4, CELL),
                new Readout.Ideal(),
                true,
                new LayerPlaces(Set.of("conv9"), 0));
        assertThatThrownBy(() -> ChipDesign.of(network, unknown, weights)).hasMessageContaining("'conv9'");
        assertThatThrownBy(() -> TileProgrammer.program(design, 1, -1)).hasMessageContaining("at least 0, got -1");
    }
}
