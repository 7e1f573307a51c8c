/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.training.optimise;

import java.util.random.RandomGenerator;

/**
 * Normal initial weights for rectifiers: deviation {@code sqrt(2 / fanOut)}, the fan including the kernel area.
 *
 * <p>Source: K. He et al., "Delving deep into rectifiers", ICCV 2015, section 2.2, in the backward form.
 *
 * @param dense deviation of dense layers instead; 0 for the same rule
 */
public record KaimingNormal(double dense) implements InitialWeights {
    private static final double GAIN = 2;

    public KaimingNormal {
        if (!(dense >= 0) || Double.isInfinite(dense)) {
            throw new IllegalArgumentException("a deviation must be at least 0, got " + dense);
        }
    }

    @Override
    public void fill(float[] weights, RandomGenerator random, int... shape) {
        double fanOut = shape[0];
        for (int i = 2; i < shape.length; i++) {
            fanOut *= shape[i];
        }
        double deviation = shape.length == 2 && dense > 0 ? dense : StrictMath.sqrt(GAIN / fanOut);
        for (int i = 0; i < weights.length; i++) {
            weights[i] = (float) (deviation * random.nextGaussian());
        }
    }
}
