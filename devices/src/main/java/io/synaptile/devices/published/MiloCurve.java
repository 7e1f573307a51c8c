/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.devices.published;

import io.synaptile.devices.read.CurrentVoltage;

/**
 * Current of the RRAM of Milo et al. 2021, {@code I = G V + N2(G) V^2 + N3(G) V^3} in SI units, with polynomials in x = log10 G:
 *
 * <pre>
 *   N2 = 1.388e-4 x^3 + 1.541e-3 x^2 + 5.711e-3 x + 7.063e-3
 *   N3 = 8.8710e-5 x^2 + 6.7919e-4 x + 1.2968e-3
 * </pre>
 *
 * <p>Valid to 0.5 V. Source: fit published in sandialabs/cross-sim for V. Milo et al., IRPS 2021.
 *
 * @param volts read voltage, above 0 and at most 0.5
 */
public record MiloCurve(double volts) implements CurrentVoltage {
    private static final double HIGHEST_VOLTS = 0.5;

    public MiloCurve {
        if (!(volts > 0 && volts <= HIGHEST_VOLTS)) {
            throw new IllegalArgumentException(
                    "read.voltage_V must be above 0 and at most 0.5 for iv.kind milo2021, got " + volts);
        }
    }

    @Override
    public double effective(double held) {
        if (held <= 0) {
            return 0;
        }
        double x = StrictMath.log10(held * 1e-6);
        double second = ((1.388e-4 * x + 1.541e-3) * x + 5.711e-3) * x + 7.063e-3;
        double third = (8.8710e-5 * x + 6.7919e-4) * x + 1.2968e-3;
        return Math.max(held + 1e6 * volts * (second + third * volts), 0);
    }
}
