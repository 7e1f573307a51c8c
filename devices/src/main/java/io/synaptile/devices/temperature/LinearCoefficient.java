/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.devices.temperature;

import io.synaptile.devices.Age;
import io.synaptile.devices.CellDraws;
import io.synaptile.devices.ConductanceRange;
import io.synaptile.devices.drift.Ageing;
import java.util.Objects;

/**
 * Linear temperature coefficient that differs from cell to cell and with the state, {@code G(T) = G(T0) (1 + a_i (T - T0))},
 * {@code a_i ~ N(mu(G), sigma(G))}; mu and sigma are linear between their values at Gmin and Gmax.
 *
 * <p>Source of the form: a coefficient that is distributed across cells and depends on the state, Xu et al., HfOx arrays,
 * arXiv 2105.05534 (abstract).
 *
 * @param meanAtMin per kelvin, at Gmin
 * @param meanAtMax per kelvin, at Gmax
 * @param sigmaAtMin per kelvin, at least 0
 * @param sigmaAtMax per kelvin, at least 0
 * @param referenceKelvin T0, above 0
 */
public record LinearCoefficient(
        double meanAtMin,
        double meanAtMax,
        double sigmaAtMin,
        double sigmaAtMax,
        double referenceKelvin,
        ConductanceRange range)
        implements Ageing {
    public LinearCoefficient {
        Objects.requireNonNull(range);
        Arrhenius.requireFinite("temperature.coefficient_per_K", meanAtMin);
        Arrhenius.requireFinite("temperature.coefficient_per_K", meanAtMax);
        if (!(sigmaAtMin >= 0) || !(sigmaAtMax >= 0)) {
            throw new IllegalArgumentException(
                    "temperature.coefficient_sigma_per_K must be at least 0, got " + Math.min(sigmaAtMin, sigmaAtMax));
        }
        Arrhenius.requireKelvin("temperature.reference_K", referenceKelvin);
    }

    @Override
    public CellDraws.Effect effect() {
        return CellDraws.Effect.TEMPERATURE;
    }

    @Override
    public double aged(double target, double conductance, Age age, CellDraws cell) {
        double state = Math.clamp((target - range.minMicrosiemens()) / range.span(), 0d, 1d);
        double mean = meanAtMin + state * (meanAtMax - meanAtMin);
        double sigma = sigmaAtMin + state * (sigmaAtMax - sigmaAtMin);
        double coefficient = mean + sigma * cell.nextGaussian();
        return conductance * (1 + coefficient * (age.kelvin() - referenceKelvin));
    }
}
