/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.training.variation;

import static org.assertj.core.api.Assertions.assertThat;

import io.synaptile.devices.CellModel;
import io.synaptile.devices.ConductanceRange;
import io.synaptile.devices.ideal.IdealCell;
import io.synaptile.devices.rram.ProgrammingVariation;
import io.synaptile.devices.rram.ReadNoise;
import io.synaptile.devices.rram.RramCell;
import io.synaptile.devices.rram.StuckCells;
import io.synaptile.mapping.codec.DifferentialPair;
import io.synaptile.mapping.codec.TernaryPair;
import io.synaptile.mapping.codec.WeightCodec;
import io.synaptile.mapping.codec.WeightVariation;
import io.synaptile.sim.compute.VariationModel;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class CellVariationTest {
    private static final ConductanceRange RANGE = new ConductanceRange(2f, 40f);

    @Test
    void onlyPairsOfLogNormalOrExactRramCellsAreSaidInNumbers() {
        ProgrammingVariation logNormal = new ProgrammingVariation.LogNormal(0.3, 2);
        assertThat(model(new RramCell(RANGE, 4, logNormal, new ReadNoise.None(), new StuckCells(0.1, 0.2))))
                .hasValueSatisfying(model -> {
                    VariationModel.LogNormalPair pair = (VariationModel.LogNormalPair) model;
                    assertThat(pair.fullScale()).contains(1f);
                    assertThat(pair.steps()).isEqualTo(8);
                    assertThat(pair.slices()).isEqualTo(1);
                    assertThat(pair.sigma()).isEqualTo(0.6);
                    assertThat(pair.conductance()).hasSize(9).startsWith(2f).endsWith(40f);
                    assertThat(pair.stuckOff()).isEqualTo(0.1);
                    assertThat(pair.stuckOn()).isEqualTo(0.2);
                });
        assertThat(model(rram(new ProgrammingVariation.None())).orElseThrow())
                .isInstanceOfSatisfying(
                        VariationModel.LogNormalPair.class,
                        pair -> assertThat(pair.sigma()).isZero());
        assertThat(model(rram(
                        new ProgrammingVariation.Gaussian(0.1, 1, ProgrammingVariation.Gaussian.Reference.TARGET))))
                .isEmpty();
        assertThat(model(new IdealCell(RANGE, 4))).isEmpty();
        RramCell cell = rram(logNormal);
        assertThat(model(new TernaryPair(1f, cell), cell)).isEmpty();
    }

    private static RramCell rram(ProgrammingVariation programming) {
        return new RramCell(RANGE, 4, programming, new ReadNoise.None(), StuckCells.NONE);
    }

    private static Optional<VariationModel> model(CellModel cell) {
        return model(new DifferentialPair(1f, 8, 4, cell), cell);
    }

    private static Optional<VariationModel> model(WeightCodec codec, CellModel cell) {
        return new CellVariation(new WeightVariation(codec, cell, 5)).onDevice();
    }
}
