/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.training.optimise;

import java.util.random.RandomGenerator;

/**
 * Initial weights, uniform in +-bound with {@code bound = gain * sqrt(6 / (fanIn + fanOut))}; the fans include the kernel
 * area.
 *
 * <p>Source: X. Glorot and Y. Bengio, "Understanding the difficulty of training deep feedforward neural networks", AISTATS
 * 2010, with a gain; the published BNTT code uses a gain of 2.
 */
public record XavierUniform(double gain) implements InitialWeights {
    public XavierUniform {
        if (!(gain > 0) || Double.isInfinite(gain)) {
            throw new IllegalArgumentException("gain must be above 0, got " + gain);
        }
    }

    /**
     * Largest magnitude for weights of a shape.
     *
     * @param shape {@code [out, in, kh, kw]} or {@code [out, in]}
     */
    public float bound(int... shape) {
        double area = 1;
        for (int i = 2; i < shape.length; i++) {
            area *= shape[i];
        }
        return (float) (gain * StrictMath.sqrt(6 / (area * ((double) shape[0] + shape[1]))));
    }

    @Override
    public void fill(float[] weights, RandomGenerator random, int... shape) {
        float bound = bound(shape);
        for (int i = 0; i < weights.length; i++) {
            weights[i] = bound * (2f * random.nextFloat() - 1f);
        }
    }
}
