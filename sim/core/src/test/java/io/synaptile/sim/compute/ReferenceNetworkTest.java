/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.sim.compute;

import static io.synaptile.testing.Tolerance.againstClosedForm;
import static io.synaptile.testing.Tolerance.againstReference;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.synaptile.sim.compute.RandomCase.Style;
import io.synaptile.sim.network.Extent;
import io.synaptile.sim.network.Layer;
import io.synaptile.sim.network.Network;
import io.synaptile.sim.network.NetworkBuilder;
import io.synaptile.sim.network.NeuronSpec;
import io.synaptile.sim.network.NormState;
import io.synaptile.sim.network.ParameterId;
import io.synaptile.sim.network.Parameters;
import io.synaptile.sim.network.Role;
import io.synaptile.sim.network.Scope;
import io.synaptile.sim.network.Shape;
import io.synaptile.sim.network.Surrogate;
import io.synaptile.sim.random.NoiseStream;
import io.synaptile.sim.random.Purpose;
import io.synaptile.sim.spikes.Encoder;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The reference itself: hand-worked and published-code vectors, and central differences through every smooth layer. */
class ReferenceNetworkTest {
    private static final double PRINTED = 1e-6;

    static LongStream seeds() {
        return LongStream.rangeClosed(1, 30);
    }

    /** Vector lif_bntt_seed of the published BNTT code: leak 0.95, soft reset. */
    @Test
    void softResetNeuronMatchesThePublishedCode() {
        NeuronSpec spec = NeuronSpec.lif(0.95f, 1f);
        Trace trace = trace(spec, 0.6, 0.7, -0.2, 1.9, 0.05);
        assertThat(trace.spikes).containsExactly(0, 1, 0, 1, 0);
        assertThat(trace.potentials)
                .containsExactly(new double[] {0.6, 1.27, 0.0565, 1.953675, 0.955991}, againstReference(PRINTED));
        assertThat(trace.gradient)
                .containsExactly(
                        new double[] {0.648861, 0.493538, 0.288987, 0.286355, 0.286797}, againstReference(PRINTED));
    }

    /** Vector lif_bntt_tie: at the threshold the neuron is silent and its surrogate is at its peak. */
    @Test
    void atTheThresholdTheNeuronIsSilentAndItsSurrogateIsHighest() {
        Trace trace = trace(NeuronSpec.lif(0.95f, 1f), 1.0);
        assertThat(trace.spikes).containsExactly(0);
        assertThat(trace.gradient).containsExactly(new double[] {0.3}, againstReference(1e-7));
    }

    /**
     * By hand: u = 0.75, then 0.375 + 0.75 = 1.125 fires, then 0.5 from zero. With surrogate max(0, 1 - |u - 1|) = 0.75,
     * 0.875, 0.5: d3 = 0.5; d2 = 0.875 + 0.5 * 0 * d3; d1 = 0.75 + 0.5 * d2.
     */
    @Test
    void hardResetForgetsThePotentialAndCutsItsGradient() {
        NeuronSpec spec = new NeuronSpec(0.5f, 1f, NeuronSpec.Reset.HARD, new Surrogate.Triangle(1f));
        Trace trace = trace(spec, 0.75, 0.75, 0.5);
        assertThat(trace.potentials).containsExactly(0.75, 1.125, 0.5);
        assertThat(trace.spikes).containsExactly(0, 1, 0);
        assertThat(trace.gradient).containsExactly(0.75 + 0.5 * 0.875, 0.875, 0.5);
    }

    /** A surrogate is a function of u / threshold - 1 and its derivative by u carries 1 / threshold. */
    @Test
    void surrogateScalesWithTheThreshold() {
        NeuronSpec spec = new NeuronSpec(1f, 0.5f, NeuronSpec.Reset.SOFT, new Surrogate.Triangle(1f));
        Trace trace = trace(spec, 0.25);
        assertThat(trace.gradient).containsExactly(0.5 / 0.5);
    }

