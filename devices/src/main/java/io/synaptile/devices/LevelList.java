/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.devices;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * The conductances of all levels of a cell, for levels that are no equal steps.
 *
 * @param microsiemens at least two, rising, the first at least 0
 */
public record LevelList(List<Float> microsiemens) {
    public LevelList {
        microsiemens = List.copyOf(microsiemens);
        if (microsiemens.size() < 2) {
            throw new IllegalArgumentException("levels_uS must have at least 2 numbers, got " + microsiemens);
        }
        for (int i = 0; i < microsiemens.size(); i++) {
            float level = microsiemens.get(i);
            if (!(level > (i == 0 ? -Float.MIN_VALUE : microsiemens.get(i - 1))) || Float.isInfinite(level)) {
                throw new IllegalArgumentException("levels_uS must rise from 0 or more, got " + microsiemens);
            }
        }
    }

    /** Equal steps. */
    public static LevelList equalSteps(ConductanceRange range, int levels) {
        List<Float> steps = new ArrayList<>();
        for (int i = 0; i < levels; i++) {
            steps.add(
                    i == levels - 1
                            ? range.maxMicrosiemens()
                            : (float) (range.minMicrosiemens() + (double) range.span() * i / (levels - 1)));
        }
        return new LevelList(steps);
    }

    /** From the first level to the last. */
    public ConductanceRange range() {
        return new ConductanceRange(microsiemens.getFirst(), microsiemens.getLast());
    }

    /** The level nearest to a conductance, of two the lower one. */
    public float nearest(float wanted) {
        int below = below(wanted);
        float low = microsiemens.get(below);
        float high = microsiemens.get(below + 1);
        return wanted - low <= high - wanted ? low : high;
    }

    /** A conductance as a number of levels, whole at a level and linear between two; from 0 to the last. */
    public double position(double conductance) {
        int below = below(conductance);
        double low = microsiemens.get(below);
        return Math.clamp(
                below + (conductance - low) / (microsiemens.get(below + 1) - low), 0, microsiemens.size() - 1);
    }

    /** The last level but the highest that does not exceed a conductance, else the first. */
    private int below(double conductance) {
        int found = Collections.binarySearch(microsiemens, (float) conductance);
        return Math.clamp(found >= 0 ? found : -found - 2, 0, microsiemens.size() - 2);
    }
}
