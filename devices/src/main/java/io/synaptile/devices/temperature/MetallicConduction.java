/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.devices.temperature;

import io.synaptile.devices.Age;
import io.synaptile.devices.CellDraws;
import io.synaptile.devices.drift.Ageing;

/**
 * Resistance of metallic states that rises with temperature, {@code G(T) = G(T0) / (1 + alpha (T - T0))}; a factor of 0 or
 * less leaves no conductance.
 *
 * @param alpha per kelvin
 * @param referenceKelvin T0, above 0
 */
public record MetallicConduction(double alpha, double referenceKelvin) implements Ageing {
    public MetallicConduction {
        Arrhenius.requireFinite("temperature.metallic_per_K", alpha);
        Arrhenius.requireKelvin("temperature.reference_K", referenceKelvin);
    }

    @Override
    public CellDraws.Effect effect() {
        return CellDraws.Effect.TEMPERATURE;
    }

    @Override
    public double aged(double target, double conductance, Age age, CellDraws cell) {
        double factor = 1 + alpha * (age.kelvin() - referenceKelvin);
        return factor > 0 ? conductance / factor : 0;
    }
}
