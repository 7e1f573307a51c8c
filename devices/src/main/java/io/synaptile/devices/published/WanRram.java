/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.devices.published;

import io.synaptile.devices.drift.SpreadOverTime;
import io.synaptile.devices.programming.PolynomialSpread;
import java.util.List;

/**
 * Relaxation of HfOx RRAM: total spread around the target 1 s, 1 day and 2 days after programming as polynomials of x = G /
 * Gmax; between these times linear in ln t (our choice, the source has no others).
 *
 * <p>Source: W. Wan et al., Nature 608, 2022, as implemented in the {@code ReRamWan2022NoiseModel} of IBM's aihwkit, which is
 * meant for Gmax = 40 uS and does not rescale.
 *
 * @param maxMicrosiemens Gmax, above 0
 */
public record WanRram(double maxMicrosiemens) implements SpreadOverTime {
    /** Gmax of the source, uS. */
    public static final double SOURCE_MAX = 40;

    private static final double DAY = 86_400;
    private static final double[] SECONDS = {1, DAY, 2 * DAY};
    private static final List<PolynomialSpread> SIGMA = List.of( // of x, uS
            new PolynomialSpread(List.of(0.348, 16.030, -43.853, 45.393, -16.815), 1),
            new PolynomialSpread(List.of(0.701, 22.086, -50.773, 47.095, -16.458), 1),
            new PolynomialSpread(List.of(0.782, 20.274, -43.507, 37.062, -11.934), 1));

    public WanRram {
        NandakumarPcm.requireMax(maxMicrosiemens);
    }

    @Override
    public double firstSeconds() {
        return SECONDS[0];
    }

    @Override
    public double lastSeconds() {
        return SECONDS[SECONDS.length - 1];
    }

    @Override
    public double sigmaMicrosiemens(double target, double seconds) {
        if (!(seconds >= firstSeconds() && seconds <= lastSeconds())) {
            throw new IllegalArgumentException("the spread of Wan 2022 RRAM is known from " + firstSeconds() + " to "
                    + lastSeconds() + " s, not at " + seconds + " s");
        }
        double x = target / maxMicrosiemens;
        int after = 1;
        while (seconds > SECONDS[after]) {
            after++;
        }
        double low = SIGMA.get(after - 1).sigmaMicrosiemens(x);
        double high = SIGMA.get(after).sigmaMicrosiemens(x);
        double part =
                StrictMath.log(seconds / SECONDS[after - 1]) / StrictMath.log(SECONDS[after] / SECONDS[after - 1]);
        return part == 1 ? high : low + part * (high - low);
    }
}
