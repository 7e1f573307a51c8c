/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.training.transform;

import io.synaptile.sim.compute.VariationModel;
import java.util.Optional;
import java.util.random.RandomGenerator;

/** What writing weights to non-ideal cells makes of them. Called from one thread at a time. */
@FunctionalInterface
public interface WeightPerturbation {
    /**
     * Draws one programming of all weights of a layer.
     *
     * @param weights weights wanted, not changed
     * @param out receives the weights reached; must not be {@code weights}
     * @param random source of variation at the start of its stream, owned by the caller
     */
    void perturb(float[] weights, float[] out, RandomGenerator random);

    /** The same draw as numbers for a device; empty where it cannot be said so. */
    default Optional<VariationModel> onDevice() {
        return Optional.empty();
    }
}
