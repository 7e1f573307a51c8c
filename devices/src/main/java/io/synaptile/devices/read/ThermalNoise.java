/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.devices.read;

import io.synaptile.devices.Age;
import io.synaptile.devices.ConductanceRange;

/**
 * Johnson-Nyquist noise of the cell, {@code sigma_I^2 = 4 kB T G df}, {@code df = 1 / (2 t_read)}, as a spread of {@code G = I
 * / V}. Linear in G, so the cells of a column add up to the noise of their summed conductance. Source: textbook physics.
 *
 * @param volts read voltage, above 0
 * @param readSeconds integration time, above 0
 */
public record ThermalNoise(double volts, double readSeconds) implements ReadNoise {
    /** J/K (SI, exact). */
    private static final double BOLTZMANN = 1.380649e-23;

    public ThermalNoise {
        requirePositive(volts, readSeconds);
    }

    static void requirePositive(double volts, double readSeconds) {
        if (!(volts > 0) || Double.isInfinite(volts)) {
            throw new IllegalArgumentException("read.voltage_V must be above 0, got " + volts);
        }
        if (!(readSeconds > 0) || Double.isInfinite(readSeconds)) {
            throw new IllegalArgumentException("read.time_ns must be above 0, got " + readSeconds * 1e9);
        }
    }

    @Override
    public double variance(double programmed, double held, Age age, ConductanceRange range) {
        double siemens = Math.abs(held) * 1e-6;
        return 4 * BOLTZMANN * age.kelvin() * siemens / (2 * readSeconds) / (volts * volts) * 1e12;
    }
}
