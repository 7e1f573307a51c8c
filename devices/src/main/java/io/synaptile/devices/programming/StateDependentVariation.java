/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.devices.programming;

import io.synaptile.devices.ConductanceRange;
import java.util.Objects;

/**
 * Gaussian error whose spread depends on the state, {@code G = Gt + scale sigma(Gt) z}.
 *
 * @param spread sigma(Gt)
 * @param scale factor on sigma
 */
public record StateDependentVariation(StateSpread spread, double scale) implements ProgrammingVariation {
    public StateDependentVariation {
        Objects.requireNonNull(spread);
        Spread.requireAtLeastZero("programming.scale", scale);
    }

    @Override
    public double reached(double target, ConductanceRange range, double z) {
        return target + scale * spread.sigmaMicrosiemens(target) * z;
    }
}
