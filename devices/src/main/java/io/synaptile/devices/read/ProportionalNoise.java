/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.devices.read;

import io.synaptile.devices.Age;
import io.synaptile.devices.ConductanceRange;

/**
 * Spread that grows with the conductance.
 *
 * @param sigma fraction of the conductance, at least 0
 */
public record ProportionalNoise(double sigma) implements ReadNoise {
    public ProportionalNoise {
        AbsoluteNoise.requireSigma(sigma);
    }

    @Override
    public double variance(double programmed, double held, Age age, ConductanceRange range) {
        double spread = sigma * held;
        return spread * spread;
    }
}
