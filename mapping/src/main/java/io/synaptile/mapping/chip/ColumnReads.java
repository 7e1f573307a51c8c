/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.mapping.chip;

import io.synaptile.devices.Age;
import io.synaptile.devices.CellModel;
import io.synaptile.sim.random.NoiseStream;
import io.synaptile.sim.random.Purpose;

/**
 * What reads of the cells of one layer on one chip see. What differs between cells and stays, the amplitude of a telegraph
 * signal, is that of {@code NoiseStream.of(seed, READ_TRAITS, layer, physical column, instance)}.
 *
 * @param mean uS, {@code [physical column of an output][rows * outputs]}
 * @param sigma standard deviation of one read, uS, same shape
 */
record ColumnReads(float[][] mean, float[][] sigma) {
    static ColumnReads of(CellModel cell, float[][] conductances, ChipInstance chip, int layer) {
        float[][] mean = new float[conductances.length][conductances[0].length];
        float[][] sigma = new float[conductances.length][conductances[0].length];
        for (int p = 0; p < conductances.length; p++) {
            NoiseStream traits = NoiseStream.of(chip.seed(), Purpose.READ_TRAITS, layer, p, chip.instance());
            cell.readMoments(conductances[p], conductances[p], mean[p], sigma[p], Age.NONE, traits);
        }
        return new ColumnReads(mean, sigma);
    }

    /** Variance of one read of every cell in weight units squared, null if no cell is noisy. */
    float[][] variance(float valuePerMicrosiemens) {
        float[][] variance = new float[sigma.length][sigma[0].length];
        boolean noisy = false;
        for (int p = 0; p < sigma.length; p++) {
            for (int i = 0; i < sigma[p].length; i++) {
                float weight = sigma[p][i] * valuePerMicrosiemens;
                variance[p][i] = weight * weight;
                noisy |= weight != 0f;
            }
        }
        return noisy ? variance : null;
    }
}
