/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.devices.published;

import io.synaptile.devices.drift.DriftExponent;
import io.synaptile.devices.programming.PolynomialSpread;
import io.synaptile.devices.programming.StateSpread;
import io.synaptile.devices.read.OneOverFNoise;
import java.util.List;

/**
 * Phase-change cells, x = G / Gmax:
 *
 * <pre>
 *   sigma_prog = (Gmax / 25) max(0.26348 + 1.9650 x - 1.1731 x^2, 0)          uS
 *   mu_nu      = clamp(-0.0155 ln x + 0.0244, 0.049, 0.1)
 *   sigma_nu   = clamp(-0.0125 ln x - 0.0059, 0.008, 0.045)
 *   Q          = min(0.0088 / max(x^0.65, 1e-3), 0.2)
 * </pre>
 *
 * <p>Source: S. R. Nandakumar et al., "Phase-change memory models for deep learning training and inference", ICECS 2019, as
 * implemented in the {@code PCMLikeNoiseModel} of IBM's aihwkit.
 *
 * @param maxMicrosiemens Gmax, 25 uS in the source
 */
public record NandakumarPcm(double maxMicrosiemens) implements StateSpread, DriftExponent, OneOverFNoise.Strength {
    /** Gmax of the source, uS. */
    public static final double SOURCE_MAX = 25;

    /** Time between programming and the read that the programmed conductance stands for, s. */
    public static final double T0_SECONDS = 20;

    /** Length of a read, s. */
    public static final double READ_SECONDS = 250e-9;

    /** Keeps the logarithm of an empty cell finite, as the source does. */
    static final double SMALLEST_STATE = 1e-7;

    private static final PolynomialSpread SIGMA =
            new PolynomialSpread(List.of(0.26348, 1.9650, -1.1731), 1); // of x, uS at Gmax = 25 uS

    public NandakumarPcm {
        requireMax(maxMicrosiemens);
    }

    static void requireMax(double maxMicrosiemens) {
        if (!(maxMicrosiemens > 0) || Double.isInfinite(maxMicrosiemens)) {
            throw new IllegalArgumentException("Gmax must be above 0 uS, got " + maxMicrosiemens);
        }
    }

    private double lnState(double target) {
        return StrictMath.log(Math.max(Math.abs(target / maxMicrosiemens), SMALLEST_STATE));
    }

    @Override
    public double sigmaMicrosiemens(double target) {
        return maxMicrosiemens / SOURCE_MAX * SIGMA.sigmaMicrosiemens(target / maxMicrosiemens);
    }

    @Override
    public double nuMean(double target) {
        return Math.clamp(-0.0155 * lnState(target) + 0.0244, 0.049, 0.1);
    }

    @Override
    public double nuSigma(double target) {
        return Math.clamp(-0.0125 * lnState(target) - 0.0059, 0.008, 0.045);
    }

    @Override
    public double relativeNoise(double programmed) {
        double root = StrictMath.pow(Math.abs(programmed) / maxMicrosiemens, 0.65);
        return Math.min(0.0088 / Math.max(root, 1e-3), 0.2);
    }
}
