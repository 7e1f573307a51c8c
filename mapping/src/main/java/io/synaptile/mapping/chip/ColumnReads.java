/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.mapping.chip;

import io.synaptile.devices.CellModel;
import io.synaptile.mapping.tile.LayerTiles;
import io.synaptile.sim.random.NoiseStream;
import io.synaptile.sim.random.Purpose;
import java.util.Optional;

/**
 * What reads of the cells of one copy of a layer on one chip see. What differs between cells and stays, the amplitude of a
 * telegraph signal, is that of {@code NoiseStream.of(seed, READ_TRAITS, layer, plane, instance)}, the planes of all copies
 * counted on. The two columns of ternary cells with a
 * sense amplifier hold the states that it decides for.
 *
 * @param mean uS, {@code [plane][rows * outputs]}
 * @param sigma standard deviation of one read, uS, same shape
 */
record ColumnReads(float[][] mean, float[][] sigma) {
    static ColumnReads of(CellModel cell, ChipInstance chip, LayerTiles tiles, int copy) {
        ProgrammedLayer layer = chip.cells(tiles.layer(), copy);
        float[][] programmed = layer.conductances();
        float[][] held = layer.held();
        float[][] mean = new float[programmed.length][programmed[0].length];
        float[][] sigma = new float[programmed.length][programmed[0].length];
        for (int p = 0; p < programmed.length; p++) {
            NoiseStream traits = NoiseStream.of(
                    chip.seed(), Purpose.READ_TRAITS, tiles.layer(), copy * programmed.length + p, chip.instance());
            cell.readMoments(programmed[p], held[p], mean[p], sigma[p], layer.age(), traits);
            if (p >= tiles.cellsPerWeight()) {
                shareAmongOutputs(mean[p], tiles);
                shareAmongOutputs(sigma[p], tiles);
            }
        }
        if (mean.length == 2) {
            cell.pairSense().ifPresent(amplifier -> amplifier.decide(mean[0], mean[1], cell.range()));
        }
        return new ColumnReads(mean, sigma);
    }

    /** A column that a tile has once is one set of cells: that of its first output. */
    private static void shareAmongOutputs(float[] plane, LayerTiles tiles) {
        int[] tileOfRow = tiles.tileOfRow();
        int[][] first = tiles.firstOnTile();
        for (int i = 0; i < plane.length; i++) {
            int own = first[tileOfRow[i / tiles.outputs()]][i % tiles.outputs()];
            plane[i] = own < 0 ? plane[i] : plane[i - i % tiles.outputs() + own];
        }
    }

    /**
     * Variance of one read of every crossing in weight units squared, after the gain of its column, by physical column; empty
     * if no cell is noisy.
     */
    Optional<float[][]> variance(ProgrammedLayer cells, LayerTiles tiles, float valuePerMicrosiemens) {
        float[][] variance = new float[tiles.planes()][sigma[0].length];
        boolean noisy = false;
        for (int p = 0; p < sigma.length; p++) {
            for (int i = 0; i < sigma[p].length; i++) {
                float weight = sigma[p][i] * cells.gain(p, i) * valuePerMicrosiemens;
                variance[p % variance.length][i] += weight * weight;
                noisy |= weight != 0f;
            }
        }
        return noisy ? Optional.of(variance) : Optional.empty();
    }
}
