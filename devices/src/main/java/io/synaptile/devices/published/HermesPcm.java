/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.devices.published;

import io.synaptile.devices.drift.DriftExponent;
import io.synaptile.devices.programming.PolynomialSpread;
import io.synaptile.devices.programming.StateSpread;
import io.synaptile.devices.read.OneOverFNoise;
import java.util.List;

/**
 * Phase-change cells of the HERMES chip with one or two devices per cell, x = G / Gmax. The equations stand beside the
 * branches below; a fit for small x is clamped, the polynomial above is not.
 *
 * <p>Sources: M. Le Gallo et al., Nature Electronics 2023; R. Khaddam-Aljameh et al., 2022; A. Vasilopoulos et al., 2023; as
 * implemented in the {@code PCMLike} models of IBM's aihwkit for that chip.
 *
 * @param devices 1 or 2 in parallel
 * @param maxMicrosiemens Gmax, 10.35 uS for one device and 20.7 uS for two in the source
 */
public record HermesPcm(int devices, double maxMicrosiemens)
        implements StateSpread, DriftExponent, OneOverFNoise.Strength {
    /** Length of a read, s. */
    public static final double READ_SECONDS = 512e-9;

    private static final PolynomialSpread SIGMA_ONE =
            new PolynomialSpread(List.of(0.15781817, 2.32443916, -2.16310839, 0.68841818), 1); // of x, uS
    private static final PolynomialSpread SIGMA_TWO =
            new PolynomialSpread(List.of(0.16603222, 4.71806468, -8.48101252, 4.68961419), 1); // of x, uS

    public HermesPcm {
        if (devices != 1 && devices != 2) {
            throw new IllegalArgumentException("HERMES cells have 1 or 2 devices, got " + devices);
        }
        NandakumarPcm.requireMax(maxMicrosiemens);
    }

    /** Cells as in the source. */
    public static HermesPcm of(int devices) {
        return new HermesPcm(devices, sourceMax(devices));
    }

    /** Gmax of the source, uS. */
    public static double sourceMax(int devices) {
        return devices == 1 ? 10.35 : 20.7;
    }

    /** Time between programming and the read that the programmed conductance stands for, s. */
    public double t0Seconds() {
        return devices == 1 ? 200 : 300;
    }

    private double state(double target) {
        return Math.max(Math.abs(target / maxMicrosiemens), NandakumarPcm.SMALLEST_STATE);
    }

    @Override
    public double sigmaMicrosiemens(double target) {
        PolynomialSpread sigma = devices == 1 ? SIGMA_ONE : SIGMA_TWO;
        return maxMicrosiemens / sourceMax(devices) * sigma.sigmaMicrosiemens(target / maxMicrosiemens);
    }

    @Override
    public double nuMean(double target) {
        double x = state(target);
        return x < 0.0945
                ? Math.clamp(-0.0387 * StrictMath.log(x) - 0.0182, 0.0720, 0.13)
                : -0.0436 * x * x - 0.0126 * x + 0.0736;
    }

    @Override
    public double nuSigma(double target) {
        double x = state(target);
        if (devices == 1) {
            return x < 0.3039
                    ? Math.clamp(-0.0120 * StrictMath.log(x) - 0.0023, 0.0124, 0.04)
                    : -0.0165 * x * x + 0.0116 * x + 0.0104;
        }
        return x < 0.3055
                ? Math.clamp(-0.0117 * StrictMath.log(x) - 0.0057, 0.0091, 0.04)
                : -0.0118 * x * x + 0.0093 * x + 0.0073;
    }

    @Override
    public double relativeNoise(double programmed) {
        double x = state(programmed);
        if (devices == 1) {
            return x < 0.1591
                    ? Math.clamp(-0.0078 * StrictMath.log(x) + 0.0038, 0.0179, 0.04)
                    : 0.0664 * x * x * x - 0.1352 * x * x + 0.0768 * x + 0.0088;
        }
        return x < 0.16
                ? Math.clamp(-0.0117 * StrictMath.log(x) - 0.0069, 0.015, 0.04)
                : 0.0069 * x * x * x - 0.0280 * x * x + 0.0211 * x + 0.0123;
    }
}
