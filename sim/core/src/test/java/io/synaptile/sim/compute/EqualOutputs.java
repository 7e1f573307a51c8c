/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.sim.compute;

import io.synaptile.sim.network.Layer;
import io.synaptile.sim.network.NetworkBuilder;
import io.synaptile.sim.network.Parameters;
import io.synaptile.sim.network.Shape;
import io.synaptile.sim.random.NoiseStream;
import io.synaptile.sim.spikes.Encoder;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import java.util.stream.LongStream;

/**
 * A read-out layer whose weights are small whole multiples of a number that single precision rounds, so that many outputs are
 * equal as codes; what follows from the codes is computed here without rounding.
 *
 * @param winners class of the largest sum of codes, the lowest of equal ones, {@code [timeSteps][samples]}
 * @param ties samples and steps at which several classes have the largest sum
 */
record EqualOutputs(NetworkPlan plan, InputBatch batch, int[][] winners, int ties) {
    private static final int ROWS = 9;
    private static final int CLASSES = 6;
    private static final int STEPS = 6;
    private static final int SAMPLES = 40;

    /** What a code of the negative column is worth there, in codes of the positive one. */
    private static final float UNLIKE = 0.7310586f;

    /** Sums of codes of both columns that are the same are equal; others differ by more. */
    private static final double SAME = 1e-9;

    /** How the weights are held. */
    enum Held {
        DENSE,
        PAIRS,
        SLICED_PAIRS,
        CONVERTED_PAIRS,
        /** Converters of both signs have steps that do not go into each other. */
        UNLIKE_CONVERTERS
    }

    static EqualOutputs of(long seed, Held held) {
        RandomGenerator random = new SplittableRandom(seed);
        int[] codes = new int[ROWS * CLASSES];
        for (int i = 0; i < codes.length; i++) {
            codes[i] = random.nextInt(7) - 3;
        }
        float step = 0.01f + random.nextFloat();
        NetworkBuilder builder = new NetworkBuilder("ties", Shape.features(ROWS));
        builder.add("fc", new Layer.Dense(CLASSES));
        builder.add("out", new Layer.ReadOut());
        NetworkPlan plan = new NetworkPlan(builder.build(), Map.of(0, synapses(codes, step, held)), Parameters.none());
        float[] images = new float[SAMPLES * ROWS];
        for (int i = 0; i < images.length; i++) {
            images[i] = random.nextFloat() * 2 - 1;
        }
        InputBatch batch = new InputBatch(
                images,
                SAMPLES,
                STEPS,
                new Encoder.Poisson(1f),
                seed,
                0,
                LongStream.range(0, SAMPLES).toArray());
        int[][] winners = new int[STEPS][SAMPLES];
        int ties = 0;
        for (int n = 0; n < SAMPLES; n++) {
            NoiseStream uniforms = batch.codingStream(n);
            double[] sums = new double[CLASSES];
            for (int t = 0; t < STEPS; t++) {
                for (int r = 0; r < ROWS; r++) {
                    int spike = Encoder.Poisson.spike(images[n * ROWS + r], uniforms.nextFloat(), 1f);
                    for (int c = 0; c < CLASSES; c++) {
                        int code = codes[c * ROWS + r];
                        sums[c] += spike * code * (code < 0 && held == Held.UNLIKE_CONVERTERS ? UNLIKE : 1.0);
                    }
                }
                for (int c = 1; c < CLASSES; c++) {
                    winners[t][n] = sums[c] > sums[winners[t][n]] + SAME ? c : winners[t][n];
                }
                for (int c = winners[t][n] + 1; c < CLASSES; c++) {
                    ties += Math.abs(sums[c] - sums[winners[t][n]]) <= SAME ? 1 : 0;
                }
            }
        }
        return new EqualOutputs(plan, batch, winners, ties);
    }

    private static SynapsePlan synapses(int[] codes, float step, Held held) {
        if (held == Held.DENSE) {
            float[] weights = new float[codes.length];
            for (int i = 0; i < weights.length; i++) {
                weights[i] = codes[i] * step;
            }
            return new SynapsePlan.DensePlan(weights);
        }
        boolean sliced = held == Held.SLICED_PAIRS;
        float[] gains = sliced ? new float[] {1, -1, 2, -2} : new float[] {1, -1};
        float negative = held == Held.UNLIKE_CONVERTERS ? UNLIKE * step : step;
        float[][] planes = new float[gains.length][codes.length];
        for (int c = 0; c < CLASSES; c++) {
            for (int r = 0; r < ROWS; r++) {
                int code = codes[c * ROWS + r];
                int sign = code < 0 ? 1 : 0;
                int cell = r * CLASSES + c;
                planes[sign][cell] = (sign > 0 ? negative : step) * (sliced ? Math.abs(code) % 2 : Math.abs(code));
                if (sliced) {
                    planes[2 + sign][cell] = step * (Math.abs(code) / 2);
                }
            }
        }
        boolean converted = held == Held.CONVERTED_PAIRS || held == Held.UNLIKE_CONVERTERS;
        SynapsePlan.Converter[] converters = {
            new SynapsePlan.Converter(0, step, 64), new SynapsePlan.Converter(0, negative, 64)
        };
        return SynapsePlan.ArrayPlan.of(new LayerArrays(
                ArrayGrid.even(ROWS, CLASSES, 4),
                CellPlanes.exact(planes, gains),
                converted ? Conversion.of(converters) : Conversion.EXACT,
                ColumnCircuit.IDEAL,
                new RowCosts(new double[ROWS]),
                new SynapsePlan.NoiseKey(1, 0, 0)));
    }
}