    /** Vector bntt of the published code: two steps with their own scales and statistics, and the backward pass of one. */
    @Test
    void stepNormMatchesThePublishedCode() {
        NetworkBuilder builder = new NetworkBuilder("norm", new Shape(1, 1, 1));
        int weight = builder.add("weight", new Layer.Dense(1));
        int norm = builder.add("norm", Layer.StepNorm.standard());
        builder.add("scores", new Layer.ReadOut());
        float[] images = {1f, 2f, 4f, -1f};
        ReferenceNetwork reference = new ReferenceNetwork(builder.build());
        reference.setWeights(weight, new float[] {1f});
        NormState state = NormState.identity(1, 1);
        reference.setNorm(norm, state);
        double[] y = reference.forward(batch(images, 4, 1));
        assertThat(y)
                .containsExactly(new double[] {-0.277346, 0.277346, 1.386729, -1.386729}, againstReference(PRINTED));
        assertThat(state.mean()[0]).isCloseTo(0.15f, againstReference(1e-6f));
        assertThat(state.variance()[0]).isCloseTo(1.333333f, againstReference(1e-6f));
        reference.backward(new double[] {1, 0, 0, 0.5});
        assertThat(reference.gradient(weight)[0])
                .containsExactly(new double[] {0.309348, -0.170676, -0.02134, -0.117333}, againstReference(PRINTED));
        assertThat(reference.gradient(new ParameterId(norm, Role.GAMMA)))
                .containsExactly(new double[] {-0.97071}, againstReference(1e-5));

        double[] evaluated = reference.infer(batch(images, 4, 1));
        assertThat(evaluated)
                .containsExactly(new double[] {0.736094, 1.602087, 3.334073, -0.995892}, againstReference(PRINTED));

        NormState second = new NormState(1, 1, new float[] {0.7f}, new float[1], new float[] {1f});
        reference.setNorm(norm, second);
        double[] y2 = reference.forward(batch(new float[] {0.5f, 0f, -0.5f, 2f}, 4, 1));
        assertThat(y2).containsExactly(new double[] {0, -0.374144, -0.748289, 1.122433}, againstReference(PRINTED));
        assertThat(second.mean()[0]).isCloseTo(0.05f, againstReference(1e-6f));
        assertThat(second.variance()[0]).isCloseTo(1.016667f, againstReference(1e-6f));
    }

    /** Normalised over both steps at once: inputs 1, 2 and 4, -1 are the four samples of the published vector. */
    @Test
    void aSharedNormTakesItsStatisticsOverAllSteps() {
        NetworkBuilder builder = new NetworkBuilder("norm", new Shape(1, 1, 1));
        int weight = builder.add("weight", new Layer.Dense(1));
        int norm = builder.add("norm", new Layer.StepNorm(1e-4f, 0.1f, true));
        builder.add("scores", new Layer.ReadOut());
        ReferenceNetwork reference = new ReferenceNetwork(builder.build());
        reference.setWeights(weight, new float[] {1f});
        NormState state = NormState.identity(1, 1);
        reference.setNorm(norm, state);
        reference.forward(batch(new float[2], 2, 2), new double[][] {{1, 2}, {4, -1}});
        assertThat(reference.values(norm)[0])
                .containsExactly(new double[] {-0.277346, 0.277346}, againstReference(PRINTED));
        assertThat(reference.values(norm)[1])
                .containsExactly(new double[] {1.386729, -1.386729}, againstReference(PRINTED));
        assertThat(state.mean()[0]).isCloseTo(0.15f, againstReference(1e-6f));
        assertThat(state.variance()[0]).isCloseTo(1.333333f, againstReference(1e-6f));
    }

    /** Vector poisson_signed of the published code. */
    @Test
    void signedPoissonMatchesThePublishedCode() {
        float[] pixels = {-2.5f, -0.8f, 0f, 0.3f, 1.9f, 2.2f};
        float[] uniforms = {0.99f, 0.39f, 0f, 0.2f, 0.96f, 0.999f};
        int[] spikes = new int[pixels.length];
        for (int i = 0; i < spikes.length; i++) {
            spikes[i] = Encoder.Poisson.spike(pixels[i], uniforms[i], 2f);
        }
        assertThat(spikes).containsExactly(-1, -1, 0, 0, 0, 1);
    }

    /** Pixel i of step t takes word {@code t * pixels + i} of its sample's stream. */
    @Test
    void codingDrawsTheWordOfItsStepAndPixel() {
        float[] images = {1f, -1f, 0.5f, 0.7f, -0.4f, 1.2f};
        InputBatch batch = new InputBatch(images, 2, 3, new Encoder.Poisson(2f), 9, 4, new long[] {11, 5});
        double[][] coded = ReferenceNetwork.encode(batch);
        NoiseStream stream = NoiseStream.of(9, Purpose.INPUT_CODING, 4, 5, 0);
        stream.seek(2 * 3 + 1);
        assertThat(coded[2][3 + 1]).isEqualTo(Encoder.Poisson.spike(-0.4f, stream.nextFloat(), 2f));
    }

