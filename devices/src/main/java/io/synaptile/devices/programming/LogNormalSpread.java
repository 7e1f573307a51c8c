/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.devices.programming;

import io.synaptile.devices.ConductanceRange;

/**
 * {@code G = Gt exp(scale sigma z)}: the median is the target.
 *
 * @param sigma standard deviation of ln(G / Gt)
 * @param scale factor on sigma; 0 switches the variation off, 2 doubles it
 */
public record LogNormalSpread(double sigma, double scale) implements ProgrammingVariation {
    public LogNormalSpread {
        Spread.requireAtLeastZero("programming.sigma", sigma);
        Spread.requireAtLeastZero("programming.scale", scale);
    }

    @Override
    public double reached(double target, ConductanceRange range, double z) {
        return target * StrictMath.exp(scale * sigma * z);
    }
}
