/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.training.variation;

import io.synaptile.devices.programming.ExactProgramming;
import io.synaptile.devices.programming.GaussianVariation;
import io.synaptile.devices.programming.LogNormalSpread;
import io.synaptile.devices.programming.MeanLogNormalSpread;
import io.synaptile.devices.programming.StateDependentVariation;
import io.synaptile.devices.resistive.ResistiveCell;
import io.synaptile.mapping.codec.PairCode;
import io.synaptile.mapping.codec.WeightVariation;
import io.synaptile.sim.compute.VariationModel;
import io.synaptile.training.transform.WeightPerturbation;
import java.util.Optional;
import java.util.random.RandomGenerator;

/** Variation of the weights of one layer that are written to cells of the hardware by its codec. */
public record CellVariation(WeightVariation drawn) implements WeightPerturbation {
    @Override
    public void perturb(float[] weights, float[] out, RandomGenerator random) {
        drawn.draw(weights, out, random);
    }

    /** {@inheritDoc} Only a differential pair of resistive cells can that are written
     * exactly or with a log-normal error by a single pulse. */
    @Override
    public Optional<VariationModel> onDevice() {
        if (!(drawn.cell() instanceof ResistiveCell cell) || !cell.writing().isPlain()) {
            return Optional.empty();
        }
        return switch (cell.writing().variation()) {
            case ExactProgramming _ -> drawn.pairCode().map(code -> model(code, cell, 0));
            case LogNormalSpread(double sigma, double scale) ->
                drawn.pairCode().map(code -> model(code, cell, scale * sigma));
            case MeanLogNormalSpread _, GaussianVariation _, StateDependentVariation _ -> Optional.empty();
        };
    }

    private static VariationModel model(PairCode code, ResistiveCell cell, double sigma) {
        return new VariationModel.LogNormalPair(
                code.fullScale(),
                code.steps(),
                code.sliceBits(),
                code.slices(),
                code.conductance(),
                code.codesPerMicrosiemens(),
                code.tolerance(),
                sigma,
                cell.writing().stuck().off(),
                cell.writing().stuck().on());
    }
}