    /** A 3x3 box over a 3x3 image of ones with a border of zeros: corners meet 4, edges 6, the centre 9. */
    @Test
    void convolutionPadsWithZeros() {
        NetworkBuilder builder = new NetworkBuilder("box", new Shape(1, 3, 3));
        int conv = builder.add("conv", new Layer.Conv2d(1, 3, 1, 1));
        builder.add("scores", new Layer.ReadOut());
        ReferenceNetwork reference = new ReferenceNetwork(builder.build());
        float[] ones = new float[9];
        Arrays.fill(ones, 1f);
        reference.setWeights(conv, ones);
        double[] y = reference.infer(batch(ones, 1, 1));
        assertThat(y).containsExactly(4, 6, 4, 6, 9, 6, 4, 6, 4);
        assertThat(reference.activity()[conv].events).containsExactly(9);
        assertThat(reference.activity()[conv].effectiveAcs).containsExactly(49);
        assertThat(reference.activity()[conv].effectiveMacs).containsExactly(0);
    }

    /** Cross-correlation: the kernel is not flipped, and stride 2 keeps every other position. */
    @Test
    void convolutionDoesNotFlipItsKernel() {
        NetworkBuilder builder = new NetworkBuilder("slide", new Shape(1, 1, 4));
        int conv = builder.add("conv", new Layer.Conv2d(1, 1, 2, 0));
        builder.add("scores", new Layer.ReadOut());
        ReferenceNetwork strided = new ReferenceNetwork(builder.build());
        strided.setWeights(conv, new float[] {2f});
        assertThat(strided.infer(batch(new float[] {1f, 2f, 3f, 4f}, 1, 1))).containsExactly(2, 6);

        NetworkBuilder corner = new NetworkBuilder("corner", new Shape(1, 3, 3));
        corner.add("conv", new Layer.Conv2d(1, 3, 1, 0));
        corner.add("scores", new Layer.ReadOut());
        ReferenceNetwork reference = new ReferenceNetwork(corner.build());
        reference.setWeights(0, new float[] {1, 2, 3, 4, 5, 6, 7, 8, 9});
        assertThat(reference.infer(batch(new float[] {1, 0, 0, 0, 0, 0, 0, 0, 0}, 1, 1)))
                .containsExactly(1);
    }

    /** 5 x 3 in windows of 2: two by one remain, the last row and column are dropped. */
    @Test
    void poolingDropsWhatDoesNotFillAWindow() {
        NetworkBuilder builder = new NetworkBuilder("pool", new Shape(1, 5, 3));
        builder.add("pool", new Layer.AvgPool(2));
        builder.add("scores", new Layer.ReadOut());
        float[] image = new float[15];
        for (int i = 0; i < image.length; i++) {
            image[i] = i;
        }
        double[] y = new ReferenceNetwork(builder.build()).infer(batch(image, 1, 1));
        assertThat(y).containsExactly((0 + 1 + 3 + 4) / 4.0, (6 + 7 + 9 + 10) / 4.0);
    }

    /**
     * Two rows a tile, one plane of codes -1 + 0.5 k, k = 0..3: inputs 1, -1, 0.5 on cells 0.8, 0.3, 0.9. Positive phase: tile
     * 0 reads 0.8 (code 3, clamped from 3.6: 0.5), tile 1 reads 0.45 (code 2.9: 0.5). Negative phase: tile 0 reads 0.3 (code
     * 2.6: 0.5). Gain 2: (0.5 + 0.5 - 0.5) * 2.
     */
    @Test
    void tilesAreConvertedOneByOneInTwoPhases() {
        NetworkBuilder builder = new NetworkBuilder("tiles", Shape.features(3));
        int dense = builder.add("dense", new Layer.Dense(1));
        builder.add("scores", new Layer.ReadOut());
        LayerArrays plan = new LayerArrays(
                ArrayGrid.even(3, 1, 2),
                CellPlanes.exact(new float[][] {{0.8f, 0.3f, 0.9f}}, new float[] {2f}),
                Conversion.of(new SynapsePlan.Converter(-1f, 0.5f, 4)),
                ColumnCircuit.IDEAL,
                new RowCosts(new double[] {10, 20, 40}),
                new SynapsePlan.NoiseKey(1, dense, 0));
        ReferenceNetwork reference = ReferenceNetwork.of(
                new NetworkPlan(builder.build(), Map.of(dense, SynapsePlan.ArrayPlan.of(plan)), Parameters.none()));
        assertThat(reference.infer(batch(new float[] {1f, -1f, 0.5f}, 1, 1))).containsExactly(1.0);
        BatchActivity activity = reference.activity()[dense];
        assertThat(activity.rowDrives).containsExactly(2.5);
        assertThat(activity.tileReads).containsExactly(3);
        assertThat(activity.activePositions).containsExactly(2);
        assertThat(activity.load).containsExactly(10 + 20 + 20);
        assertThat(activity.effectiveMacs).containsExactly(3);
    }

