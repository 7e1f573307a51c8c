/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.devices.read;

import io.synaptile.devices.CellDraws;
import io.synaptile.devices.ConductanceRange;

/**
 * Random telegraph signal: at every read a cell is in its trapped state with probability p and then conducts {@code G (1 -
 * delta_i)}. The amplitude of a cell is fixed, {@code delta_i = min(m(G) exp(s N(0, 1)), 1)}, with a median m linear between
 * its values at Gmin and Gmax.
 *
 * <p>A read is carried by its first two moments, which are exact: mean {@code G (1 - p delta_i)}, variance {@code G^2
 * delta_i^2 p (1 - p)}. The two-valued shape is lost; a sum over a column tends to a Gaussian. Reads are uncorrelated in time.
 *
 * <p>Source of the log-normal amplitude that grows as the current falls: Veksler et al. 2012 and 2013 (abstracts). The
 * defaults of the cells that offer it are <b>placeholders without a source</b>.
 *
 * @param probability p, 0 to 1
 * @param medianAtMin m at Gmin (high resistance), at least 0
 * @param medianAtMax m at Gmax (low resistance), at least 0
 * @param sigmaLn s, at least 0
 */
public record RandomTelegraph(double probability, double medianAtMin, double medianAtMax, double sigmaLn) {
    /** Defaults of whatever offers telegraph signals; placeholders without a source. */
    public static final double PROBABILITY = 0.5;

    public static final double AMPLITUDE_HRS = 0.1;
    public static final double AMPLITUDE_LRS = 0.02;
    public static final double SIGMA_LN = 0.7;

    /** No cell switches. */
    public static final RandomTelegraph NONE = new RandomTelegraph(0, 0, 0, 0);

    public RandomTelegraph {
        if (!(probability >= 0 && probability <= 1)) {
            throw new IllegalArgumentException("telegraph.probability must be between 0 and 1, got " + probability);
        }
        requireAtLeastZero("telegraph.amplitude_hrs", medianAtMin);
        requireAtLeastZero("telegraph.amplitude_lrs", medianAtMax);
        requireAtLeastZero("telegraph.sigma_ln", sigmaLn);
    }

    private static void requireAtLeastZero(String name, double value) {
        if (!(value >= 0) || Double.isInfinite(value)) {
            throw new IllegalArgumentException(name + " must be at least 0, got " + value);
        }
    }

    /** Fraction of its conductance that a cell loses while trapped. */
    public double amplitude(double programmed, ConductanceRange range, CellDraws cell) {
        double state = Math.clamp((programmed - range.minMicrosiemens()) / range.span(), 0d, 1d);
        double median = medianAtMin + state * (medianAtMax - medianAtMin);
        return Math.min(median * StrictMath.exp(sigmaLn * cell.nextGaussian()), 1);
    }

    /** Mean of a read over the conductance of the free state. */
    public double meanFactor(double amplitude) {
        return 1 - probability * amplitude;
    }

    /** Variance of a read over the squared conductance of the free state. */
    public double varianceFactor(double amplitude) {
        return amplitude * amplitude * probability * (1 - probability);
    }
}
