/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.devices.read;

import io.synaptile.devices.Age;
import io.synaptile.devices.ConductanceRange;

/**
 * Shot noise of the current, {@code sigma_I^2 = 2 q |I| df}, {@code I = G V}, {@code df = 1 / (2 t_read)}, as a spread of
 * {@code G = I / V}. Linear in G, so the cells of a column add up to the noise of their summed current. Source: textbook
 * physics.
 *
 * @param volts read voltage, above 0
 * @param readSeconds integration time, above 0
 */
public record ShotNoise(double volts, double readSeconds) implements ReadNoise {
    /** Elementary charge, C (SI, exact). */
    private static final double CHARGE = 1.602176634e-19;

    public ShotNoise {
        ThermalNoise.requirePositive(volts, readSeconds);
    }

    @Override
    public double variance(double programmed, double held, Age age, ConductanceRange range) {
        double siemens = Math.abs(held) * 1e-6;
        return 2 * CHARGE * siemens / (2 * readSeconds) / volts * 1e12;
    }
}
