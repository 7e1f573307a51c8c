/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.devices.programming;

import io.synaptile.devices.ConductanceRange;
import java.util.List;

/**
 * Standard deviation measured level by level; linear between two levels.
 *
 * @param range its ends are the first and the last level, which are equally spaced
 * @param sigmasMicrosiemens one per level, at least 2
 */
public record LevelSpread(ConductanceRange range, List<Double> sigmasMicrosiemens) implements StateSpread {
    public LevelSpread {
        sigmasMicrosiemens = List.copyOf(sigmasMicrosiemens);
        if (sigmasMicrosiemens.size() < 2) {
            throw new IllegalArgumentException(
                    "programming.level_sigmas_uS must have at least 2 numbers, got " + sigmasMicrosiemens);
        }
        for (double sigma : sigmasMicrosiemens) {
            Spread.requireAtLeastZero("programming.level_sigmas_uS", sigma);
        }
    }

    @Override
    public double sigmaMicrosiemens(double target) {
        int last = sigmasMicrosiemens.size() - 1;
        double level = Math.clamp((target - range.minMicrosiemens()) / range.span() * last, 0d, last);
        int below = (int) Math.min(level, last - 1d);
        double low = sigmasMicrosiemens.get(below);
        return low + (level - below) * (sigmasMicrosiemens.get(below + 1) - low);
    }
}
