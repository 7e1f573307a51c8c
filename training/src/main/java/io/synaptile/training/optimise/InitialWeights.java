/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.training.optimise;

import java.util.random.RandomGenerator;

/** Weights before training. */
public interface InitialWeights {
    /**
     * Fills an array of weights.
     *
     * @param shape {@code [out, in, kh, kw]} or {@code [out, in]}
     */
    void fill(float[] weights, RandomGenerator random, int... shape);
}
