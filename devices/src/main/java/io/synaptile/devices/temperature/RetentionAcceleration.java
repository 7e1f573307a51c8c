/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.devices.temperature;

import io.synaptile.devices.Age;

/**
 * Time at the temperature of the fit that ages a cell as much as the time at its own, {@code t_eff = t exp((Er / kB)(1 / T0 -
 * 1 / T))}: a warm cell ages faster.
 *
 * @param activation Er, eV, at least 0; 0 is no acceleration
 * @param referenceKelvin T0, temperature of the fit, above 0
 */
public record RetentionAcceleration(double activation, double referenceKelvin) {
    /** Temperature does not change the pace. */
    public static final RetentionAcceleration NONE = new RetentionAcceleration(0, Age.ROOM_KELVIN);

    public RetentionAcceleration {
        if (!(activation >= 0) || Double.isInfinite(activation)) {
            throw new IllegalArgumentException("retention.activation_eV must be at least 0, got " + activation);
        }
        Arrhenius.requireKelvin("temperature.reference_K", referenceKelvin);
    }

    /** The age as the cell feels it; the temperature of the read stays. */
    public Age felt(Age age) {
        double factor = Arrhenius.factor(-activation, age.kelvin(), referenceKelvin);
        return new Age(age.seconds() * factor, age.kelvin());
    }
}
