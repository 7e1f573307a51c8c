/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.devices.temperature;

/** The Boltzmann factor between two temperatures. */
final class Arrhenius {
    /** Boltzmann constant over elementary charge, eV/K: 1.380649e-23 / 1.602176634e-19 (SI, exact). */
    private static final double BOLTZMANN_EV = 1.380649e-23 / 1.602176634e-19;

    private Arrhenius() {}

    /** {@code exp((energy / kB)(1 / T - 1 / T0))}. */
    static double factor(double electronvolts, double kelvin, double referenceKelvin) {
        return StrictMath.exp(electronvolts / BOLTZMANN_EV * (1 / kelvin - 1 / referenceKelvin));
    }

    static void requireKelvin(String name, double kelvin) {
        if (!(kelvin > 0) || Double.isInfinite(kelvin)) {
            throw new IllegalArgumentException(name + " must be above 0, got " + kelvin);
        }
    }

    static void requireFinite(String name, double value) {
        if (!Double.isFinite(value)) {
            throw new IllegalArgumentException(name + " must be a finite number, got " + value);
        }
    }
}
