/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.devices.read;

import io.synaptile.devices.Age;
import io.synaptile.devices.ConductanceRange;
import java.util.Objects;

/**
 * 1/f noise that has gathered since programming, {@code sigma = Q(G) sqrt(ln((t + t0 + tr) / (2 tr))) |G(t)|}.
 *
 * <p>Source: phase-change noise models of IBM's aihwkit, which draw it once per time of evaluation; here every read draws it
 * anew.
 *
 * @param strength Q
 * @param t0Seconds time between programming and age 0, at least 0
 * @param readSeconds tr, above 0
 * @param scale factor on sigma, at least 0
 */
public record OneOverFNoise(Strength strength, double t0Seconds, double readSeconds, double scale)
        implements ReadNoise {
    /** Noise relative to the conductance, by state. */
    @FunctionalInterface
    public interface Strength {
        /** Q for a programmed conductance in uS. */
        double relativeNoise(double programmed);
    }

    public OneOverFNoise {
        Objects.requireNonNull(strength);
        if (!(readSeconds > 0)) {
            throw new IllegalArgumentException("read time must be above 0 s, got " + readSeconds);
        }
        if (!(scale >= 0)) {
            throw new IllegalArgumentException("read_noise.scale must be at least 0, got " + scale);
        }
    }

    @Override
    public double variance(double programmed, double held, Age age, ConductanceRange range) {
        double sigma = scale * sigmaMicrosiemens(programmed, held, age.seconds());
        return sigma * sigma;
    }

    /** Standard deviation before scaling, uS. */
    public double sigmaMicrosiemens(double programmed, double held, double seconds) {
        double growth = StrictMath.log((seconds + t0Seconds + readSeconds) / (2 * readSeconds));
        return strength.relativeNoise(programmed) * Math.sqrt(Math.max(growth, 0)) * Math.abs(held);
    }
}
