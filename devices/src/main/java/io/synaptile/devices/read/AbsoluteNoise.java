/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.devices.read;

import io.synaptile.devices.Age;
import io.synaptile.devices.ConductanceRange;

/**
 * The same spread for every cell.
 *
 * @param sigma fraction of the largest conductance, at least 0
 */
public record AbsoluteNoise(double sigma) implements ReadNoise {
    public AbsoluteNoise {
        requireSigma(sigma);
    }

    static void requireSigma(double sigma) {
        if (!(sigma >= 0) || Double.isInfinite(sigma)) {
            throw new IllegalArgumentException("read_noise.sigma must be at least 0, got " + sigma);
        }
    }

    @Override
    public double variance(double programmed, double held, Age age, ConductanceRange range) {
        double spread = sigma * range.maxMicrosiemens();
        return spread * spread;
    }
}
