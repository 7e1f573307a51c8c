/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.mapping.codec;

import io.synaptile.devices.CellModel;
import io.synaptile.devices.ConductanceRange;
import io.synaptile.devices.LevelList;
import io.synaptile.mapping.property.HardwareProperty;
import io.synaptile.text.message.RefusedException;
import java.util.Optional;

/**
 * Whole codes of one cell, equally spaced in conductance.
 *
 * <pre>
 *   G(c) = Gmin + c / cmax (Gmax - Gmin),    c(G) = cmax (G - Gmin) / (Gmax - Gmin)
 * </pre>
 *
 * <p>A conductance within float rounding of G(c) counts as exactly c, so that an exact cell gives back the code that was
 * written; elsewhere c(G) is linear and may lie below 0 or above cmax. Where the cell lists its levels, the level nearest to
 * G(c) is written, and the distance between them is an error of the weight.
 */
final class LinearCode {
    /** Roundings of a conductance on its way through a cell, in units in the last place of Gmax. */
    private static final int ROUNDINGS = 2;

    private final float[] conductance;
    private final Optional<LevelList> levels;
    private final double min;
    private final double codesPerMicrosiemens;
    private final double tolerance;

    /**
     * Codes 0 to {@code max} of a cell.
     *
     * @throws IllegalArgumentException if the cell has too few levels
     */
    LinearCode(int max, CellModel cell) {
        if (max > cell.levels() - 1) {
            throw RefusedException.of(
                    "codes 0 to " + max + " need a cell of at least " + (max + 1) + " levels, cell '" + cell.id()
                            + "' has " + cell.levels() + "; raise ",
                    HardwareProperty.CELL_BITS,
                    " or lower the weight bits");
        }
        ConductanceRange range = cell.range();
        levels = cell.levelList();
        min = range.minMicrosiemens();
        double span = range.maxMicrosiemens() - min;
        codesPerMicrosiemens = max / span;
        tolerance = ROUNDINGS * Math.ulp(range.maxMicrosiemens()) * codesPerMicrosiemens;
        conductance = new float[max + 1];
        for (int code = 0; code <= max; code++) {
            conductance[code] = code == max ? range.maxMicrosiemens() : written(min + code * span / max);
        }
    }

    /** What a conductance is written as. */
    private float written(double wanted) {
        float exact = (float) wanted;
        return levels.map(list -> list.nearest(exact)).orElse(exact);
    }

    /** Target of a code, uS. */
    float target(int code) {
        return conductance[code];
    }

    /** Target of a code or of the middle between two, uS. */
    float target(double code) {
        int whole = (int) code;
        return whole == code ? conductance[whole] : written(min + code / codesPerMicrosiemens);
    }

    /** What Gmin conducts, in codes: a current that every driven cell adds. */
    double pedestal() {
        return min * codesPerMicrosiemens;
    }

    /** Code of a conductance. */
    double code(float microsiemens) {
        double code = (microsiemens - min) * codesPerMicrosiemens;
        double whole = Math.rint(code);
        return Math.abs(code - whole) <= tolerance ? whole : code;
    }

    /** Slope of {@link #code}. */
    double codesPerMicrosiemens() {
        return codesPerMicrosiemens;
    }

    /** Targets of all codes, uS, a new array. */
    float[] targets() {
        return conductance.clone();
    }

    /** Distance from a whole code that counts as rounding. */
    double tolerance() {
        return tolerance;
    }
}
