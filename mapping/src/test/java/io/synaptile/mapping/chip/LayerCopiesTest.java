/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.mapping.chip;

import static io.synaptile.testing.Tolerance.againstReference;
import static org.assertj.core.api.Assertions.assertThat;

import io.synaptile.devices.Age;
import io.synaptile.devices.CellModel;
import io.synaptile.devices.ConductanceRange;
import io.synaptile.devices.readout.ArrayReadout;
import io.synaptile.devices.readout.NodalReadout;
import io.synaptile.devices.wire.Topology;
import io.synaptile.devices.wire.WireModel;
import io.synaptile.mapping.Cases;
import io.synaptile.mapping.ChipSpec;
import io.synaptile.mapping.ConverterSpread;
import io.synaptile.mapping.DriftingCell;
import io.synaptile.mapping.Hardware;
import io.synaptile.mapping.HardwareSpec;
import io.synaptile.mapping.Readout;
import io.synaptile.mapping.SpreadCell;
import io.synaptile.mapping.TileExecutor;
import io.synaptile.mapping.codec.CodecKind;
import io.synaptile.mapping.codec.LayerWeights;
import io.synaptile.mapping.tile.LayerTiles;
import io.synaptile.sim.compute.LayerActivity;
import io.synaptile.sim.compute.SynapsePlan;
import io.synaptile.sim.network.Extent;
import io.synaptile.sim.network.Layer;
import io.synaptile.sim.network.Network;
import io.synaptile.sim.network.NetworkBuilder;
import io.synaptile.sim.network.Parameters;
import io.synaptile.sim.network.Shape;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every copy of a layer has cells and converters of its own and reads a band of positions. */
class LayerCopiesTest {
    private static final Network NETWORK = network(new Layer.Conv2d(3, 3, 1, 1));
    /** Positions of the convolution. */
    private static final int POSITIONS = 5 * 4;

    /** One that has as many positions, with gaps between the taps of its kernel. */
    private static final Network OBLONG =
            network(new Layer.Conv2d(3, new Extent(3, 2), Extent.square(1), new Extent(2, 1), Extent.square(2)));

    private static Network network(Layer.Conv2d conv) {
        NetworkBuilder builder = new NetworkBuilder("copied", new Shape(2, 5, 4));
        builder.add("conv", conv);
        builder.add("out", new Layer.ReadOut());
        return builder.build();
    }

    private static ChipDesign design(int copies, CellModel cell, Readout readout) {
        return design(NETWORK, copies, cell, readout);
    }

    private static ChipDesign design(Network network, int copies, CellModel cell, Readout readout) {
        ChipSpec chip = ChipSpec.unlimited().with(ChipSpec.Copies.of(Map.of("conv", copies)));
        HardwareSpec hardware = Hardware.allOnTiles(network, 7, 4, CodecKind.DIFFERENTIAL_PAIR, 4, cell, readout)
                .withChip(chip);
        Map<Integer, LayerWeights> weights = Hardware.weights(network, 4, Cases.random(8));
        return ChipDesign.of(network, hardware, weights);
    }

    private static ChipDesign design(int copies) {
        return design(copies, new SpreadCell(2f, 40f, 16, 0.3f), new Readout.Ideal());
    }

    private static SynapsePlan.ArrayPlan plan(ChipDesign design, ChipInstance chip) {
        return DeployedNetwork.withExactReadout(design, chip, Parameters.none())
                .plan()
                .synapses()
                .get(0)
                .arrays()
                .orElseThrow();
    }

    @Test
    void copiesAreProgrammedOnTheirOwnAndTheFirstIsThatOfASingleOne() {
        ProgrammedLayer one = TileProgrammer.program(design(1), 3, 2).layers().get(0);
        ProgrammedLayer three = TileProgrammer.program(design(3), 3, 2).layers().get(0);
        assertThat(one.further()).isEmpty();
        assertThat(three.further()).hasSize(2);
        assertThat(three.conductances()).isDeepEqualTo(one.conductances());
        assertThat(three.copy(1).conductances()[0]).isNotEqualTo(three.copy(0).conductances()[0]);
        assertThat(three.copy(2).conductances()[0]).isNotEqualTo(three.copy(1).conductances()[0]);
        // The tiles of the second copy are those after the tiles of the first.
        LayerTiles tiles = design(3).tiles().layers().getFirst();
        assertThat(tiles.tiles()).isGreaterThan(1);
        assertThat(three.copy(2).errorRmsMicrosiemens()).isNotEqualTo(three.errorRmsMicrosiemens());
    }

    static Stream<Network> networks() {
        return Stream.of(NETWORK, OBLONG);
    }

