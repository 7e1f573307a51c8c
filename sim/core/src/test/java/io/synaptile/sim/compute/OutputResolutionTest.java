/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.sim.compute;

import static io.synaptile.testing.Tolerance.againstClosedForm;
import static org.assertj.core.api.Assertions.assertThat;

import io.synaptile.sim.network.Layer;
import io.synaptile.sim.network.Network;
import io.synaptile.sim.network.NetworkBuilder;
import io.synaptile.sim.network.NeuronSpec;
import io.synaptile.sim.network.Parameters;
import io.synaptile.sim.network.Shape;
import io.synaptile.sim.spikes.Encoder;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OutputResolutionTest {
    private static final int STEPS = 4;

    private static InputBatch batch(int pixels, Encoder encoder) {
        return new InputBatch(new float[pixels], 1, STEPS, encoder, 1, 0, new long[] {0});
    }

    /** The step that outputs have in common: twice the distance at which they differ. */
    private static double step(Network network, SynapsePlan readOut, Encoder encoder) {
        int last = network.synapses().getLast().id();
        NetworkPlan plan = new NetworkPlan(network, Map.of(last, readOut), Parameters.none());
        return 2 * OutputResolution.of(plan).at(batch(network.input().size(), encoder));
    }

    /** Spikes of two neurons on three outputs. */
    private static Network spiking() {
        NetworkBuilder builder = new NetworkBuilder("spiking", Shape.features(2));
        builder.add("if", new Layer.Neuron(NeuronSpec.lif(1f, 1f)));
        builder.add("fc", new Layer.Dense(3));
        builder.add("out", new Layer.ReadOut());
        return builder.build();
    }

    private static double ofWeights(float... weights) {
        return step(spiking(), new SynapsePlan.DensePlan(weights), new Encoder.Direct());
    }

    @Test
    void weightsOnLevelsHaveTheStepOfTheLevels() {
        float third = 1 / 3f;
        assertThat(ofWeights(third, -1, 0, 2 * third, 4 * third, -5 * third))
                .isCloseTo(1 / 3.0, againstClosedForm(1e-7));
        // No level is one step away from 0.
        assertThat(ofWeights(3 * third, -5 * third, 7 * third, 9 * third, 3 * third, 0))
                .isCloseTo(1 / 3.0, againstClosedForm(1e-7));
        assertThat(ofWeights(0, 0, 0, 0, 0, 0)).isZero();
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void weightsOfAnySizeHaveNone(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        float[] weights = new float[6];
        for (int i = 0; i < weights.length; i++) {
            weights[i] = random.nextFloat() - 0.5f;
        }
        assertThat(ofWeights(weights)).isZero();
    }

    /** An image that is the current of every step is multiplied with the weights; its spikes are whole. */
    @Test
    void anImageHasAStepAsSpikesAlone() {
        NetworkBuilder builder = new NetworkBuilder("one", Shape.features(2));
        builder.add("fc", new Layer.Dense(2));
        builder.add("out", new Layer.ReadOut());
        SynapsePlan plan = new SynapsePlan.DensePlan(new float[] {0.1f, 0.2f, -0.1f, 0.3f});
        assertThat(step(builder.build(), plan, new Encoder.Direct())).isZero();
        assertThat(step(builder.build(), plan, new Encoder.Poisson(2))).isCloseTo(0.1, againstClosedForm(1e-7));
    }

    @Test
    void pooledSpikesAndPooledOutputsDivideTheStep() {
        NetworkBuilder builder = new NetworkBuilder("pooled", new Shape(1, 12, 12));
        builder.add("if", new Layer.Neuron(NeuronSpec.lif(1f, 1f)));
        builder.add("pool", new Layer.AvgPool(3));
        builder.add("conv", new Layer.Conv2d(2, 1, 1, 0));
        builder.add("mean", new Layer.AvgPool(4));
        builder.add("out", new Layer.ReadOut());
        SynapsePlan plan = new SynapsePlan.DensePlan(new float[] {0.5f, 1f});
        assertThat(step(builder.build(), plan, new Encoder.Direct())).isCloseTo(0.5 / 9 / 16, againstClosedForm(1e-9));
    }

    /** Cells without read noise. */
    private static final float[][] QUIET = new float[2][0];

    private static SynapsePlan pairs(float[][] variance, SynapsePlan.Converter... converters) {
        return SynapsePlan.ArrayPlan.of(new LayerArrays(
                ArrayGrid.even(2, 3, 2),
                new CellPlanes(
                        new float[][] {{0.11f, 0.52f, 0.4f, 0, 0.31f, 0.2f}, {0, 0.3f, 0.1f, 0.2f, 0, 0}},
                        variance,
                        new float[] {1, -1}),
                Conversion.of(converters),
                ColumnCircuit.IDEAL,
                new RowCosts(new double[2]),
                new SynapsePlan.NoiseKey(1, 1, 0)));
    }

    /** What converters give are codes, whatever the cells are and however noisy; without them cells that vary have no step. */
    @Test
    void convertersHaveTheirStepWhateverTheCells() {
        SynapsePlan.Converter converter = new SynapsePlan.Converter(-0.07f, 0.03f, 32);
        float[][] noise = {new float[6], new float[6]};
        assertThat(step(spiking(), pairs(noise, converter, converter), new Encoder.Direct()))
                .isCloseTo(0.03, againstClosedForm(1e-8));
        assertThat(step(
                        spiking(),
                        pairs(QUIET, converter, new SynapsePlan.Converter(0, 0.06f, 32)),
                        new Encoder.Direct()))
                .isCloseTo(0.03, againstClosedForm(1e-8));
        // Steps that do not go into each other: what is rounded away of two phases of 1,024 codes in four time steps.
        SynapsePlan.Converter fine = new SynapsePlan.Converter(0, 0.03f, 1024);
        SynapsePlan.Converter other = new SynapsePlan.Converter(0, 0.0412331f, 1024);
        assertThat(step(spiking(), pairs(QUIET, fine, other), new Encoder.Direct()))
                .isCloseTo(2 * 0x1p-22 * STEPS * 2 * 1024 * (0.03 + 0.0412331), againstClosedForm(1e-9));
        assertThat(step(spiking(), pairs(noise), new Encoder.Direct())).isZero();
    }

    /** 16-bit words on 40 rows can sum to more codes than single precision tells apart: what it rounds away is equal. */
    @Test
    void sumsOfMoreCodesThanSinglePrecisionHoldsDifferByMoreThanItsRounding() {
        NetworkBuilder builder = new NetworkBuilder("wide", Shape.features(40));
        builder.add("if", new Layer.Neuron(NeuronSpec.lif(1f, 1f)));
        builder.add("fc", new Layer.Dense(2));
        builder.add("out", new Layer.ReadOut());
        SplittableRandom random = new SplittableRandom(3);
        float[] weights = new float[80];
        for (int i = 0; i < weights.length; i++) {
            weights[i] = random.nextInt(32_768) / 32_767f;
        }
        assertThat(step(builder.build(), new SynapsePlan.DensePlan(weights), new Encoder.Direct()))
                .isCloseTo(2 / 64.0 / 32_767, againstClosedForm(1e-9));
    }
}
