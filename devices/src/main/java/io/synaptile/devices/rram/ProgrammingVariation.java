/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.devices.rram;

import java.util.random.RandomGenerator;

/**
 * Error between the conductance aimed at and the one reached by a write.
 *
 * <p>Every variant draws exactly one normal per cell, also where its spread is 0, so that what is drawn after it (stuck
 * cells) is the same for every strength of variation.
 */
public sealed interface ProgrammingVariation {
    /**
     * Moves targets to what is reached, clamped to 0 to {@code maxMicrosiemens}.
     *
     * @param conductance targets in, programmed conductances out, uS
     */
    default void apply(float[] conductance, float maxMicrosiemens, RandomGenerator random) {
        for (int i = 0; i < conductance.length; i++) {
            double reached = reached(conductance[i], maxMicrosiemens, random.nextGaussian());
            conductance[i] = (float) Math.clamp(reached, 0d, maxMicrosiemens);
        }
    }

    /** Conductance reached for a target and a standard normal z before clamping, uS. */
    double reached(float target, float maxMicrosiemens, double z);

    /** Exact programming. */
    record None() implements ProgrammingVariation {
        @Override
        public double reached(float target, float maxMicrosiemens, double z) {
            return target;
        }
    }

    /**
     * {@code G = Gt exp(scale sigma z)}: the median is the target.
     *
     * @param sigma standard deviation of ln(G / Gt)
     * @param scale factor on sigma; 0 switches the variation off, 2 doubles it
     */
    record LogNormal(double sigma, double scale) implements ProgrammingVariation {
        public LogNormal {
            requireAtLeastZero("programming.sigma", sigma);
            requireAtLeastZero("programming.scale", scale);
        }

        @Override
        public double reached(float target, float maxMicrosiemens, double z) {
            return target * StrictMath.exp(scale * sigma * z);
        }
    }

    /**
     * Gaussian error proportional to the target, {@code G = Gt (1 + scale sigma z)}, or to the largest conductance, {@code
     * G = Gt + scale sigma Gmax z}. Sources: the state-proportional and state-independent write errors of Sandia's CrossSim
     * (inference manual, chapter 7).
     *
     * @param sigma relative standard deviation
     * @param scale factor on sigma
     * @param relativeTo what sigma is relative to
     */
    record Gaussian(double sigma, double scale, Reference relativeTo) implements ProgrammingVariation {
        /** What a Gaussian spread is a fraction of. */
        public enum Reference {
            TARGET,
            MAX
        }

        public Gaussian {
            requireAtLeastZero("programming.sigma", sigma);
            requireAtLeastZero("programming.scale", scale);
        }

        @Override
        public double reached(float target, float maxMicrosiemens, double z) {
            double reference = switch (relativeTo) {
                case TARGET -> target;
                case MAX -> maxMicrosiemens;
            };
            return target + scale * sigma * reference * z;
        }
    }

    private static void requireAtLeastZero(String name, double value) {
        if (!(value >= 0) || Double.isInfinite(value)) {
            throw new IllegalArgumentException(name + " must be at least 0, got " + value);
        }
    }
}
