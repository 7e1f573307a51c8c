/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.devices.drift;

import io.synaptile.devices.Age;
import io.synaptile.devices.CellDraws;
import java.util.Objects;

/**
 * Structural relaxation of phase-change cells and everything that falls like a power of time:
 *
 * <pre>
 *   G(t) = G ((t + t0) / t0)^(-nu_i),   nu_i = |N(mu(Gt), sigma(Gt))|
 * </pre>
 *
 * <p>Source: form and absolute value as in the inference noise models of IBM's aihwkit, where t0 is the time between
 * programming and the read that the programmed conductance stands for.
 *
 * @param exponent mu and sigma
 * @param t0Seconds above 0
 */
public record PowerLawDrift(DriftExponent exponent, double t0Seconds) implements Ageing {
    public PowerLawDrift {
        Objects.requireNonNull(exponent);
        if (!(t0Seconds > 0) || Double.isInfinite(t0Seconds)) {
            throw new IllegalArgumentException("drift.t0_s must be above 0, got " + t0Seconds);
        }
    }

    @Override
    public CellDraws.Effect effect() {
        return CellDraws.Effect.DRIFT;
    }

    @Override
    public double aged(double target, double conductance, Age age, CellDraws cell) {
        double nu = exponent.nuMean(target) + exponent.nuSigma(target) * cell.nextGaussian();
        return drifted(conductance, Math.abs(nu), age.seconds());
    }

    /** Conductance after some seconds with a given exponent, uS. */
    public double drifted(double conductance, double nu, double seconds) {
        return conductance * StrictMath.pow((seconds + t0Seconds) / t0Seconds, -nu);
    }
}
