/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.devices.programming;

import io.synaptile.devices.ConductanceRange;

/**
 * {@code G = Gt exp(s z - s^2 / 2)} with {@code s = scale sigma}: the mean is the target, the relative standard deviation
 * {@code sqrt(exp(s^2) - 1)}.
 *
 * @param sigma standard deviation of ln(G / Gt)
 * @param scale factor on sigma
 */
public record MeanLogNormalSpread(double sigma, double scale) implements ProgrammingVariation {
    public MeanLogNormalSpread {
        Spread.requireAtLeastZero("programming.sigma", sigma);
        Spread.requireAtLeastZero("programming.scale", scale);
    }

    @Override
    public double reached(double target, ConductanceRange range, double z) {
        double s = scale * sigma;
        return target * StrictMath.exp(s * z - s * s / 2);
    }
}
