/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.devices.programming;

import io.synaptile.devices.ConductanceRange;

/**
 * Error between the conductance aimed at and the one reached by a write.
 *
 * <p>Every variant takes exactly one normal per cell, also where its spread is 0, so that what is drawn after it is the same
 * for every strength of variation.
 */
public sealed interface ProgrammingVariation
        permits ExactProgramming, GaussianVariation, LogNormalSpread, MeanLogNormalSpread, StateDependentVariation {
    /** Conductance reached for a target and a standard normal z before clamping, uS. */
    double reached(double target, ConductanceRange range, double z);
}
