/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.mapping.chip;

import io.synaptile.mapping.tile.LayerTiles;
import java.util.Arrays;

/**
 * How a chip makes up for the drift of its cells: the reference of the converters follows currents that are measured after
 * programming and again when the chip is used, with one row driven at a time and without read noise.
 *
 * <p>Source: S. R. Nandakumar et al. and V. Joshi et al., Nature Communications 11, 2473 (2020), as global drift compensation;
 * per column as in aihwkit.
 */
public enum DriftCompensation {
    /** Currents are taken as they are. */
    NONE,
    /** One factor per layer: mean magnitude of the outputs, after programming over now. */
    GLOBAL,
    /** One factor per physical column: the mean magnitude of its current, after programming over now. */
    PER_COLUMN;

    /**
     * Factors of the columns of one layer; 1 where nothing is left to measure.
     *
     * @param programmed conductances after programming, {@code [plane][rows * outputs]}
     * @param aged those now
     * @param gain factor of every plane in an output
     * @param tiles of the layer
     */
    float[][] gains(float[][] programmed, float[][] aged, float[] gain, LayerTiles tiles) {
        int outputs = tiles.outputs();
        boolean[] there = Crossings.of(tiles);
        float[][] gains = new float[gain.length][outputs];
        float global = this == GLOBAL
                ? ratio(outputMagnitude(programmed, gain, there), outputMagnitude(aged, gain, there))
                : 1f;
        for (int p = 0; p < gains.length; p++) {
            for (int o = 0; o < outputs; o++) {
                gains[p][o] = this == PER_COLUMN
                        ? ratio(
                                columnMagnitude(programmed, p, o, tiles, there),
                                columnMagnitude(aged, p, o, tiles, there))
                        : global;
            }
        }
        return gains;
    }

    private static float ratio(double before, double now) {
        return now > 0 && before > 0 ? (float) (before / now) : 1f;
    }

    private static double outputMagnitude(float[][] conductances, float[] gain, boolean[] there) {
        double[] output = new double[conductances[0].length];
        for (int p = 0; p < gain.length; p++) {
            for (int i = 0; i < output.length; i++) {
                output[i] += there[i] ? gain[p] * conductances[p][i] : 0;
            }
        }
        return Arrays.stream(output).map(Math::abs).sum();
    }

    /** Magnitude of the currents of the column that the cells of a plane and an output are on. */
    private static double columnMagnitude(
            float[][] conductances, int plane, int output, LayerTiles tiles, boolean[] there) {
        double sum = 0;
        for (int i = output; i < conductances[plane].length; i += tiles.outputs()) {
            if (!there[i]) {
                continue;
            }
            sum += tiles.pairsOnColumns()
                    ? Math.abs(conductances[plane % tiles.planes()][i]
                            - conductances[plane % tiles.planes() + tiles.planes()][i])
                    : conductances[plane][i];
        }
        return sum;
    }
}
