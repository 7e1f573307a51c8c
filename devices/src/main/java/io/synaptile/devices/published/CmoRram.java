/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.devices.published;

import io.synaptile.devices.Age;
import io.synaptile.devices.CellDraws;
import io.synaptile.devices.ConductanceRange;
import io.synaptile.devices.drift.Ageing;
import io.synaptile.devices.programming.PolynomialSpread;
import io.synaptile.devices.read.ReadNoise;

/**
 * RRAM with a conductive metal oxide layer (CMO/HfOx), G and sigma in uS, t in s:
 *
 * <pre>
 *   sigma_prog = 0.00081107 + 0.00106879 G       accepted within 0.2 %
 *   sigma_prog = 0.0112185391 + 0.01129027418 G  accepted within 2 %
 *   G(t)       = clamp(G - 0.08900206 ln t + (0.04201137 ln t + 0.41183342) N(0, 1), 9, 88.2)
 *   sigma_read = 0.0277316483 log10(G) sqrt(ln((t + 1us) / 2us))
 * </pre>
 *
 * <p>Source: D. F. Falcone et al. 2025 and T. Lombardo et al. 2024, as implemented in the {@code ReRamCMONoiseModel} of IBM's
 * aihwkit.
 */
public final class CmoRram {
    /** Range of the fits. */
    public static final ConductanceRange RANGE = new ConductanceRange(9f, 88.2f);

    /** Accepted distance from the target while programming. */
    public enum Acceptance {
        PERCENT_0_2(0.2, PolynomialSpread.ofMicrosiemens(0.00081107, 0.00106879)),
        PERCENT_2(2, PolynomialSpread.ofMicrosiemens(0.0112185391, 0.01129027418));

        private final double percent;
        private final PolynomialSpread spread;

        Acceptance(double percent, PolynomialSpread spread) {
            this.percent = percent;
            this.spread = spread;
        }

        /** Spread of the programmed conductance. */
        public PolynomialSpread spread() {
            return spread;
        }

        /**
         * The acceptance of a percentage.
         *
         * @throws IllegalArgumentException if it has no fit
         */
        public static Acceptance of(double percent) {
            for (Acceptance acceptance : values()) {
                if (acceptance.percent == percent) {
                    return acceptance;
                }
            }
            throw new IllegalArgumentException("acceptance must be 0.2 or 2 %, got " + percent);
        }
    }

    private static final double MEAN_PER_LN_SECOND = -0.08900206; // uS
    private static final double SIGMA_PER_LN_SECOND = 0.04201137; // uS
    private static final double SIGMA_AT_ONE_SECOND = 0.41183342; // uS
    private static final double NOISE = 0.0277316483; // uS
    private static final double READ_SECONDS = 1e-6;
    private static final double LOWEST = 9; // uS
    private static final double HIGHEST = 88.2; // uS

    private CmoRram() {}

    /** Mean conductance some seconds after programming, uS. */
    public static double relaxedMean(double conductance, double seconds) {
        return relaxed(conductance, seconds, 0);
    }

    /** Spread that relaxation adds, uS. */
    public static double relaxedSigma(double seconds) {
        return SIGMA_PER_LN_SECOND * StrictMath.log(seconds) + SIGMA_AT_ONE_SECOND;
    }

    /** Spread of a read some seconds after programming, uS. */
    public static double readSigma(double conductance, double seconds) {
        double growth = StrictMath.log((seconds + READ_SECONDS) / (2 * READ_SECONDS));
        return NOISE * StrictMath.log10(Math.max(conductance, 1)) * Math.sqrt(Math.max(growth, 0));
    }

    private static double relaxed(double conductance, double seconds, double z) {
        double moved = conductance + MEAN_PER_LN_SECOND * StrictMath.log(seconds) + relaxedSigma(seconds) * z;
        return Math.clamp(moved, LOWEST, HIGHEST);
    }

    /** Relaxation; an age below 1 s, where the fit begins, is the programmed state. */
    public record Relaxation() implements Ageing {
        @Override
        public CellDraws.Effect effect() {
            return CellDraws.Effect.RELAXATION;
        }

        @Override
        public double aged(double target, double conductance, Age age, CellDraws cell) {
            double z = cell.nextGaussian();
            return age.seconds() < 1 ? conductance : relaxed(conductance, age.seconds(), z);
        }
    }

    /**
     * Read noise; a read before 1 s is as noisy as one at 1 s.
     *
     * @param scale factor on sigma, at least 0
     */
    public record Noise(double scale) implements ReadNoise {
        @Override
        public double variance(double programmed, double held, Age age, ConductanceRange range) {
            double sigma = scale * readSigma(held, Math.max(age.seconds(), 1));
            return sigma * sigma;
        }
    }
}
