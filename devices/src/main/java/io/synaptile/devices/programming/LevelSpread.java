/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.devices.programming;

import io.synaptile.devices.LevelList;
import java.util.List;
import java.util.Objects;

/**
 * Standard deviation measured level by level; linear between two levels.
 *
 * @param sigmasMicrosiemens one per level
 */
public record LevelSpread(LevelList levels, List<Double> sigmasMicrosiemens) implements StateSpread {
    public LevelSpread {
        Objects.requireNonNull(levels);
        sigmasMicrosiemens = List.copyOf(sigmasMicrosiemens);
        if (sigmasMicrosiemens.size() != levels.microsiemens().size()) {
            throw new IllegalArgumentException("programming.level_sigmas_uS must have one number for each of the "
                    + levels.microsiemens().size() + " levels, got " + sigmasMicrosiemens.size());
        }
        for (double sigma : sigmasMicrosiemens) {
            Spread.requireAtLeastZero("programming.level_sigmas_uS", sigma);
        }
    }

    @Override
    public double sigmaMicrosiemens(double target) {
        double level = levels.position(target);
        int below = (int) Math.min(level, sigmasMicrosiemens.size() - 2d);
        double low = sigmasMicrosiemens.get(below);
        return low + (level - below) * (sigmasMicrosiemens.get(below + 1) - low);
    }
}
