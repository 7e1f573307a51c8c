/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.devices.ternary;

import io.synaptile.devices.ConductanceRange;
import io.synaptile.devices.PairSense;

/**
 * A pre-charge sense amplifier that reads a pair of resistors in one step: with {@code d = ln(R2 / R1)} it says sign(d) where
 * {@code |d| > threshold}, else 0. A zero read as +-1 and a +-1 read as zero are the frequent errors, a flipped sign is rare.
 *
 * <p>Source: A. Laborieux et al. 2020 (arXiv 2007.14234 and 2005.01973, abstracts): one operation reads all three states. The
 * threshold in ln R is our model of it.
 *
 * @param threshold at least 0
 */
public record TernarySense(double threshold) implements PairSense {
    public TernarySense {
        if (!(threshold >= 0) || Double.isInfinite(threshold)) {
            throw new IllegalArgumentException("sense_threshold must be at least 0, got " + threshold);
        }
    }

    /** Decides for Gmin or Gmax of each cell. */
    @Override
    public void decide(float[] positive, float[] negative, ConductanceRange range) {
        for (int i = 0; i < positive.length; i++) {
            int state = state(positive[i], negative[i]);
            positive[i] = state > 0 ? range.maxMicrosiemens() : range.minMicrosiemens();
            negative[i] = state < 0 ? range.maxMicrosiemens() : range.minMicrosiemens();
        }
    }

    private int state(double first, double second) {
        if (first == second) {
            return 0;
        }
        double d = StrictMath.log(first / second);
        return Math.abs(d) > threshold ? (int) Math.signum(d) : 0;
    }
}
