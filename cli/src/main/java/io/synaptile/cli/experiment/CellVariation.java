/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.cli.experiment;

import io.synaptile.mapping.codec.WeightVariation;
import io.synaptile.sim.compute.VariationModel;
import io.synaptile.training.transform.WeightPerturbation;
import java.util.Optional;
import java.util.random.RandomGenerator;

/** Variation of weights that are written to cells of the hardware by its codec. */
record CellVariation(WeightVariation drawn) implements WeightPerturbation {
    @Override
    public void perturb(float[] weights, float[] out, RandomGenerator random) {
        drawn.draw(weights, out, random);
    }

    @Override
    public Optional<VariationModel> onDevice() {
        return drawn.model();
    }
}