    /** Inputs 1, 2 on a digitised plane (0.3, 0.4: 1.1, code 2 of step 0.5) and an exact one (1, 3: 7), gains 1 and -0.25. */
    @Test
    void aPlaneWithoutConverterIsExact() {
        NetworkBuilder builder = new NetworkBuilder("hybrid", Shape.features(2));
        int dense = builder.add("dense", new Layer.Dense(1));
        builder.add("scores", new Layer.ReadOut());
        LayerArrays plan = new LayerArrays(
                ArrayGrid.even(2, 1, 2),
                CellPlanes.exact(new float[][] {{0.3f, 0.4f}, {1f, 3f}}, new float[] {1f, -0.25f}),
                new Conversion(
                        List.of(Optional.of(new SynapsePlan.Converter(0f, 0.5f, 4)), Optional.empty()),
                        Optional.empty()),
                ColumnCircuit.IDEAL,
                new RowCosts(new double[2]),
                new SynapsePlan.NoiseKey(1, dense, 0));
        assertThat(plan.cells().hasReadNoise()).isFalse();
        assertThat(plan.conversion().converter(1)).isEmpty();
        ReferenceNetwork reference = ReferenceNetwork.of(
                new NetworkPlan(builder.build(), Map.of(dense, SynapsePlan.ArrayPlan.of(plan)), Parameters.none()));
        assertThat(reference.infer(batch(new float[] {1f, 2f}, 1, 1))).containsExactly(1.0 - 1.75);
    }

    /** Rows of a convolution run over kernel positions first, channels last; of a dense layer over positions, then channels. */
    @Test
    void tileRowsAreNumberedChannelsLast() {
        NetworkBuilder builder = new NetworkBuilder("rows", new Shape(2, 3, 3));
        int conv = builder.add("conv", new Layer.Conv2d(1, 2, 1, 0));
        int dense = builder.add("dense", new Layer.Dense(1), Network.INPUT);
        builder.add("scores", new Layer.ReadOut());
        Network network = builder.build();
        int weightAtChannel1Ky1Kx0 = (1 * 2 + 1) * 2;
        assertThat(Taps.row(network.node(conv), weightAtChannel1Ky1Kx0)).isEqualTo((1 * 2 + 0) * 2 + 1);
        int weightAtChannel1Y2X1 = 9 + 2 * 3 + 1;
        assertThat(Taps.row(network.node(dense), weightAtChannel1Y2X1)).isEqualTo((2 * 3 + 1) * 2 + 1);
    }

    /** Without tiles' imperfections a tiled matrix is the dense one. */
    @ParameterizedTest
    @MethodSource("seeds")
    void idealTilesAreTheDenseMatrix(long seed) {
        RandomCase drawn = RandomCase.dense(seed, Style.EXACT);
        Map<Integer, SynapsePlan> tiles = new HashMap<>();
        for (Network.Node node : drawn.network().synapses()) {
            int outputs = node.weightShape()[0];
            float[] plane = new float[node.weightCount()];
            float[] weights = drawn.parameters().get(ParameterId.weight(node.id()));
            for (int w = 0; w < plane.length; w++) {
                plane[Taps.row(node, w) * outputs + w / node.fanIn()] = weights[w];
            }
            tiles.put(
                    node.id(),
                    SynapsePlan.ArrayPlan.of(new LayerArrays(
                            ArrayGrid.even(node.fanIn(), outputs, 3),
                            CellPlanes.exact(new float[][] {plane}, new float[] {1f}),
                            Conversion.EXACT,
                            ColumnCircuit.IDEAL,
                            new RowCosts(new double[node.fanIn()]),
                            new SynapsePlan.NoiseKey(1, node.id(), 0))));
        }
        double[] dense = ReferenceNetwork.of(drawn.plan()).infer(drawn.batch());
        NetworkPlan plan = new NetworkPlan(drawn.network(), tiles, drawn.parameters());
        assertThat(ReferenceNetwork.of(plan).infer(drawn.batch())).isEqualTo(dense);
    }

