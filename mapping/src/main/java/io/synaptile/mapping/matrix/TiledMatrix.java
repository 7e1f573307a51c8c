/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.mapping.matrix;

import io.synaptile.mapping.HardwareSpec;
import io.synaptile.mapping.LayerCells;
import io.synaptile.mapping.TileSize;
import io.synaptile.mapping.chip.ChipDesign;
import io.synaptile.mapping.chip.DeployedNetwork;
import io.synaptile.mapping.chip.TileProgrammer;
import io.synaptile.mapping.codec.LayerWeights;
import io.synaptile.mapping.cost.ChipCosting;
import io.synaptile.sim.compute.BatchResult;
import io.synaptile.sim.compute.ComputeBackend;
import io.synaptile.sim.compute.ExecutableNetwork;
import io.synaptile.sim.compute.InputBatch;
import io.synaptile.sim.network.Layer;
import io.synaptile.sim.network.Network;
import io.synaptile.sim.network.NetworkBuilder;
import io.synaptile.sim.network.Parameters;
import io.synaptile.sim.network.Shape;
import io.synaptile.sim.spikes.Encoder;
import java.util.Map;

/** A matrix that has been programmed into tiles whose columns are converted exactly. Holds no memory of what it multiplied. */
public final class TiledMatrix {
    private static final String LAYER = "matrix";
    /** A pixel of 0 or 1 fires with that probability: it is the spike itself. */
    private static final Encoder SPIKES = new Encoder.Poisson(1);

    private final float[] matrix;
    private final int inputs;
    private final ComputeBackend backend;
    private final DeployedNetwork chip;

    private TiledMatrix(float[] matrix, int inputs, ComputeBackend backend, DeployedNetwork chip) {
        this.matrix = matrix;
        this.inputs = inputs;
        this.backend = backend;
        this.chip = chip;
    }

    /**
     * Programs a matrix.
     *
     * @param matrix shape {@code [outputs, inputs]}; copied
     * @param inputs rows of the tiles that it takes
     * @param backend what multiplies
     * @param seed root of all random draws
     * @throws IllegalArgumentException if the matrix is not made of rows of {@code inputs}, or codec, cell and tile do not suit
     *     each other
     */
    public static TiledMatrix program(
            float[] matrix, int inputs, TileSize tile, LayerCells cells, ComputeBackend backend, long seed) {
        if (inputs < 1 || matrix.length == 0 || matrix.length % inputs != 0) {
            throw new IllegalArgumentException("a matrix of " + matrix.length + " values for " + inputs + " inputs");
        }
        float[] own = matrix.clone();
        NetworkBuilder builder = new NetworkBuilder(LAYER, Shape.features(inputs));
        builder.add(LAYER, new Layer.Dense(own.length / inputs));
        builder.add("readout", new Layer.ReadOut());
        Network network = builder.build();
        int layer = network.synapses().getFirst().id();
        ChipDesign design =
                ChipDesign.of(network, HardwareSpec.exact(tile, cells, LAYER), Map.of(layer, new LayerWeights(own, 0)));
        DeployedNetwork chip =
                DeployedNetwork.withExactReadout(design, TileProgrammer.program(design, seed, 0), Parameters.none());
        return new TiledMatrix(own, inputs, backend, chip);
    }

    /**
     * Multiplies the matrix by spikes, once.
     *
     * @param spikes -1, 0 or 1 per input
     * @throws IllegalArgumentException if their number is not that of the inputs, or one is no spike
     */
    public Product multiply(float[] spikes) {
        for (float spike : spikes) {
            if (spike != 0 && Math.abs(spike) != 1) {
                throw new IllegalArgumentException("spikes are -1, 0 or 1, got " + spike);
            }
        }
        try (ExecutableNetwork tiles = backend.prepare(chip.plan(), 1, 1)) {
            BatchResult result = tiles.run(new InputBatch(spikes, 1, 1, SPIKES, 0, 0, new long[] {0}));
            return new Product(result, exactly(spikes));
        }
    }

    private double[] exactly(float[] spikes) {
        double[] products = new double[matrix.length / inputs];
        for (int i = 0; i < matrix.length; i++) {
            products[i / inputs] += matrix[i] * spikes[i % inputs];
        }
        return products;
    }

    /** One product of this matrix, and what it costs. */
    public final class Product {
        private final BatchResult result;
        private final double[] exact;

        private Product(BatchResult result, double[] exact) {
            this.result = result;
            this.exact = exact;
        }

        /** As the columns of the tiles give it, one value per output; a new array. */
        public float[] read() {
            return result.scores().clone();
        }

        /** As it would be without cells, one value per output; a new array. */
        public double[] exact() {
            return exact.clone();
        }

        /** Root of the sum of squared errors over that of squared exact values; NaN where all of these are 0. */
        public double relativeError() {
            double errors = 0;
            double products = 0;
            for (int output = 0; output < exact.length; output++) {
                double error = result.scores()[output] - exact[output];
                errors += error * error;
                products += exact[output] * exact[output];
            }
            return Math.sqrt(errors / products);
        }

        /**
         * Energy of the product, pJ.
         *
         * @param profile one of {@link io.synaptile.devices.cost.EnergyTable#profiles()}
         */
        public double picojoules(String profile) {
            return ChipCosting.profile(profile, chip.design(), SPIKES).picojoules(result);
        }
    }
}
