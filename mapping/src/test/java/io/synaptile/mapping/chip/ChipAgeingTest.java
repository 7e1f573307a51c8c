/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.mapping.chip;

import static io.synaptile.testing.Tolerance.againstClosedForm;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.synaptile.devices.Age;
import io.synaptile.devices.ConductanceRange;
import io.synaptile.mapping.Cases;
import io.synaptile.mapping.DriftingCell;
import io.synaptile.mapping.Hardware;
import io.synaptile.mapping.HardwareSpec;
import io.synaptile.mapping.Readout;
import io.synaptile.mapping.codec.CodecKind;
import io.synaptile.mapping.codec.LayerWeights;
import io.synaptile.mapping.tile.LayerTiles;
import io.synaptile.sim.compute.LayerArrays;
import io.synaptile.sim.network.Network;
import io.synaptile.sim.network.Parameters;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ChipAgeingTest {
    private static final Age DAY = new Age(86_400, Age.ROOM_KELVIN);
    private static final ConductanceRange RANGE = new ConductanceRange(2f, 40f);
    private final Network network = Cases.network(Cases.random(1));
    private final Map<Integer, LayerWeights> weights = Hardware.weights(network, 4, Cases.random(2));

    private ChipDesign design(CodecKind codec, float largestExponent) {
        HardwareSpec hardware = Hardware.allOnTiles(
                network, 7, 20, codec, 4, new DriftingCell(RANGE, 17, largestExponent), new Readout.Ideal());
        return ChipDesign.of(network, hardware, weights);
    }

    @Test
    void aNewChipIsItself() {
        ChipDesign design = design(CodecKind.DIFFERENTIAL_PAIR, 0.1f);
        ChipInstance chip = TileProgrammer.program(design, 11, 3);
        assertThat(ChipAgeing.at(design, chip, Age.NONE, DriftCompensation.GLOBAL))
                .isSameAs(chip);
    }

    @Test
    void aCellFollowsOneCurve() {
        ChipDesign design = design(CodecKind.DUMMY_COLUMN, 0.1f);
        ChipInstance chip = TileProgrammer.program(design, 11, 3);
        ChipInstance day = ChipAgeing.at(design, chip, DAY, DriftCompensation.NONE);
        ChipInstance again = ChipAgeing.at(design, chip, DAY, DriftCompensation.NONE);
        ChipInstance year = ChipAgeing.at(design, chip, new Age(365 * 86_400, 300), DriftCompensation.NONE);
        double logarithm = Math.log1p(365 * 86_400) / Math.log1p(86_400);
        chip.layers().forEach((node, layer) -> {
            assertThat(again.layers().get(node).held())
                    .isDeepEqualTo(day.layers().get(node).held());
            for (int p = 0; p < layer.conductances().length; p++) {
                for (int i = 0; i < layer.conductances()[p].length; i++) {
                    double lost = Math.log(
                            layer.conductances()[p][i] / day.layers().get(node).held()[p][i]);
                    double later = Math.log(
                            layer.conductances()[p][i] / year.layers().get(node).held()[p][i]);
                    assertThat(later).isEqualTo(lost * logarithm, againstClosedForm(1e-5));
                }
            }
        });
        assertThat(ChipAgeing.at(design, TileProgrammer.program(design, 11, 4), DAY, DriftCompensation.NONE)
                        .layers()
                        .get(0)
                        .held()[0])
                .isNotEqualTo(day.layers().get(0).held()[0]);
    }

    @Test
    void columnsOfATileAgeOnce() {
        ChipDesign design = design(CodecKind.DUMMY_COLUMN, 0.1f);
        ChipInstance day = ChipAgeing.at(design, TileProgrammer.program(design, 11, 3), DAY, DriftCompensation.NONE);
        design.tiles().layers().forEach(tiles -> {
            float[] dummy = day.layers().get(tiles.layer()).held()[1];
            for (int i = 0; i < dummy.length; i++) {
                int output = i % tiles.outputs();
                int first = i - output % tiles.outputsPerTile();
                assertThat(dummy[i]).isEqualTo(dummy[first]);
            }
        });
    }

    /** Where all cells lose the same share, one factor per layer undoes it, and so does one per column. */
    @Test
    void commonDriftIsUndone() {
        // Exponents of 0.1 x u are not common, so the common part is made by hand: all cells at half.
        ChipDesign design = design(CodecKind.DIFFERENTIAL_PAIR, 0f);
        ChipInstance chip = TileProgrammer.program(design, 11, 3);
        float[][] programmed = chip.layers().get(0).conductances();
        float[][] half = new float[programmed.length][programmed[0].length];
        for (int p = 0; p < half.length; p++) {
            for (int i = 0; i < half[p].length; i++) {
                half[p][i] = programmed[p][i] / 2;
            }
        }
        LayerTiles tiles = design.tiles().layer(0).orElseThrow();
        for (DriftCompensation kind :
                new DriftCompensation[] {DriftCompensation.GLOBAL, DriftCompensation.PER_COLUMN}) {
            float[][] gains =
                    kind.gains(programmed, half, design.codecs().get(0).columnGain(), tiles);
            for (float[] plane : gains) {
                assertThat(plane).hasSize(tiles.outputs()).containsOnly(2f);
            }
        }
    }

    @Test
    void compensationBringsWeightsBackAndScalesReadNoise() {
        ChipDesign design = design(CodecKind.DIFFERENTIAL_PAIR, 0.1f);
        ChipInstance chip = TileProgrammer.program(design, 11, 3);
        double none = error(design, chip, DriftCompensation.NONE);
        double global = error(design, chip, DriftCompensation.GLOBAL);
        double perColumn = error(design, chip, DriftCompensation.PER_COLUMN);
        assertThat(global).isLessThan(none);
        assertThat(perColumn).isLessThan(none);
        ChipInstance aged = ChipAgeing.at(design, chip, DAY, DriftCompensation.PER_COLUMN);
        ProgrammedLayer layer = aged.layers().get(0);
        float gain = layer.gain(0, 0);
        assertThat(gain).isGreaterThan(1f);
        LayerArrays plan = DeployedNetwork.withExactReadout(design, aged, Parameters.none())
                .plan()
                .synapses()
                .get(0)
                .arrays()
                .orElseThrow()
                .first();
        float sigma = 0.01f * layer.held()[0][0] * gain * design.codecs().get(0).valuePerMicrosiemens();
        assertThat(plan.cells().variance()[0][0]).isEqualTo(sigma * sigma);
        assertThat(plan.cells().values()[0][0]).isEqualTo(design.codecs().get(0).cellValue(layer.held()[0][0] * gain));
    }

    private double error(ChipDesign design, ChipInstance chip, DriftCompensation compensation) {
        ChipInstance aged = ChipAgeing.at(design, chip, DAY, compensation);
        double error = 0;
        for (Map.Entry<Integer, float[]> layer :
                EffectiveWeights.of(design, aged).entrySet()) {
            float[] written = weights.get(layer.getKey()).values();
            for (int i = 0; i < written.length; i++) {
                error += Math.abs(layer.getValue()[i] - written[i]);
            }
        }
        return error;
    }

    @Test
    void agesWithoutDataAreRefusedWithTheLayer() {
        ChipDesign design = design(CodecKind.DIFFERENTIAL_PAIR, 0.1f);
        ChipInstance chip = TileProgrammer.program(design, 11, 3);
        assertThatThrownBy(() -> ChipAgeing.at(design, chip, new Age(1, 500), DriftCompensation.NONE))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("layer conv1: no data above 400 K, got 500.0");
    }
}