    /** Kept values are scaled by 1 / (1 - rate), and a sample keeps its mask over the steps. */
    @Test
    void dropoutKeepsItsMaskAndItsMean() {
        NetworkBuilder builder = new NetworkBuilder("drop", Shape.features(1000));
        int drop = builder.add("drop", new Layer.Dropout(0.25f));
        builder.add("scores", new Layer.ReadOut());
        float[] ones = new float[2000];
        Arrays.fill(ones, 1f);
        ReferenceNetwork reference = new ReferenceNetwork(builder.build());
        reference.forward(batch(ones, 2, 2));
        double[][] values = reference.values(drop);
        assertThat(values[1]).isEqualTo(values[0]);
        long kept = Arrays.stream(values[0]).filter(value -> value != 0).count();
        assertThat(kept).as("kept of 2000, 4 standard deviations").isBetween(1500L - 78, 1500L + 78);
        assertThat(Arrays.stream(values[0]).max().orElseThrow()).isCloseTo(1 / 0.75, againstClosedForm(1e-12));
        assertThat(reference.infer(batch(ones, 2, 1))).containsOnly(1.0);
    }

    /**
     * Softmax cross-entropy of networks without neurons, where the loss is smooth: the derivative by every weight, bias, scale and offset
     * agrees with a central difference.
     */
    @ParameterizedTest
    @MethodSource("seeds")
    void gradientsOfSmoothNetworksAreCentralDifferences(long seed) {
        NoiseStream random = NoiseStream.of(seed, Purpose.TEST, 1, 0, 0);
        NetworkBuilder builder = new NetworkBuilder("smooth", new Shape(2, 5, 4));
        Layer.Conv2d square = new Layer.Conv2d(3, 1 + 2 * random.nextInt(2), 1 + random.nextInt(2), 1);
        Layer.Conv2d oblong =
                new Layer.Conv2d(3, new Extent(3, 2), new Extent(1, 2), Extent.square(1), new Extent(1, 2));
        builder.add("conv", seed % 5 < 2 ? oblong : square);
        Layer.StepNorm layer = new Layer.StepNorm(1e-4f, 0.1f, random.nextInt(2) == 0, true);
        int norm = builder.add("norm", layer);
        builder.add("rates", new Layer.RateNorm(0.1f, 1e-6f, seed % 2 == 0, true));
        int rectified = builder.add("relu", new Layer.Relu(0.75f));
        builder.add("branch", new Layer.Conv2d(3, 3, 1, 1).inGroups(seed % 2 == 0 ? 3 : 1));
        int branch = builder.add("bias", new Layer.Bias());
        int sum = builder.add("sum", Layer.Join.sum(), branch, norm, branch);
        int product = builder.add("and", new Layer.Join(Layer.Join.Function.AND), sum, rectified);
        int inverse = builder.add("iand", new Layer.Join(Layer.Join.Function.IAND), product, branch);
        builder.add("concat", new Layer.Concat(), sum, inverse);
        if (seed % 2 == 0) {
            builder.add("pool", new Layer.AvgPool(2, 1));
        } else {
            builder.add("max", seed % 3 == 0 ? new Layer.MaxPool(2, 1) : new Layer.MaxPool(3, 2, 1));
        }
        builder.add("drop", new Layer.Dropout(0.25f));
        if (seed % 3 == 0) {
            builder.add("flatten", new Layer.Flatten());
        }
        builder.add("dense", new Layer.Dense(4));
        builder.add("scores", new Layer.ReadOut());
        Network network = builder.build();

        int samples = 3;
        float[] images = new float[samples * 40];
        for (int i = 0; i < images.length; i++) {
            images[i] = random.nextFloat() * 2 - 1;
        }
        InputBatch batch = new InputBatch(images, samples, 2, new Encoder.Poisson(1f), seed, 0, new long[] {1, 2, 3});
        int[] labels = {random.nextInt(4), random.nextInt(4), random.nextInt(4)};
        ReferenceNetwork reference = new ReferenceNetwork(network);
        for (Network.Node node : network.synapses()) {
            float[] weights = new float[node.weightCount()];
            for (int i = 0; i < weights.length; i++) {
                weights[i] = random.nextFloat() - 0.5f;
            }
            reference.setWeights(node.id(), weights);
        }
        Parameters initial = Parameters.initial(network, 2);
        reference.set(initial.only(id -> id.role() != Role.WEIGHT));

        double[] gradient = new double[samples * 4];
        crossEntropy(reference.forward(batch), labels, gradient);
        assumeThat(reference.firingMargin())
                .as("distance of all values from where derivatives change")
                .isGreaterThan(1e-3);
        reference.backward(gradient);
        double step = 0x1p-17;
        for (Network.Node node : network.synapses()) {
            double[] weights = reference.weights(node.id());
            double[] analytic = reference.gradient(ParameterId.weight(node.id()));
            for (int i = 0; i < weights.length; i += 1 + weights.length / 20) {
                double kept = weights[i];
                weights[i] = kept + step;
                double above = crossEntropy(reference.forward(batch), labels, new double[samples * 4]);
                weights[i] = kept - step;
                double below = crossEntropy(reference.forward(batch), labels, new double[samples * 4]);
                weights[i] = kept;
                assertThat(analytic[i])
                        .as("weight %d of %s, seed %d", i, node.name(), seed)
                        .isCloseTo(
                                (above - below) / (2 * step),
                                againstReference(1e-7 * Math.max(1, Math.abs(analytic[i]))));
            }
        }
        initial.trainable().forEach((id, values) -> {
            for (int i = 0; i < values.length && id.role() != Role.WEIGHT; i++) {
                float kept = values[i];
                values[i] = kept + (float) step;
                double above = crossEntropy(reference.forward(batch), labels, new double[samples * 4]);
                values[i] = kept - (float) step;
                double below = crossEntropy(reference.forward(batch), labels, new double[samples * 4]);
                values[i] = kept;
                assertThat(reference.gradient(id)[i])
                        .as("%s %d, seed %d", id.role().id(), i, seed)
                        .isCloseTo((above - below) / (2 * step), againstReference(1e-7));
            }
        });
    }