    /** 20 positions and 3 copies: 0 to 6, 7 to 13, 14 to 19. */
    @ParameterizedTest
    @MethodSource("networks")
    void everyPositionIsReadByItsCopy(Network network) {
        ChipDesign design = design(network, 3, new SpreadCell(2f, 40f, 16, 0.3f), new Readout.Ideal());
        ChipInstance chip = TileProgrammer.program(design, 3, 2);
        SynapsePlan.ArrayPlan plan = plan(design, chip);
        assertThat(plan.copies()).hasSize(3);
        float[] image = Cases.real(1f, NETWORK.input().size(), Cases.random(5));
        float[] scores = DeployedOnBackendTest.scores(
                DeployedNetwork.withExactReadout(design, chip, Parameters.none())
                        .plan(),
                image);
        LayerActivity[] activity = new LayerActivity[3];
        double[][] ofCopy = new double[3][];
        for (int copy = 0; copy < 3; copy++) {
            activity[copy] = new LayerActivity(1);
            ofCopy[copy] = TileExecutor.tiled(network.node(0), plan.copy(copy), image, activity[copy], 0);
        }
        int differing = 0;
        for (int i = 0; i < scores.length; i++) {
            int position = i % POSITIONS;
            int copy = position < 7 ? 0 : position < 14 ? 1 : 2;
            assertThat((double) scores[i]).isCloseTo(ofCopy[copy][i], againstReference(1e-5));
            differing += Math.abs(ofCopy[0][i] - ofCopy[2][i]) > 1e-3 ? 1 : 0;
        }
        assertThat(differing).isPositive();
    }

    @Test
    void copiesAgeAndAreConvertedOnTheirOwn() {
        ChipDesign design = design(
                2,
                new DriftingCell(new ConductanceRange(2f, 40f), 16, 0.1f),
                new Readout.Adc(6, 2, Readout.Adc.Range.CALIBRATED, 99.9, new ConverterSpread(0.1, 0.5, 0), false));
        ChipInstance chip = TileProgrammer.program(design, 3, 2);
        ChipInstance aged = ChipAgeing.at(design, chip, new Age(86400, 300), DriftCompensation.PER_COLUMN);
        ProgrammedLayer layer = aged.layers().get(0);
        assertThat(layer.copy(1).held()[0]).isNotEqualTo(layer.held()[0]);
        assertThat(layer.copy(1).gain(0, 0)).isNotEqualTo(layer.gain(0, 0));
        assertThat(layer.copy(1).age()).isEqualTo(layer.age());
        Map<Integer, SynapsePlan.Converter[]> converters = new TreeMap<>();
        SynapsePlan.Converter[] own = new SynapsePlan.Converter[2];
        Arrays.fill(own, new SynapsePlan.Converter(0f, 0.1f, 64));
        converters.put(0, own);
        SynapsePlan.ArrayPlan plan = DeployedNetwork.of(design, aged, Parameters.none(), converters)
                .plan()
                .synapses()
                .get(0)
                .arrays()
                .orElseThrow();
        assertThat(plan.copy(1).conversion().errors().orElseThrow().gain())
                .isNotEqualTo(plan.copy(0).conversion().errors().orElseThrow().gain());
        assertThat(plan.copy(1).costs().load())
                .isNotEqualTo(plan.copy(0).costs().load());
    }

    @Test
    void readOutsOfArraysSeeTheCellsOfEveryCopy() {
        ChipDesign plain = design(3);
        ArrayReadout nodal = new NodalReadout(new WireModel(Topology.B, 0, 0));
        ChipDesign read = ChipDesign.of(NETWORK, plain.hardware().withArrays(nodal), plain.weights());
        ChipInstance chip = TileProgrammer.program(plain, 3, 2);
        float[] image = Cases.real(1f, NETWORK.input().size(), Cases.random(6));
        float[] summed = DeployedOnBackendTest.scores(
                DeployedNetwork.withExactReadout(plain, chip, Parameters.none()).plan(), image);
        float[] solved = DeployedOnBackendTest.scores(
                DeployedNetwork.withExactReadout(read, chip, Parameters.none()).plan(), image);
        for (int i = 0; i < summed.length; i++) {
            assertThat(solved[i]).isCloseTo(summed[i], againstReference(1e-4f));
        }
    }

    @Test
    void tilesOfFurtherCopiesAreCountedOn() {
        ChipDesign design = design(2);
        ChipInstance chip = TileProgrammer.program(design, 3, 2);
        LayerTiles tiles = design.tiles().layers().getFirst();
        TileConductances first = TileConductances.of(design, tiles.address(1), chip, chip);
        TileConductances second = TileConductances.of(design, tiles.address(tiles.tiles() + 1), chip, chip);
        assertThat(second.target()).containsExactly(first.target());
        assertThat(second.programmed()).hasSameSizeAs(first.programmed()).isNotEqualTo(first.programmed());
        assertThat(second.part().firstRow()).isEqualTo(first.part().firstRow());
    }
}
