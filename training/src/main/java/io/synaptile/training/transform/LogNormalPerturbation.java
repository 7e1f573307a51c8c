/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.training.transform;

import io.synaptile.sim.compute.VariationModel;
import java.util.Objects;
import java.util.Optional;
import java.util.random.RandomGenerator;

/**
 * Log-normal variation of a whole weight, {@code w * exp(sigma * z)} with an independent standard normal z per weight, then
 * saturated. One normal is drawn per weight in array order, also where sigma is 0.
 *
 * <p>Source: RRAM model of the published BNTT code's variation-aware fork and its sigma table,
 * with {@link Saturation.SignedExtremes} there.
 *
 * @param sigma standard deviation of the logarithm of the conductance ratio, at least 0
 */
public record LogNormalPerturbation(double sigma, Saturation saturation) implements WeightPerturbation {
    public LogNormalPerturbation {
        Objects.requireNonNull(saturation);
        if (!(sigma >= 0) || Double.isInfinite(sigma)) {
            throw new IllegalArgumentException("sigma must be at least 0, got " + sigma);
        }
    }

    /**
     * The table's variation for a number of bits per cell, with magnitudes capped at a full scale of 1.
     *
     * @param bits 1, 2, 3, 4 or 8
     * @param scale factor on sigma, at least 0; 0 switches the variation off
     */
    public static LogNormalPerturbation rram(int bits, double scale) {
        return new LogNormalPerturbation(sigma(bits) * scale, new Saturation.Symmetric(1f));
    }

    /**
     * Standard deviation of the logarithm of the conductance ratio of RRAM with 2^bits levels.
     *
     * @throws IllegalArgumentException for other widths than 1, 2, 3, 4 and 8, which the table lacks
     */
    public static double sigma(int bits) {
        return switch (bits) {
            case 1 -> 0.08164;
            case 2 -> 0.12542;
            case 3 -> 0.2062;
            case 4 -> 0.34597;
            case 8 -> 0.369039;
            default ->
                throw new IllegalArgumentException(
                        "variation sigma is known for 1, 2, 3, 4 and 8 bits, got " + bits + "; state a sigma instead");
        };
    }

    @Override
    public void perturb(float[] weights, float[] out, RandomGenerator random) {
        for (int i = 0; i < weights.length; i++) {
            out[i] = weights[i] * (float) StrictMath.exp(sigma * random.nextGaussian());
        }
        saturation.apply(weights, out);
    }

    @Override
    public Optional<VariationModel> onDevice() {
        return Optional.of(new VariationModel.LogNormalWeight(sigma, saturation.onDevice()));
    }
}