    /** Networks of integrators without neurons, with every rule of the read-out: derivatives are central differences. */
    @ParameterizedTest
    @MethodSource("seeds")
    void gradientsOfIntegratorsAndReadOutsAreCentralDifferences(long seed) {
        NoiseStream random = NoiseStream.of(seed, Purpose.TEST, 2, 0, 0);
        Layer.ReadOut.Rule rule = Layer.ReadOut.Rule.values()[(int) (seed % 5)];
        int voters = 1 + (int) (seed % 2);
        NetworkBuilder builder = new NetworkBuilder("smooth", new Shape(2, 3, 2));
        builder.add("conv", new Layer.Conv2d(3, 1, 1, 0));
        int first = builder.add("first", new Layer.Integrator(0.5f, 0.5f, Scope.CHANNEL));
        builder.add("dense", new Layer.Dense(4 * voters));
        int second = builder.add("second", new Layer.Integrator(0.5f, 1f, Scope.LAYER));
        builder.add("scores", new Layer.ReadOut(rule, rule == Layer.ReadOut.Rule.WEIGHTED ? 0.6f : 1f, voters));
        Network network = builder.build();
        int samples = 2;
        int steps = 4;
        double[][] coded = new double[steps][samples * 12];
        for (double[] step : coded) {
            for (int i = 0; i < step.length; i++) {
                step[i] = random.nextFloat() * 2 - 1;
            }
        }
        InputBatch batch =
                new InputBatch(new float[samples * 12], samples, steps, new Encoder.Direct(), 1, 0, new long[] {1, 2});
        int[] labels = {random.nextInt(4), random.nextInt(4)};
        Parameters parameters = Parameters.initial(network, steps);
        parameters.weights().values().forEach(weights -> {
            for (int i = 0; i < weights.length; i++) {
                weights[i] = random.nextFloat() - 0.5f;
            }
        });
        for (int node : List.of(first, second)) {
            float[] leaks = parameters.get(new ParameterId(node, Role.LEAK));
            for (int i = 0; i < leaks.length; i++) {
                leaks[i] = 0.25f + 0.5f * random.nextFloat();
            }
        }
        ReferenceNetwork reference = new ReferenceNetwork(network);
        reference.set(parameters);
        double[] gradient = new double[samples * 4];
        crossEntropy(reference.forward(batch, coded), labels, gradient);
        reference.backward(gradient);
        float step = 0x1p-12f;
        Map<ParameterId, double[]> analytic = new HashMap<>();
        parameters.forEach((id, _) -> analytic.put(id, reference.gradient(id).clone()));
        parameters.forEach((id, values) -> {
            for (int i = 0; i < values.length; i += 1 + values.length / 10) {
                float kept = values[i];
                values[i] = kept + step;
                double up = values[i];
                reference.set(parameters);
                double above = crossEntropy(reference.forward(batch, coded), labels, new double[samples * 4]);
                values[i] = kept - step;
                double down = values[i];
                reference.set(parameters);
                double below = crossEntropy(reference.forward(batch, coded), labels, new double[samples * 4]);
                values[i] = kept;
                assertThat(analytic.get(id)[i])
                        .as("%s %d of node %d, %s, seed %d", id.role(), i, id.node(), rule, seed)
                        .isCloseTo((above - below) / (up - down), againstReference(2e-5));
            }
        });
    }

