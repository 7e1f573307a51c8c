/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.mapping.chip;

import static org.assertj.core.api.Assertions.assertThat;

import io.synaptile.devices.CellModel;
import io.synaptile.devices.ConductanceRange;
import io.synaptile.devices.PairSense;
import io.synaptile.devices.ShiftedWord;
import io.synaptile.devices.sram.SramShiftCell;
import io.synaptile.devices.ternary.TernaryCell;
import io.synaptile.devices.ternary.TernarySense;
import io.synaptile.mapping.Cases;
import io.synaptile.mapping.Hardware;
import io.synaptile.mapping.Readout;
import io.synaptile.mapping.codec.CodecKind;
import io.synaptile.mapping.codec.LayerWeights;
import io.synaptile.sim.network.Network;
import java.util.Map;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

/** What a cell can do is asked of it, so that a cell of any class can have it. */
class CellCapabilitiesTest {
    private static final Readout IDEAL = new Readout.Ideal();
    private static final ConductanceRange RANGE = new ConductanceRange(1f, 9f);

    /** A cell of a class of its own that does what another does. */
    private record LikeAnother(CellModel other) implements CellModel {
        @Override
        public String id() {
            return "like-another";
        }

        @Override
        public ConductanceRange range() {
            return other.range();
        }

        @Override
        public int levels() {
            return other.levels();
        }

        @Override
        public long program(float[] target, float[] actual, RandomGenerator random) {
            return other.program(target, actual, random);
        }

        @Override
        public Optional<PairSense> pairSense() {
            return other.pairSense();
        }

        @Override
        public Optional<ShiftedWord> shiftedWord() {
            return other.shiftedWord();
        }
    }

    @Test
    void aSenseAmplifierOfAnyCellDecidesForTheStatesOfAPair() {
        CellModel ternary = new TernaryCell(RANGE, 0.1f, 0.5f, Optional.of(new TernarySense(0.3)));
        float[][] sensed = mean(new LikeAnother(ternary), CodecKind.TERNARY_PAIR);

        assertThat(sensed).isDeepEqualTo(mean(ternary, CodecKind.TERNARY_PAIR));
        for (float[] plane : sensed) {
            for (float state : plane) {
                assertThat(state).isIn(1f, 9f);
            }
        }
    }

    @Test
    void aWordOfAnyCellCanBeShifted() {
        CellModel word = new SramShiftCell(3, -1);

        assertThat(mean(new LikeAnother(word), CodecKind.SHIFTED_SRAM))
                .isDeepEqualTo(mean(word, CodecKind.SHIFTED_SRAM));
    }

    private static float[][] mean(CellModel cell, CodecKind codec) {
        Network network = Cases.dense(6, 5);
        Map<Integer, LayerWeights> weights = Map.of(0, new LayerWeights(Cases.real(0.5f, 30, Cases.random(3)), 0));
        ChipDesign design = ChipDesign.of(network, Hardware.allOnTiles(network, 6, 20, codec, 4, cell, IDEAL), weights);
        ChipInstance chip = TileProgrammer.program(design, 1, 0);
        return ColumnReads.of(cell, chip, design.tiles().layers().getFirst(), 0).mean();
    }
}
