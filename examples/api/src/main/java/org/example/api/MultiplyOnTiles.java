/* SPDX-License-Identifier: Apache-2.0 */
package org.example.api;

import io.synaptile.devices.CellModels;
import io.synaptile.mapping.LayerCells;
import io.synaptile.mapping.TileSize;
import io.synaptile.mapping.matrix.TiledMatrix;
import io.synaptile.sim.compute.Backends;
import java.io.PrintStream;
import java.util.Locale;
import java.util.Map;
import java.util.Random;

/** Multiplies a matrix by spikes on tiles of a chosen cell, and prints the error and the energy. */
public final class MultiplyOnTiles {
    private MultiplyOnTiles() {}

    /** @param args kind of the cell, as {@code synaptile device list} names it */
    public static void main(String[] args) {
        run(args.length > 0 ? args[0] : "rram", Map.of(), System.out);
    }

    /** @param options of the cell, as {@code synaptile device show} lists them */
    static void run(String cell, Map<String, Object> options, PrintStream out) {
        Random random = new Random(1);
        float[] spikes = new float[300];
        for (int row = 0; row < spikes.length; row++) {
            spikes[row] = random.nextInt(4) == 0 ? 1 : 0;
        }
        float[] matrix = new float[40 * spikes.length];
        for (int i = 0; i < matrix.length; i++) {
            matrix[i] = (float) random.nextGaussian();
        }
        LayerCells pairs = LayerCells.pairs(CellModels.load().create(cell, options), 4);
        TiledMatrix.Product product = TiledMatrix.program(
                        matrix, spikes.length, new TileSize(128, 128), pairs, Backends.open("cpu"), 1)
                .multiply(spikes);
        out.printf(
                Locale.ROOT,
                "%s: error %.1f %% of the product, %.2f pJ%n",
                cell,
                100 * product.relativeError(),
                product.picojoules("isaac32"));
    }
}