    /** A random case has spikes in at least half of its neuron layers over the seeds that the contract uses. */
    @Test
    void randomCasesSpike() {
        for (Style style : Style.values()) {
            int layers = 0;
            int active = 0;
            for (long seed = 1; seed <= 40; seed++) {
                RandomCase drawn = RandomCase.dense(seed, style);
                ReferenceNetwork reference = ReferenceNetwork.of(drawn.plan());
                reference.infer(drawn.batch());
                for (Network.Node node : drawn.network().nodes()) {
                    if (node.layer() instanceof Layer.Neuron) {
                        layers++;
                        active += Arrays.stream(reference.activity()[node.id()].total().spikes)
                                                .sum()
                                        > 0
                                ? 1
                                : 0;
                    }
                }
            }
            assertThat(active).as("spiking layers of %d in %s", layers, style).isGreaterThan(layers / 2);
        }
    }

    /** Mean softmax cross-entropy and its gradient by the scores. */
    private static double crossEntropy(double[] scores, int[] labels, double[] gradient) {
        int classes = scores.length / labels.length;
        double loss = 0;
        for (int n = 0; n < labels.length; n++) {
            double sum = 0;
            for (int c = 0; c < classes; c++) {
                sum += Math.exp(scores[n * classes + c]);
            }
            for (int c = 0; c < classes; c++) {
                double probability = Math.exp(scores[n * classes + c]) / sum;
                gradient[n * classes + c] = (probability - (c == labels[n] ? 1 : 0)) / labels.length;
            }
            loss -= Math.log(Math.exp(scores[n * classes + labels[n]]) / sum) / labels.length;
        }
        return loss;
    }

    private static InputBatch batch(float[] images, int samples, int steps) {
        return new InputBatch(images, samples, steps, new Encoder.Direct(), 1, 0, new long[samples]);
    }

    private record Trace(double[] potentials, double[] spikes, double[] gradient) {}

    /** A single neuron driven by those currents, and the gradient of the number of its spikes by them. */
    private static Trace trace(NeuronSpec spec, double... current) {
        NetworkBuilder builder = new NetworkBuilder("trace", Shape.features(1));
        int driven = builder.add("current", new Layer.Flatten());
        int neuron = builder.add("neuron", new Layer.Neuron(spec));
        builder.add("scores", new Layer.ReadOut());
        ReferenceNetwork reference = new ReferenceNetwork(builder.build());
        double[][] coded =
                Arrays.stream(current).mapToObj(x -> new double[] {x}).toArray(double[][]::new);
        reference.forward(batch(new float[1], 1, current.length), coded);
        reference.backward(new double[] {current.length});
        return new Trace(
                overTime(reference.membranes(neuron)),
                overTime(reference.values(neuron)),
                overTime(reference.gradient(driven)));
    }

    private static double[] overTime(double[][] values) {
        return Arrays.stream(values).mapToDouble(step -> step[0]).toArray();
    }
}
