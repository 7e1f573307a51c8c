/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.sim.tornado;

import static io.synaptile.testing.Tolerance.againstReference;
import static org.assertj.core.api.Assertions.assertThat;

import io.synaptile.devices.ConductanceRange;
import io.synaptile.devices.fault.StuckCells;
import io.synaptile.devices.programming.LogNormalSpread;
import io.synaptile.devices.resistive.ResistiveCell;
import io.synaptile.devices.resistive.Writing;
import io.synaptile.mapping.codec.CodecKind;
import io.synaptile.mapping.codec.DifferentialPair;
import io.synaptile.mapping.codec.WeightGrid;
import io.synaptile.mapping.codec.WeightVariation;
import io.synaptile.sim.compute.VariationModel;
import io.synaptile.sim.compute.WeightStage;
import io.synaptile.sim.random.NoiseStream;
import io.synaptile.sim.random.Purpose;
import io.synaptile.sim.tornado.kernel.R;
import io.synaptile.training.transform.DorefaQuantiser;
import io.synaptile.training.transform.KBitQuantiser;
import io.synaptile.training.transform.LogNormalPerturbation;
import io.synaptile.training.transform.Saturation;
import io.synaptile.training.transform.Ternariser;
import io.synaptile.training.transform.TransformedWeights;
import io.synaptile.training.transform.Variation;
import io.synaptile.training.transform.WeightDraw;
import io.synaptile.training.transform.WeightPerturbation;
import io.synaptile.training.transform.WeightTransform;
import io.synaptile.training.variation.CellVariation;
import java.util.List;
import java.util.Optional;
import java.util.function.IntFunction;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;
import uk.ac.manchester.tornado.api.types.arrays.IntArray;

/** Stages on the device give the weights and gradients of the host's transforms. */
@RequiresDevice
final class StagesTest {
    private static final WeightDraw DRAW = new WeightDraw(0x9E3779B97F4A7C15L, 11, 3, 17);
    /** Relative difference of drawn weights and their gradients; logarithm, cosine and exponential are the device's. */
    private static final float DRAWN = 1e-6f;
    /** Means are added in another order. */
    private static final float SUMMED = 1.2e-7f;

    /** A layer's stages, how far results may be apart, and weights in units of 1. */
    private record Chain(List<WeightTransform> stages, float bound, float largest) {}

    static Stream<Arguments> chains() {
        return Stream.of(
                chain("1 bit", 0f, 1.5f, new KBitQuantiser(1, true)),
                chain("4 bits", 0f, 1.5f, new KBitQuantiser(4, true)),
                chain("4 bits without clamping", 0f, 9f, new KBitQuantiser(4, false)),
                chain("16 bits", 0f, 1.1f, new KBitQuantiser(16, true)),
                chain("16 bits, weights beyond what a float counts", 0f, 1e6f, new KBitQuantiser(16, false)),
                chain("ternary", SUMMED, 1.5f, new Ternariser(0.05f)),
                chain("ternary without threshold", SUMMED, 1.5f, new Ternariser(0f)),
                chain("ternary as published", SUMMED, 1.5f, new Ternariser(0.05f, true)),
                chain("1 bit of DoReFa", SUMMED, 1.5f, new DorefaQuantiser(1)),
                chain("4 bits of DoReFa", DRAWN, 1.5f, new DorefaQuantiser(4)),
                chain("variation", DRAWN, 1f, whole(new Saturation.None(), Variation.Gradient.FACTOR)),
                chain("capped", DRAWN, 1f, whole(new Saturation.Symmetric(1f), Variation.Gradient.FACTOR)),
                chain(
                        "capped by the layer",
                        DRAWN,
                        1f,
                        whole(new Saturation.LayerMaximum(), Variation.Gradient.FACTOR)),
                chain("signed", DRAWN, 1f, whole(new Saturation.SignedExtremes(), Variation.Gradient.STRAIGHT_THROUGH)),
                chain("4 bits on cells", DRAWN, 1.5f, KBitQuantiser.of(4), cells(8, 4, StuckCells.NONE)),
                chain("8 bits on slices", DRAWN, 1.5f, KBitQuantiser.of(8), cells(128, 4, new StuckCells(0.1, 0.2))),
                chain("DoReFa's single bit on cells", 4 * DRAWN, 1.5f, new DorefaQuantiser(1), ownScale()),
                chain("4 bits on slices of 1", DRAWN, 1.5f, KBitQuantiser.of(4), cells(8, 1, new StuckCells(0, 0.01))),
                chain(
                        "ternary, variation",
                        4 * DRAWN,
                        1.5f,
                        new Ternariser(0.1f),
                        whole(new Saturation.Symmetric(1f), Variation.Gradient.FACTOR)));
    }

