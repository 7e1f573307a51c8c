/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.devices.programming;

import io.synaptile.devices.CellDraws;
import io.synaptile.devices.ConductanceRange;

/**
 * Differences between cells in the ends of their range: a target keeps its relative place in the cell's own range.
 *
 * <pre>
 *   Gmin_i = max(Gmin + sigmaMin N(0, 1), 0),  Gmax_i = max(Gmax + sigmaMax N(0, 1), Gmin_i)
 *   G = Gmin_i + (Gt - Gmin) / (Gmax - Gmin) (Gmax_i - Gmin_i)
 * </pre>
 *
 * <p>Source: {@code conductanceRangeVar} of NeuroSim MLP V3 (its manual); the two bounds that keep the range a range are ours.
 *
 * @param minSigma of Gmin, uS
 * @param maxSigma of Gmax, uS
 */
public record RangeSpread(double minSigma, double maxSigma) {
    /** All cells have the nominal range. */
    public static final RangeSpread NONE = new RangeSpread(0, 0);

    public RangeSpread {
        Spread.requireAtLeastZero("programming.gmin_sigma_uS", minSigma);
        Spread.requireAtLeastZero("programming.gmax_sigma_uS", maxSigma);
    }

    /** Whether all cells have the nominal range. */
    public boolean isNone() {
        return minSigma == 0 && maxSigma == 0;
    }

    /**
     * Moves targets to the same place in the cell's own range.
     *
     * @param target uS, changed in place
     * @param limit receives the end of every cell's range, uS, same length
     */
    public void apply(float[] target, float[] limit, ConductanceRange range, CellDraws draws) {
        double min = range.minMicrosiemens();
        double max = range.maxMicrosiemens();
        for (int i = 0; i < target.length; i++) {
            draws.at(i);
            double low = Math.max(min + minSigma * draws.nextGaussian(), 0);
            double high = Math.max(max + maxSigma * draws.nextGaussian(), low);
            target[i] = (float) (low + (target[i] - min) / (max - min) * (high - low));
            limit[i] = (float) high;
        }
    }
}
