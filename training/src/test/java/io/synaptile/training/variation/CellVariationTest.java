/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.training.variation;

import static org.assertj.core.api.Assertions.assertThat;

import io.synaptile.devices.CellModel;
import io.synaptile.devices.ConductanceRange;
import io.synaptile.devices.fault.Endurance;
import io.synaptile.devices.fault.FaultPattern;
import io.synaptile.devices.fault.StuckCells;
import io.synaptile.devices.ideal.IdealCell;
import io.synaptile.devices.programming.ExactProgramming;
import io.synaptile.devices.programming.GaussianVariation;
import io.synaptile.devices.programming.LogNormalSpread;
import io.synaptile.devices.programming.ProgrammingVariation;
import io.synaptile.devices.programming.RangeSpread;
import io.synaptile.devices.programming.SharedError;
import io.synaptile.devices.programming.SinglePulse;
import io.synaptile.devices.resistive.ResistiveCell;
import io.synaptile.devices.resistive.Writing;
import io.synaptile.mapping.codec.DifferentialPair;
import io.synaptile.mapping.codec.TernaryPair;
import io.synaptile.mapping.codec.WeightCodec;
import io.synaptile.mapping.codec.WeightVariation;
import io.synaptile.sim.compute.VariationModel;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class CellVariationTest {
    private static final ConductanceRange RANGE = new ConductanceRange(2f, 40f);

    @Test
    void onlyPairsOfLogNormalOrExactRramCellsAreSaidInNumbers() {
        ProgrammingVariation logNormal = new LogNormalSpread(0.3, 2);
        assertThat(model(rram(Writing.of(logNormal, new StuckCells(0.1, 0.2))))).hasValueSatisfying(model -> {
            VariationModel.LogNormalPair pair = (VariationModel.LogNormalPair) model;
            assertThat(pair.fullScale()).contains(1f);
            assertThat(pair.steps()).isEqualTo(8);
            assertThat(pair.slices()).isEqualTo(1);
            assertThat(pair.sigma()).isEqualTo(0.6);
            assertThat(pair.conductance()).hasSize(9).startsWith(2f).endsWith(40f);
            assertThat(pair.stuckOff()).isEqualTo(0.1);
            assertThat(pair.stuckOn()).isEqualTo(0.2);
        });
        assertThat(model(rram(new ExactProgramming())).orElseThrow())
                .isInstanceOfSatisfying(
                        VariationModel.LogNormalPair.class,
                        pair -> assertThat(pair.sigma()).isZero());
        assertThat(model(rram(new GaussianVariation(0.1, 1, GaussianVariation.Reference.TARGET))))
                .isEmpty();
        assertThat(model(new IdealCell(RANGE, 4))).isEmpty();
        ResistiveCell cell = rram(logNormal);
        assertThat(model(new TernaryPair(1f, cell), cell)).isEmpty();
    }

    @Test
    void furtherEffectsOfAWriteAreNotSaidInNumbers() {
        ProgrammingVariation exact = new ExactProgramming();
        assertThat(model(rram(new Writing(
                        new RangeSpread(0, 1),
                        exact,
                        SharedError.NONE,
                        new SinglePulse(),
                        StuckCells.NONE,
                        Endurance.FRESH))))
                .isEmpty();
        assertThat(model(rram(new Writing(
                        RangeSpread.NONE,
                        exact,
                        SharedError.NONE,
                        new SinglePulse(),
                        StuckCells.NONE,
                        new Endurance(10, 100, 0.5, 0.5)))))
                .isEmpty();
        assertThat(model(rram(new Writing(
                        RangeSpread.NONE,
                        exact,
                        new SharedError(1, 1, 0),
                        new SinglePulse(),
                        StuckCells.NONE,
                        Endurance.FRESH))))
                .isEmpty();
        for (StuckCells together : List.of(
                new StuckCells(0.1, 0, true, FaultPattern.NONE),
                new StuckCells(0.1, 0, false, new FaultPattern(0.1, 0, 0, 0, 0)))) {
            assertThat(model(rram(Writing.of(exact, together)))).isEmpty();
        }
    }

    private static ResistiveCell rram(ProgrammingVariation programming) {
        return rram(Writing.of(programming, StuckCells.NONE));
    }

    private static ResistiveCell rram(Writing writing) {
        return ResistiveCell.of("rram", RANGE, 16, writing);
    }

    private static Optional<VariationModel> model(CellModel cell) {
        return model(new DifferentialPair(1f, 8, 4, cell), cell);
    }

    private static Optional<VariationModel> model(WeightCodec codec, CellModel cell) {
        return new CellVariation(new WeightVariation(codec, cell, 5)).onDevice();
    }
}
