/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.devices.published;

import io.synaptile.devices.Age;
import io.synaptile.devices.ConductanceRange;
import io.synaptile.devices.drift.SpreadOverTime;
import io.synaptile.devices.read.ReadNoise;

/**
 * Spread of the currents of SONOS cells, {@code sigma = max(A - A exp(-I / B), 0)} nA, with A and B measured 0 to 5 days after
 * programming; between two days linear in time (our choice). The source states currents only: 1 nA stands for 1 nS here, as
 * if read at 1 V.
 *
 * <p>Source: S. Agrawal et al., IEDM 2022, 40 nm SONOS; fit as published in sandialabs/cross-sim. The mean shift of the
 * currents with time, which the source has as well, is not included.
 */
public record SonosSpread() implements SpreadOverTime {
    private static final double DAY_SECONDS = 86_400;
    private static final double NANO_PER_MICRO = 1000;
    /** A in nA, by day. */
    private static final double[] A = {19.88665, 25.59102, 28.72753, 31.04318, 33.76214, 34.57909};
    /** B in nA, by day. */
    private static final double[] B = {176.3115, 186.85544, 193.56834, 198.90332, 204.77023, 207.34309};

    private static final double READ_A = 12.58037; // nA
    private static final double READ_B = 215.36557; // nA

    @Override
    public double firstSeconds() {
        return 0;
    }

    @Override
    public double lastSeconds() {
        return (A.length - 1) * DAY_SECONDS;
    }

    @Override
    public double sigmaMicrosiemens(double target, double seconds) {
        double days = seconds / DAY_SECONDS;
        if (!(days >= 0 && days <= A.length - 1)) {
            throw new IllegalArgumentException(
                    "the spread of SONOS cells is known from 0 to " + lastSeconds() + " s, not at " + seconds + " s");
        }
        int day = (int) Math.min(days, A.length - 2d);
        double low = saturating(target, A[day], B[day]);
        return low + (days - day) * (saturating(target, A[day + 1], B[day + 1]) - low);
    }

    private static double saturating(double conductance, double a, double b) {
        return Math.max(a - a * StrictMath.exp(-conductance * NANO_PER_MICRO / b), 0) / NANO_PER_MICRO;
    }

    /**
     * Read noise of the same form.
     *
     * @param scale factor on sigma, at least 0
     */
    public record Noise(double scale) implements ReadNoise {
        @Override
        public double variance(double programmed, double held, Age age, ConductanceRange range) {
            double sigma = scale * saturating(held, READ_A, READ_B);
            return sigma * sigma;
        }
    }
}
