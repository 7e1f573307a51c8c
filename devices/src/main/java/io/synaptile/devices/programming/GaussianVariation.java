/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.devices.programming;

import io.synaptile.devices.ConductanceRange;
import java.util.Objects;

/**
 * Gaussian error proportional to the target, {@code G = Gt (1 + scale sigma z)}, to the largest conductance, {@code G = Gt +
 * scale sigma Gmax z}, or to the range, {@code G = Gt + scale sigma (Gmax - Gmin) z}.
 *
 * <p>Sources: state-proportional and state-independent write errors of Sandia's CrossSim (inference manual, chapter 7);
 * fraction of the range as in the device tables of the NeuroSim V3 manual.
 *
 * @param sigma relative standard deviation
 * @param scale factor on sigma
 * @param relativeTo what sigma is relative to
 */
public record GaussianVariation(double sigma, double scale, Reference relativeTo) implements ProgrammingVariation {
    /** What a Gaussian spread is a fraction of. */
    public enum Reference {
        TARGET,
        MAX,
        RANGE
    }

    public GaussianVariation {
        Spread.requireAtLeastZero("programming.sigma", sigma);
        Spread.requireAtLeastZero("programming.scale", scale);
        Objects.requireNonNull(relativeTo);
    }

    @Override
    public double reached(double target, ConductanceRange range, double z) {
        double reference = switch (relativeTo) {
            case TARGET -> target;
            case MAX -> range.maxMicrosiemens();
            case RANGE -> range.span();
        };
        return target + scale * sigma * reference * z;
    }
}
