/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.training.variation;

import io.synaptile.devices.rram.ProgrammingVariation;
import io.synaptile.devices.rram.RramCell;
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

    /** {@inheritDoc} Only a differential pair of log-normal or exact RRAM cells can. */
    @Override
    public Optional<VariationModel> onDevice() {
        if (!(drawn.cell() instanceof RramCell cell)) {
            return Optional.empty();
        }
        return switch (cell.programming()) {
            case ProgrammingVariation.None _ -> drawn.pairCode().map(code -> model(code, cell, 0));
            case ProgrammingVariation.LogNormal(double sigma, double scale) ->
                drawn.pairCode().map(code -> model(code, cell, scale * sigma));
            case ProgrammingVariation.Gaussian _ -> Optional.empty();
        };
    }

    private static VariationModel model(PairCode code, RramCell cell, double sigma) {
        return new VariationModel.LogNormalPair(
                code.fullScale(),
                code.steps(),
                code.sliceBits(),
                code.slices(),
                code.conductance(),
                code.codesPerMicrosiemens(),
                code.tolerance(),
                sigma,
                cell.stuck().off(),
                cell.stuck().on());
    }
}
