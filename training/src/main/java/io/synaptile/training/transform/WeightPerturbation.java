/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.training.transform;

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
}
