/* SPDX-License-Identifier: Apache-2.0 */
package org.example.api;

import io.synaptile.devices.CellModels;
import io.synaptile.mapping.HardwareSpec;
import io.synaptile.mapping.LayerCells;
import io.synaptile.mapping.LayerPlaces;
import io.synaptile.mapping.Readout;
import io.synaptile.mapping.TileSize;
import io.synaptile.mapping.chip.ChipDesign;
import io.synaptile.mapping.chip.DeployedNetwork;
import io.synaptile.mapping.chip.TileProgrammer;
import io.synaptile.mapping.codec.CodecKind;
import io.synaptile.mapping.codec.LayerWeights;
import io.synaptile.mapping.cost.ChipCosting;
import io.synaptile.mapping.cost.CostModel;
import io.synaptile.sim.compute.Backends;
import io.synaptile.sim.compute.BatchActivity;
import io.synaptile.sim.compute.BatchResult;
import io.synaptile.sim.compute.ExecutableNetwork;
import io.synaptile.sim.compute.InputBatch;
import io.synaptile.sim.compute.LayerActivity;
import io.synaptile.sim.network.Architectures;
import io.synaptile.sim.network.Network;
import io.synaptile.sim.network.NeuronSpec;
import io.synaptile.sim.network.Shape;
import io.synaptile.sim.spikes.Encoder;
import java.io.PrintStream;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.Set;

/** Multiplies a matrix by spikes on tiles of a chosen cell, and prints the error and the energy. */
public final class MultiplyOnTiles {
    private static final int ROWS = 300;
    private static final int COLUMNS = 40;

    private MultiplyOnTiles() {}

    /** @param args kind of the cell, as {@code synaptile device list} names it */
    public static void main(String[] args) {
        run(args.length > 0 ? args[0] : "rram", Map.of(), System.out);
    }

    /** @param options of the cell, as {@code synaptile device show} lists them */
    static void run(String cell, Map<String, Object> options, PrintStream out) {
        Random random = new Random(1);
        float[] spikes = new float[ROWS];
        float[] matrix = new float[COLUMNS * ROWS];
        for (int row = 0; row < ROWS; row++) {
            spikes[row] = random.nextInt(4) == 0 ? 1 : 0;
        }
        for (int i = 0; i < matrix.length; i++) {
            matrix[i] = (float) random.nextGaussian();
        }
        // Pixels of 0 and 1 are spikes: a code that divides by 1 fires with the probability of the pixel.
        Encoder encoder = new Encoder.Poisson(1);
        Network network = Architectures.mlp(
                new Shape(1, 1, ROWS),
                COLUMNS,
                List.of(),
                new Architectures.Options(Architectures.Norm.NONE, NeuronSpec.lif(1, 1), 0));
        HardwareSpec hardware = new HardwareSpec(
                new TileSize(128, 128),
                new LayerCells(CodecKind.DIFFERENTIAL_PAIR, 4, CellModels.load().create(cell, options)),
                new Readout.Ideal(),
                true,
                new LayerPlaces(Set.of("fc1"), 0));
        int layer = network.synapses().getFirst().id();
        ChipDesign design = ChipDesign.of(network, hardware, Map.of(layer, new LayerWeights(matrix, 0)));
        DeployedNetwork chip = DeployedNetwork.of(design, TileProgrammer.program(design, 1, 0), Map.of(), Map.of());
        ChipCosting costing = new ChipCosting(CostModel.profile("isaac32", hardware, 16, 16), design, encoder);
        try (ExecutableNetwork tiles = Backends.open("cpu").prepare(chip.plan(), 1, 1)) {
            BatchResult result = tiles.run(new InputBatch(spikes, 1, 1, encoder, 1, 0, new long[] {0}));
            LayerActivity[] activity =
                    Arrays.stream(result.activity()).map(BatchActivity::total).toArray(LayerActivity[]::new);
            out.printf(
                    Locale.ROOT,
                    "%s: error %.1f %% of the product, %.2f pJ%n",
                    cell,
                    100 * relativeError(matrix, spikes, result.scores()),
                    ChipCosting.sum(costing.energy(activity, new long[] {1})));
        }
    }

    /** Root of the sum of squared errors over that of squared products. */
    private static double relativeError(float[] matrix, float[] spikes, float[] read) {
        double errors = 0;
        double products = 0;
        for (int column = 0; column < COLUMNS; column++) {
            double product = 0;
            for (int row = 0; row < ROWS; row++) {
                product += matrix[column * ROWS + row] * spikes[row];
            }
            errors += (read[column] - product) * (read[column] - product);
            products += product * product;
        }
        return Math.sqrt(errors / products);
    }
}
