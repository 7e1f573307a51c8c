/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.devices.programming;

import io.synaptile.devices.CellDraws;
import io.synaptile.devices.CellDraws.Effect;
import io.synaptile.devices.CellPlaces;
import java.util.Arrays;

/**
 * What cells of a column and cells of an array have in common in the error of a write.
 *
 * <pre>
 *   z = (sigmaCell z_cell + sigmaColumn z_column + sigmaArray z_array) / sigma
 *   sigma^2 = sigmaCell^2 + sigmaColumn^2 + sigmaArray^2
 * </pre>
 *
 * <p>The z on the right are independent standard normals, of every cell, every column and every array; the one on the left
 * meets the programming variation of spread sigma. Form ours.
 *
 * @param cell sigmaCell, at least 0, in the unit of the programming variation
 * @param column sigmaColumn, at least 0
 * @param array sigmaArray, at least 0
 */
public record SharedError(double cell, double column, double array) {
    /** Every cell errs by itself, by as much as the programming variation says. */
    public static final SharedError NONE = new SharedError(1, 0, 0);

    public SharedError {
        Spread.requireAtLeastZero("programming.sigma", cell);
        Spread.requireAtLeastZero("programming.column_sigma", column);
        Spread.requireAtLeastZero("programming.array_sigma", array);
    }

    /** sigma. */
    public double total() {
        return isNone() ? cell : Math.sqrt(cell * cell + column * column + array * array);
    }

    /** Whether every cell errs by itself. */
    public boolean isNone() {
        return column == 0 && array == 0;
    }

    /**
     * Adds what is shared to the normals of cells.
     *
     * @param normals one per place, changed in place
     * @param key of the draws of this write
     */
    public void apply(double[] normals, CellPlaces places, long key) {
        if (isNone()) {
            return;
        }
        double[] ofColumn = normals(places.columns(), CellDraws.of(key, Effect.COLUMN_ERROR));
        double[] ofArray = normals(places.arrays(), CellDraws.of(key, Effect.ARRAY_ERROR));
        double sigma = total();
        for (int i = 0; i < normals.length; i++) {
            double shared = column * ofColumn[places.column(i)] + array * ofArray[places.array(i)];
            normals[i] = (cell * normals[i] + shared) / sigma;
        }
    }

    private static double[] normals(int count, CellDraws draws) {
        double[] normals = new double[count];
        Arrays.setAll(normals, i -> draws.at(i).nextGaussian());
        return normals;
    }
}
