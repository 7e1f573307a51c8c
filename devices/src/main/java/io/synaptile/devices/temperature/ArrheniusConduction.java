/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.devices.temperature;

import io.synaptile.devices.Age;
import io.synaptile.devices.CellDraws;
import io.synaptile.devices.drift.Ageing;

/**
 * Thermally activated conduction of semiconducting states, {@code G(T) = G(T0) exp(-(Ea / kB)(1 / T - 1 / T0))}.
 *
 * @param activation Ea, eV
 * @param referenceKelvin T0, above 0
 */
public record ArrheniusConduction(double activation, double referenceKelvin) implements Ageing {
    public ArrheniusConduction {
        Arrhenius.requireFinite("temperature.activation_eV", activation);
        Arrhenius.requireKelvin("temperature.reference_K", referenceKelvin);
    }

    @Override
    public CellDraws.Effect effect() {
        return CellDraws.Effect.TEMPERATURE;
    }

    @Override
    public double aged(double target, double conductance, Age age, CellDraws cell) {
        return conductance * Arrhenius.factor(-activation, age.kelvin(), referenceKelvin);
    }
}
