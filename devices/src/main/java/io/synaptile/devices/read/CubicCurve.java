/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.devices.read;

/**
 * {@code I = G (V - c V^3)}. Source of the form, with c = 0.25: example device of Sandia's CrossSim.
 *
 * @param coefficient c, per square volt
 * @param volts read voltage, above 0
 */
public record CubicCurve(double coefficient, double volts) implements CurrentVoltage {
    public CubicCurve {
        if (!(volts > 0)) {
            throw new IllegalArgumentException("read.voltage_V must be above 0, got " + volts);
        }
        if (!(coefficient * volts * volts < 1) || Double.isInfinite(coefficient)) {
            throw new IllegalArgumentException("iv.cubic_per_V2 must be below 1 / V^2 = " + 1 / (volts * volts)
                    + " at the read voltage, got " + coefficient);
        }
    }

    @Override
    public double effective(double held) {
        return held * (1 - coefficient * volts * volts);
    }
}
