/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.devices.drift;

import io.synaptile.devices.Age;
import io.synaptile.devices.CellDraws;

/**
 * Spread that a write regains afterwards, {@code G(t) = G + (s0 + s1 log10(1 + t / t0)) N(0, 1)}, fast at first and then
 * flat. The form is ours.
 *
 * @param initialSigma s0, uS, at least 0
 * @param sigmaPerDecade s1, uS, at least 0
 * @param t0Seconds above 0
 */
public record LogTimeRelaxation(double initialSigma, double sigmaPerDecade, double t0Seconds) implements Ageing {
    public LogTimeRelaxation {
        requireAtLeastZero("relaxation.sigma_uS", initialSigma);
        requireAtLeastZero("relaxation.sigma_per_decade_uS", sigmaPerDecade);
        if (!(t0Seconds > 0) || Double.isInfinite(t0Seconds)) {
            throw new IllegalArgumentException("relaxation.t0_s must be above 0, got " + t0Seconds);
        }
    }

    private static void requireAtLeastZero(String name, double value) {
        if (!(value >= 0) || Double.isInfinite(value)) {
            throw new IllegalArgumentException(name + " must be at least 0, got " + value);
        }
    }

    @Override
    public CellDraws.Effect effect() {
        return CellDraws.Effect.RELAXATION;
    }

    @Override
    public double aged(double target, double conductance, Age age, CellDraws cell) {
        double sigma = initialSigma + sigmaPerDecade * StrictMath.log10(1 + age.seconds() / t0Seconds);
        return conductance + sigma * cell.nextGaussian();
    }
}