    private static Arguments chain(String name, float bound, float largest, WeightTransform... stages) {
        return Arguments.of(Named.of(name, new Chain(List.of(stages), bound, largest)));
    }

    private static Variation whole(Saturation saturation, Variation.Gradient gradient) {
        return new Variation(new LogNormalPerturbation(0.3, saturation), Variation.Resample.PER_FORWARD, gradient);
    }

    private static Variation cells(int steps, int bits, StuckCells stuck) {
        ResistiveCell cell = cell(bits, stuck);
        return variation(count -> new WeightVariation(new DifferentialPair(1f, steps, bits, cell), cell, count));
    }

    /** Cells whose full scale is the largest magnitude of the layer. */
    private static Variation ownScale() {
        WeightGrid grid = new WeightGrid.Dorefa(1);
        ResistiveCell cell = cell(4, StuckCells.NONE);
        return variation(count -> WeightVariation.onGrid(CodecKind.DIFFERENTIAL_PAIR, grid, cell, 8, count));
    }

    private static ResistiveCell cell(int bits, StuckCells stuck) {
        Writing writing = Writing.of(new LogNormalSpread(0.34, 0.7), stuck);
        return ResistiveCell.of("rram", new ConductanceRange(2f, 40f), 1 << bits, writing);
    }

    /** @param layer the variation of a layer of so many weights */
    private static Variation variation(IntFunction<WeightVariation> layer) {
        WeightPerturbation perturbation = new WeightPerturbation() {
            @Override
            public void perturb(float[] weights, float[] out, RandomGenerator random) {
                new CellVariation(layer.apply(weights.length)).perturb(weights, out, random);
            }

            @Override
            public Optional<VariationModel> onDevice() {
                return new CellVariation(layer.apply(1)).onDevice();
            }
        };
        return new Variation(perturbation, Variation.Resample.PER_EPOCH, Variation.Gradient.STRAIGHT_THROUGH);
    }

    @ParameterizedTest
    @MethodSource("chains")
    void theDeviceGivesTheHostsWeightsAndGradients(Chain chain) {
        List<WeightStage> stages = chain.stages.stream()
                .map(stage -> stage.onDevice().orElseThrow())
                .toList();
        for (int count : new int[] {1, 63, 20_011}) {
            float[] latent = new float[count];
            float[] expectedGradient = new float[count];
            NoiseStream random = NoiseStream.of(7, Purpose.TEST, 0, count, 0);
            for (int i = 0; i < count; i++) {
                latent[i] = chain.largest * (2 * random.nextFloat() - 1);
                expectedGradient[i] = (float) random.nextGaussian();
            }
            FloatArray effective = Memory.floats(count);
            FloatArray gradient = FloatArray.fromArray(expectedGradient);
            run(stages, latent, effective, gradient);
            TransformedWeights host = new TransformedWeights(chain.stages, count);
            float[] expected = host.apply(latent, DRAW);
            host.pullBack(expectedGradient);
            for (int i = 0; i < count; i++) {
                assertThat(effective.get(i))
                        .as("weight %d of %d, latent %s", i, count, latent[i])
                        .isCloseTo(
                                expected[i],
                                againstReference(chain.bound * Math.max(scale(chain), Math.abs(expected[i]))));
                assertThat(gradient.get(i))
                        .as("gradient %d of %d", i, count)
                        .isCloseTo(expectedGradient[i], againstReference(chain.bound * Math.abs(expectedGradient[i])));
            }
        }
    }

    /** A pair of cells is a difference of two drawn numbers of up to full scale. */
    private static float scale(Chain chain) {
        return chain.stages.getLast() instanceof Variation variation
                        && !(variation.perturbation() instanceof LogNormalPerturbation)
                ? 1f
                : 0f;
    }

    private static void run(List<WeightStage> list, float[] latent, FloatArray effective, FloatArray gradient) {
        IntArray run = IntArray.fromElements(1, 1, (int) DRAW.seed(), (int) (DRAW.seed() >>> 32), 0);
        assertThat(run.getSize()).isEqualTo(R.SIZE);
        IntArray draw = IntArray.fromElements(DRAW.epoch(), DRAW.batch());
        Stages stages = new Stages(DRAW.node(), list, effective, draw, run);
        for (int i = 0; i < latent.length; i++) {
            stages.latent.set(i, latent[i]);
        }
        Graph graph = new Graph("stages");
        graph.inputs(stages.latent, gradient);
        graph.outputs(effective, gradient);
        stages.prepare(graph);
        stages.pullBack(graph, gradient);
        try (Plan plan = new Plan(TornadoDevices.all().getFirst(), null, List.of(graph))) {
            plan.execute(0);
        }
    }
}
