/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.sim.compute;

import static io.synaptile.testing.Tolerance.againstDistribution;
import static io.synaptile.testing.Tolerance.againstPublished;
import static io.synaptile.testing.Tolerance.againstReference;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.synaptile.sim.compute.RandomCase.Effect;
import io.synaptile.sim.compute.RandomCase.Style;
import io.synaptile.sim.network.Emission;
import io.synaptile.sim.network.Extent;
import io.synaptile.sim.network.Layer;
import io.synaptile.sim.network.Network;
import io.synaptile.sim.network.NetworkBuilder;
import io.synaptile.sim.network.NeuronDynamics;
import io.synaptile.sim.network.NeuronSpec;
import io.synaptile.sim.network.ParameterId;
import io.synaptile.sim.network.Parameters;
import io.synaptile.sim.network.Representation;
import io.synaptile.sim.network.Role;
import io.synaptile.sim.network.Scope;
import io.synaptile.sim.network.Shape;
import io.synaptile.sim.random.NoiseStream;
import io.synaptile.sim.random.Purpose;
import io.synaptile.sim.spikes.Encoder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.function.BiPredicate;
import java.util.function.Predicate;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What every compute backend must do. A backend's test extends this class and says how to open the backend; it then agrees
 * with an obvious implementation in double precision on random networks (see {@link RandomCase} for why spikes can be
 * demanded exactly) and repeats itself bit by bit.
 */
public abstract class ComputeBackendContract {
    private static final double EXACT_SCORES = 1e-6;
    private static final double SCORES = 1e-4;
    private static final double GRADIENT_TERMS = 1e-5;
    private static final double GRADIENT_ROUNDING = 30;

    /** The backend under test. */
    protected abstract ComputeBackend open();

    static LongStream seeds() {
        return LongStream.rangeClosed(1, 40);
    }

    static LongStream fewSeeds() {
        return LongStream.rangeClosed(101, 112);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void sumsThatFloatsHoldExactlyGiveExactSpikesAndCounts(long seed) {
        assertAgrees(RandomCase.dense(seed, Style.EXACT), EXACT_SCORES);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void inferenceAgreesWithTheReference(long seed) {
        assertAgrees(RandomCase.dense(seed, Style.GENERAL), SCORES);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void inferenceWithStepNormsAgreesWithTheReference(long seed) {
        assertAgrees(RandomCase.dense(seed, Style.NORMED), SCORES);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void neuronsOfAnyDynamicsAgreeWithTheReference(long seed) {
        assertAgrees(RandomCase.dense(seed, Style.DYNAMIC), SCORES);
    }

    @ParameterizedTest
    @MethodSource("fewSeeds")
    void neuronsOfAnyDynamicsBehindTilesAgreeWithTheReference(long seed) {
        assertAgrees(RandomCase.tiled(seed, Style.DYNAMIC, Effect.CONVERTERS), SCORES);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void inferenceWithLayersOfAllKindsAgreesWithTheReference(long seed) {
        assertAgrees(RandomCase.dense(seed, Style.VARIED), SCORES);
    }

    @ParameterizedTest
    @MethodSource("fewSeeds")
    void tilesBetweenLayersOfAllKindsAgreeWithTheReference(long seed) {
        assertAgrees(RandomCase.tiled(seed, Style.VARIED, Effect.CONVERTERS), SCORES);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void tilesAgreeWithTheReference(long seed) {
        assertAgrees(RandomCase.tiled(seed, Style.GENERAL), SCORES);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void digitisedTilesThatFloatsHoldExactlyGiveExactSpikesAndCounts(long seed) {
        assertAgrees(RandomCase.tiled(seed, Style.EXACT, Effect.CONVERTERS), EXACT_SCORES);
    }

    @ParameterizedTest
    @MethodSource("fewSeeds")
    void digitisedTilesAgreeWithTheReference(long seed) {
        assertAgrees(RandomCase.tiled(seed, Style.NORMED, Effect.CONVERTERS), SCORES);
    }

    @ParameterizedTest
    @MethodSource("fewSeeds")
    void noisyTilesDrawTheAddressedNormals(long seed) {
        assertAgrees(RandomCase.tiled(seed, Style.GENERAL, Effect.READ_NOISE), SCORES);
    }

    @ParameterizedTest
    @MethodSource("fewSeeds")
    void outputsOfOneColumnShareItsReadNoise(long seed) {
        assertAgrees(RandomCase.tiled(seed, Style.GENERAL, Effect.READ_NOISE, Effect.SHARED_COLUMNS), SCORES);
    }

    /** With wires, noise and all else they are among everything together. */
    @ParameterizedTest
    @MethodSource("fewSeeds")
    void rowsThatAreAlwaysDrivenAgreeWithTheReference(long seed) {
        assertAgrees(
                RandomCase.tiled(
                        seed, Style.EXACT, Effect.ALWAYS, Effect.CONVERTERS, Effect.UNEVEN_CUTS, Effect.COPIES),
                EXACT_SCORES);
    }

    @ParameterizedTest
    @MethodSource("fewSeeds")
    void cutsAtAnyRowAgreeWithTheReference(long seed) {
        assertAgrees(RandomCase.tiled(seed, Style.EXACT, Effect.CONVERTERS, Effect.UNEVEN_CUTS), EXACT_SCORES);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void wiresAgreeWithTheReference(long seed) {
        assertAgrees(RandomCase.tiled(seed, Style.GENERAL, Effect.WIRES), SCORES);
    }

    @ParameterizedTest
    @MethodSource("fewSeeds")
    void wiresAndReadNoiseWorkTogether(long seed) {
        assertAgrees(
                RandomCase.tiled(
                        seed,
                        Style.GENERAL,
                        Effect.WIRES,
                        Effect.READ_NOISE,
                        Effect.SHARED_COLUMNS,
                        Effect.UNEVEN_CUTS),
                SCORES);
    }

    @ParameterizedTest
    @MethodSource("fewSeeds")
    void wiresWithoutResistanceChangeNothing(long seed) {
        RandomCase drawn = RandomCase.tiled(seed, Style.GENERAL, Effect.CONVERTERS, Effect.READ_NOISE);
        for (boolean exact : new boolean[] {true, false}) {
            RandomCase wired = drawn.mapArrays(arrays -> {
                float[][] load = new float[arrays.cells().count()][arrays.grid().size()];
                ColumnWires wires = new ColumnWires(load, new float[load.length], exact);
                return arrays.with(arrays.circuit().with(wires));
            });
            assertSame(infer(wired, 1), infer(drawn, 1), drawn.network());
        }
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void copiesReadTheirOwnPositions(long seed) {
        assertAgrees(
                RandomCase.tiled(seed, Style.EXACT, Effect.COPIES, Effect.CONVERTERS, Effect.UNEVEN_CUTS),
                EXACT_SCORES);
    }

    @ParameterizedTest
    @MethodSource("fewSeeds")
    void copiesThatAreAlikeAreOneCopy(long seed) {
        RandomCase drawn = RandomCase.tiled(
                seed, Style.GENERAL, Effect.CONVERTERS, Effect.READ_NOISE, Effect.WIRES, Effect.CONVERTER_ERRORS);
        RandomCase twice = drawn.mapPlans(plan -> new SynapsePlan.ArrayPlan(List.of(plan.first(), plan.first())));
        assertSame(infer(twice, 1), infer(drawn, 1), drawn.network());
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void limitedColumnsAgreeWithTheReference(long seed) {
        assertAgrees(RandomCase.tiled(seed, Style.GENERAL, Effect.LIMITS), SCORES);
    }

    @ParameterizedTest
    @MethodSource("fewSeeds")
    void limitsCutReadNoiseTooAndComeBeforeConversion(long seed) {
        assertAgrees(
                RandomCase.tiled(
                        seed, Style.GENERAL, Effect.LIMITS, Effect.READ_NOISE, Effect.CONVERTERS, Effect.UNEVEN_CUTS),
                SCORES);
    }

    @ParameterizedTest
    @MethodSource("fewSeeds")
    void limitsOutOfReachChangeNothing(long seed) {
        RandomCase drawn = RandomCase.tiled(seed, Style.GENERAL, Effect.CONVERTERS, Effect.READ_NOISE);
        RandomCase limited = drawn.mapArrays(arrays -> {
            float[][] limit = new float[arrays.cells().count()][arrays.outputs()];
            Arrays.stream(limit).forEach(plane -> Arrays.fill(plane, 1e6f));
            return arrays.with(arrays.circuit().with(new ColumnLimits(limit, new float[limit.length])));
        });
        assertSame(infer(limited, 1), infer(drawn, 1), drawn.network());
    }

    private static void assertSame(BatchResult actual, BatchResult expected, Network network) {
        Agreement.assertClose("scores", actual.scores(), Agreement.wide(expected.scores()), EXACT_SCORES);
        Agreement.assertSameActivity(network, actual.activity(), expected.activity());
    }

    @ParameterizedTest
    @MethodSource("fewSeeds")
    void convertersThatDifferAgreeWithTheReference(long seed) {
        assertAgrees(RandomCase.tiled(seed, Style.GENERAL, Effect.CONVERTERS, Effect.CONVERTER_ERRORS), SCORES);
    }

    @ParameterizedTest
    @MethodSource("fewSeeds")
    void missingCodesAgreeWithTheReference(long seed) {
        assertAgrees(
                RandomCase.tiled(seed, Style.GENERAL, Effect.CONVERTERS, Effect.CONVERTER_ERRORS, Effect.MISSING_CODES),
                SCORES);
    }

    @ParameterizedTest
    @MethodSource("fewSeeds")
    void convertersWithoutErrorsAreTheIdealOnes(long seed) {
        RandomCase drawn = RandomCase.tiled(seed, Style.GENERAL, Effect.CONVERTERS);
        RandomCase perfect = drawn.mapArrays(arrays -> {
            float[] gain = new float[arrays.grid().rowTiles() * arrays.cells().count() * arrays.outputs()];
            Arrays.fill(gain, 1f);
            ConverterErrors errors = new ConverterErrors(gain, new float[gain.length], null, null);
            return arrays.with(arrays.conversion().with(errors));
        });
        assertSame(infer(perfect, 1), infer(drawn, 1), drawn.network());
    }

    /**
     * Digital words whose sums are shifted right: a converter with an offset of half a code, less half of the smallest part
     * of a code, rounds whole sums down; one with that half alone rounds them to the nearest, halves upwards.
     */
    @ParameterizedTest
    @MethodSource("fewSeeds")
    void wholeSumsAreShiftedAsWholeNumbers(long seed) {
        RandomGenerator random = new SplittableRandom(seed);
        int rows = 2 + random.nextInt(40);
        int outputs = 1 + random.nextInt(20);
        int perTile = 1 + random.nextInt(rows);
        int shift = 1 + random.nextInt(3);
        boolean down = random.nextBoolean();
        float[] words = new float[rows * outputs];
        for (int i = 0; i < words.length; i++) {
            words[i] = random.nextInt(15) - 7;
        }
        float step = 1 << shift;
        SynapsePlan.Converter converter = new SynapsePlan.Converter(-512 * step, step, 1025);
        ArrayGrid grid = ArrayGrid.even(rows, outputs, perTile);
        float[] gain = new float[grid.rowTiles() * outputs];
        float[] offset = new float[gain.length];
        Arrays.fill(gain, 1f);
        Arrays.fill(offset, 0.5f / step - (down ? 0.5f : 0));
        float[] spikes = new float[rows];
        for (int r = 0; r < rows; r++) {
            spikes[r] = random.nextInt(2);
        }
        NetworkBuilder builder = new NetworkBuilder("shift", Shape.features(rows));
        builder.add("fc", new Layer.Dense(outputs));
        builder.add("out", new Layer.ReadOut());
        LayerArrays arrays = new LayerArrays(
                grid,
                CellPlanes.exact(new float[][] {words}, new float[] {1f / 8}),
                Conversion.of(converter).with(new ConverterErrors(gain, offset, null, null)),
                ColumnCircuit.IDEAL,
                new RowCosts(new double[rows]),
                new SynapsePlan.NoiseKey(1, 0, 0));
        NetworkPlan network =
                new NetworkPlan(builder.build(), Map.of(0, SynapsePlan.ArrayPlan.of(arrays)), Parameters.none());
        InputBatch batch = new InputBatch(spikes, 1, 1, new Encoder.Direct(), 1, 0, new long[] {0});
        float[] scores;
        try (ExecutableNetwork executable = open().prepare(network, 1, 1)) {
            scores = executable.run(batch).scores();
        }
        for (int o = 0; o < outputs; o++) {
            int expected = 0;
            for (int tile = 0; tile < grid.rowTiles(); tile++) {
                int sum = down ? 0 : 1 << shift - 1;
                for (int r = grid.firstRow(tile); r < grid.endRow(tile); r++) {
                    sum += (int) (spikes[r] * words[r * outputs + o]);
                }
                expected += anyDriven(spikes, grid.firstRow(tile), grid.endRow(tile)) ? sum >> shift : 0;
            }
            assertThat(scores[o]).as("seed %d, output %d", seed, o).isEqualTo(expected * step / 8);
        }
    }

    /** What cells hold says nothing about which weights count as operations where the plan says which do. */
    @ParameterizedTest
    @MethodSource("fewSeeds")
    void operationsAreThoseOfTheWeightsThatThePlanCallsNonZero(long seed) {
        RandomCase drawn = RandomCase.tiled(seed, Style.EXACT, Effect.COPIES).mapArrays(arrays -> {
            boolean[] nonZero = new boolean[arrays.grid().size()];
            for (int i = 0; i < nonZero.length; i++) {
                nonZero[i] = (i + seed) % 3 != 0;
            }
            return arrays.with(arrays.cells().withNonZero(nonZero));
        });
        assertAgrees(drawn, EXACT_SCORES);
    }

    /** Rounding does not tell apart what is the same sum of codes, however the weights are held and in whatever order summed. */
    @ParameterizedTest
    @EnumSource
    void equalOutputsGoToTheLowestClass(EqualOutputs.Held held) {
        int ties = 0;
        for (long seed = 1; seed <= 10; seed++) {
            EqualOutputs drawn = EqualOutputs.of(seed, held);
            ties += drawn.ties();
            try (ExecutableNetwork executable =
                    open().prepare(drawn.plan(), drawn.batch().samples(), 2)) {
                BatchResult result = executable.run(drawn.batch());
                for (int t = 0; t < result.timeSteps(); t++) {
                    for (int n = 0; n < result.samples(); n++) {
                        assertThat(result.prediction(t, n))
                                .as("seed %d, step %d, sample %d", seed, t, n)
                                .isEqualTo(drawn.winners()[t][n]);
                    }
                }
            }
        }
        assertThat(ties).isGreaterThan(30);
    }

    private static boolean anyDriven(float[] spikes, int from, int to) {
        return IntStream.range(from, to).anyMatch(r -> spikes[r] > 0);
    }

    /**
     * A kernel of 3 x 1 with stride [2, 1], padding [1, 0] and dilation 2 over lines of (1, 6), (2, 7), (3, 8), (4, 9), (5, 10). The
     * first output line meets lines -1, 1 and 3, the second lines 1, 3 and 5, of which -1 and 5 are the border: with weights 1, 10 and
     * 100, 20 + 400 and 70 + 900, then 2 + 40 and 7 + 90. A weight's derivative is the sum of the values that it meets: 2 + 7 at
     * the second output line, 2 + 7 + 4 + 9 at both, 4 + 9 at the first.
     */
    @Test
    void anOblongDilatedKernelIsWorkedOutByHand() {
        NetworkBuilder builder = new NetworkBuilder("oblong", new Shape(1, 5, 2));
        builder.add(
                "conv", new Layer.Conv2d(1, new Extent(3, 1), new Extent(2, 1), new Extent(1, 0), Extent.square(2)));
        builder.add("out", new Layer.ReadOut());
        Network network = builder.build();
        assertThat(network.node(0).out()).isEqualTo(new Shape(1, 2, 2));
        float[] image = {1, 6, 2, 7, 3, 8, 4, 9, 5, 10};
        assertWorkedOut(
                network, new float[] {1, 10, 100}, image, new float[] {420, 970, 42, 97}, new float[] {9, 22, 13});
    }

    /**
     * Two groups of two inputs and two outputs, kernels of 1 x 2 on one line of three. Inputs 1, 2, 3 and 4, 5, 6 meet weights (1, 10),
     * (100, 1000) for output 0 and (2, 0), (0, 2) for output 1; inputs 7, 8, 9 and 1, 0, 2 those of outputs 2 and 3, (1, 0), (0, 1) and
     * (0, 1), (10, 0). Output 0: 1 + 20 + 400 + 5000, 2 + 30 + 500 + 6000; output 1: 2 + 10, 4 + 12; output 2: 7 + 0, 8 + 2; output 3:
     * 8 + 10, 9 + 0. A weight's derivative is the sum of the two values that it meets.
     */
    @Test
    void groupsOfChannelsAreWorkedOutByHand() {
        NetworkBuilder builder = new NetworkBuilder("groups", new Shape(4, 1, 3));
        builder.add(
                "conv", new Layer.Conv2d(4, new Extent(1, 2), Extent.square(1), Extent.square(0), Extent.square(1), 2));
        builder.add("out", new Layer.ReadOut());
        Network network = builder.build();
        assertThat(network.node(0).weightShape()).containsExactly(4, 2, 1, 2);
        assertWorkedOut(
                network,
                new float[] {1, 10, 100, 1000, 2, 0, 0, 2, 1, 0, 0, 1, 0, 1, 10, 0},
                new float[] {1, 2, 3, 4, 5, 6, 7, 8, 9, 1, 0, 2},
                new float[] {5421, 6532, 12, 16, 7, 10, 18, 9},
                new float[] {3, 5, 9, 11, 3, 5, 9, 11, 15, 17, 1, 2, 15, 17, 1, 2});
    }

    /** The vector "rnl" of the method's description: a rate norm whose running maximum moves before it is used. */
    @Test
    void aRateNormIsThePublishedOne() {
        Parameters given = Parameters.of(Map.of(
                new ParameterId(1, Role.RUNNING_MAX), new float[] {1f}, new ParameterId(1, Role.SCALE), new float[] {
                    2.5f
                }));
        Activated found =
                activate(Layer.RateNorm.standard(), given, new float[] {-0.5f, 0.2f, 1, 1.8f, 3}, new float[] {
                    1, -0.5f, 0.3f, 2, 1
                });
        Agreement.assertClose("rates", found.values, new double[] {0, 0.180347, 0.901737, 1, 1}, 1e-5);
        Agreement.assertClose("derivatives", found.byInput, new double[] {0, -0.450868, 0.270521, 0, 0}, 1e-5);
        assertThat(found.parameter(Role.SCALE)).isCloseTo(-0.013681f, againstReference(1e-5f));
        assertThat(found.parameter(Role.RUNNING_MAX)).isCloseTo(1.2f, againstReference(1e-6f));
        // What training leaves is what inference takes.
        Parameters after = given.with(Parameters.of(Map.of(new ParameterId(1, Role.RUNNING_MAX), new float[] {1.2f})));
        Agreement.assertClose("evaluated", found.evaluated(after), Agreement.wide(found.values), 1e-6);
    }

    /**
     * Four levels up to 2, half a level before the first and the last of them: places 2x + 1/2 are -1/2, 1/4, 3/4, 5/4, 11/4, 17/4 and 6,
     * of which the whole part, at most 4, halved, is the value. Derivatives by the threshold are (y - x) / 2 from the second to the fifth, 0
     * before, 1 after.
     */
    @Test
    void aQuantisedActivationIsWorkedOutByHand() {
        Parameters given = Parameters.of(Map.of(new ParameterId(1, Role.THRESHOLD), new float[] {2f}));
        float[] derivatives = {1, 2, 4, 8, 16, 32, 64};
        Activated found = activate(
                new Layer.Qcfs(4, 1f),
                given,
                new float[] {-0.5f, -0.125f, 0.125f, 0.375f, 1.125f, 1.875f, 2.75f},
                derivatives);
        assertThat(found.values).containsExactly(0, 0, 0, 0.5f, 1, 2, 2);
        assertThat(found.byInput).containsExactly(0, 2, 4, 8, 16, 0, 0);
        assertThat(found.parameter(Role.THRESHOLD))
                .isEqualTo(2 * 0.0625f - 4 * 0.0625f + 8 * 0.0625f - 16 * 0.0625f + 32 + 64);
        assertThat(found.evaluated(given)).isEqualTo(found.values);
    }

    /** What an activation behind a layer that passes single numbers on has made of them. */
    private record Activated(
            ComputeBackend backend, Network network, float[] x, float[] values, float[] byInput, Map<Role, Float> own) {
        float parameter(Role role) {
            return own.get(role);
        }

        float[] evaluated(Parameters parameters) {
            NetworkPlan plan = NetworkPlan.ideal(network, parameters.withWeights(Map.of(0, identity(x.length))));
            try (ExecutableNetwork executable = backend.prepare(plan, 1, 1)) {
                return executable.run(image(x)).scores();
            }
        }
    }

    private static InputBatch image(float[] x) {
        return new InputBatch(x, 1, 1, new Encoder.Direct(), 1, 0, new long[1]);
    }

    private static float[] identity(int size) {
        float[] weights = new float[size * size];
        for (int i = 0; i < size; i++) {
            weights[i * size + i] = 1f;
        }
        return weights;
    }

    /** @param x none of which is 0 */
    private Activated activate(Layer.Activation layer, Parameters parameters, float[] x, float[] derivatives) {
        NetworkBuilder builder = new NetworkBuilder("activation", Shape.features(x.length));
        builder.add("numbers", new Layer.Dense(x.length));
        builder.add("activation", layer);
        builder.add("out", new Layer.ReadOut());
        Network network = builder.build();
        try (TrainableNetwork trained = open().train(network, 1, 1, 1)) {
            trained.set(ParameterId.weight(0), identity(x.length));
            parameters.forEach(trained::set);
            float[] values = trained.forward(image(x));
            trained.backward(derivatives);
            float[] byWeight = new float[x.length * x.length];
            trained.gradient(ParameterId.weight(0), byWeight);
            float[] byInput = new float[x.length];
            for (int i = 0; i < x.length; i++) {
                byInput[i] = byWeight[i * x.length + i] / x[i] + 0f;
            }
            Map<Role, Float> own = new TreeMap<>();
            parameters.forEach((id, _) -> {
                float[] found = new float[1];
                if (id.role().isTrainable()) {
                    trained.gradient(id, found);
                } else {
                    trained.get(id, found);
                }
                own.put(id.role(), found[0]);
            });
            return new Activated(open(), network, x, values, byInput, own);
        }
    }

    /** Scores of one image, and the derivative of their sum by the weights of the only layer that has some. */
    private void assertWorkedOut(Network network, float[] weights, float[] image, float[] scores, float[] gradient) {
        InputBatch batch = new InputBatch(image, 1, 1, new Encoder.Direct(), 1, 0, new long[1]);
        NetworkPlan plan = new NetworkPlan(network, Map.of(0, new SynapsePlan.DensePlan(weights)), Parameters.none());
        try (ExecutableNetwork executable = open().prepare(plan, 1, 1);
                TrainableNetwork trained = open().train(network, 1, 1, 1)) {
            assertThat(executable.run(batch).scores()).containsExactly(scores);
            trained.set(ParameterId.weight(0), weights);
            assertThat(trained.forward(batch)).containsExactly(scores);
            float[] ones = new float[scores.length];
            Arrays.fill(ones, 1f);
            trained.backward(ones);
            float[] found = new float[weights.length];
            trained.gradient(ParameterId.weight(0), found);
            assertThat(found).containsExactly(gradient);
        }
    }

    /**
     * A backend may compute a layer that sees the image itself once, for every step has the same input: all steps have the
     * current of the first, bit for bit, a run of one step has it too, and all count the same.
     */
    @ParameterizedTest
    @MethodSource("fewSeeds")
    void aDirectCodedLayerDoesTheSameInEveryStep(long seed) {
        RandomGenerator random = new SplittableRandom(seed);
        NetworkBuilder builder = new NetworkBuilder("steady", new Shape(1 + random.nextInt(3), 5, 4));
        boolean dense = random.nextBoolean();
        builder.add("first", dense ? new Layer.Dense(7) : new Layer.Conv2d(3, 3, 1, 1));
        builder.add("out", new Layer.ReadOut());
        Network network = builder.build();
        float[] weights = new float[network.node(0).weightCount()];
        for (int i = 0; i < weights.length; i++) {
            weights[i] = random.nextInt(4) == 0 ? 0f : (float) random.nextGaussian();
        }
        NetworkPlan plan = new NetworkPlan(network, Map.of(0, new SynapsePlan.DensePlan(weights)), Parameters.none());
        int samples = 3;
        int steps = 4;
        float[] images = new float[samples * network.input().size()];
        for (int i = 0; i < images.length; i++) {
            images[i] = random.nextInt(4) == 0 ? 0f : (float) random.nextGaussian();
        }
        long[] ids = {0, 1, 2};
        try (ExecutableNetwork executable = open().prepare(plan, samples, 2)) {
            BatchResult many = executable.run(new InputBatch(images, samples, steps, new Encoder.Direct(), 1, 0, ids));
            BatchResult one = executable.run(new InputBatch(images, samples, 1, new Encoder.Direct(), 1, 0, ids));
            int size = samples * network.classes();
            for (int i = 0; i < size; i++) {
                float current = many.scores()[i];
                float sum = 0f;
                for (int t = 0; t < steps; t++) {
                    sum += current;
                    assertThat(many.scores()[t * size + i])
                            .as("seed %d, step %d, output %d", seed, t, i)
                            .isCloseTo(sum / (t + 1), againstReference(Math.abs(current) * 1e-6f));
                }
                assertThat(many.scores()[size + i]).isEqualTo(current);
                assertThat(one.scores()[i]).isCloseTo(current, againstReference((float) SCORES));
            }
            BatchActivity counted = many.activity()[0];
            for (int i = 0; i < steps * samples; i++) {
                assertThat(counted.events[i]).isEqualTo(one.activity()[0].events[i % samples]);
                assertThat(counted.effectiveMacs[i])
                        .isPositive()
                        .isEqualTo(one.activity()[0].effectiveMacs[i % samples]);
                assertThat(counted.effectiveAcs[i]).isZero();
            }
        }
    }

    @ParameterizedTest
    @MethodSource("fewSeeds")
    void everythingTogetherAgreesWithTheReference(long seed) {
        assertAgrees(RandomCase.tiled(seed, Style.GENERAL, Effect.allOfTheBackend()), SCORES);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void arraysThatLeaveOutRowsAndColumnsAgreeWithTheReference(long seed) {
        assertAgrees(RandomCase.tiled(seed, Style.EXACT, Effect.LEFT_OUT, Effect.CONVERTERS), EXACT_SCORES);
    }

    @ParameterizedTest
    @MethodSource("fewSeeds")
    void arraysThatLeaveOutRowsAndHaveAllElseAgreeWithTheReference(long seed) {
        assertAgrees(RandomCase.tiled(seed, Style.GENERAL, Effect.allButReader()), SCORES);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void arraysThatAReaderReadsAgreeWithTheReference(long seed) {
        assertAgrees(RandomCase.tiled(seed, Style.NORMED, Effect.READER), SCORES);
    }

    @ParameterizedTest
    @MethodSource("fewSeeds")
    void aReaderWithNoiseAndConvertersAgreesWithTheReference(long seed) {
        assertAgrees(RandomCase.tiled(seed, Style.GENERAL, Effect.allWithReader()), SCORES);
    }

    @Test
    void aReaderThatFailsIsHeard() {
        RandomCase drawn = RandomCase.tiled(1, Style.GENERAL);
        ArrayReader gone = (_, _, _) -> {
            throw new IllegalArgumentException("array 3 is gone");
        };
        NetworkPlan plan = drawn.mapArrays(
                        arrays -> arrays.with(arrays.circuit().with(gone)))
                .plan();
        try (ExecutableNetwork network = open().prepare(plan, drawn.batch().samples(), 2)) {
            assertThatThrownBy(() -> network.run(drawn.batch()))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("array 3 is gone");
        }
    }

    @ParameterizedTest
    @MethodSource("fewSeeds")
    void inferenceRepeatsItselfForAnyNumberOfThreads(long seed) {
        for (RandomCase drawn : everyKindOfInference(seed)) {
            BatchResult one = infer(drawn, 1);
            Agreement.assertIdentical(infer(drawn, 1), one, drawn.network());
            Agreement.assertIdentical(infer(drawn, 2), one, drawn.network());
            Agreement.assertIdentical(infer(drawn, 3), one, drawn.network());
        }
    }

    @ParameterizedTest
    @MethodSource("fewSeeds")
    void theOtherSamplesOfABatchDoNotChangeASample(long seed) {
        for (RandomCase drawn : everyKindOfInference(seed)) {
            int samples = drawn.batch().samples();
            try (ExecutableNetwork network = open().prepare(drawn.plan(), samples, 2)) {
                BatchResult together = network.run(drawn.batch());
                for (int n = 0; n < samples; n++) {
                    Agreement.assertHolds(together, n, network.run(drawn.alone(n)), drawn.network());
                }
            }
        }
    }

    @ParameterizedTest
    @MethodSource("fewSeeds")
    void aRunStartsFromRestWhateverRanBefore(long seed) {
        RandomCase drawn = RandomCase.dense(seed, Style.NORMED);
        InputBatch batch = drawn.batch();
        InputBatch firstStep = lasting(1, batch);
        BatchResult fresh = infer(drawn, 1);
        try (ExecutableNetwork network = open().prepare(drawn.plan(), batch.samples() + 2, 1)) {
            network.run(batch);
            BatchResult shorter = network.run(firstStep);
            Agreement.assertIdentical(network.run(batch), fresh, drawn.network());
            float[] firstScores = Arrays.copyOf(fresh.scores(), shorter.scores().length);
            Agreement.assertClose("scores after one step", shorter.scores(), Agreement.wide(firstScores), SCORES);
        }
    }

    @Test
    void inferenceChangesNeitherImagesNorWeights() {
        RandomCase drawn = RandomCase.dense(3, Style.NORMED);
        float[] images = drawn.batch().images().clone();
        Network.Node first = drawn.network().synapses().getFirst();
        float[] weights = drawn.parameters().get(ParameterId.weight(first.id())).clone();
        infer(drawn, 1);
        assertThat(drawn.batch().images()).isEqualTo(images);
        assertThat(drawn.parameters().get(ParameterId.weight(first.id()))).isEqualTo(weights);
    }

    @Test
    void resultsSayHowManyStepsSamplesAndClassesTheyHold() {
        RandomCase drawn = RandomCase.dense(5, Style.GENERAL);
        BatchResult result = infer(drawn, 1);
        assertThat(result.timeSteps()).isEqualTo(drawn.batch().timeSteps());
        assertThat(result.samples()).isEqualTo(drawn.batch().samples());
        assertThat(result.classes()).isEqualTo(drawn.network().classes());
        assertThat(result.hostNanos()).hasSize(drawn.batch().samples());
        assertThat(Arrays.stream(result.hostNanos()).min().orElseThrow()).isNotNegative();
    }

    @Test
    void moreStepsThanANormWasTrainedForAreRefused() {
        RandomCase drawn = normed(plan -> plan.maxTimeSteps() < Integer.MAX_VALUE);
        int allowed = drawn.plan().maxTimeSteps();
        InputBatch tooLong = lasting(allowed + 1, drawn.batch());
        try (ExecutableNetwork network =
                open().prepare(drawn.plan(), drawn.batch().samples(), 1)) {
            assertThatThrownBy(() -> network.run(tooLong))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining(String.valueOf(allowed + 1))
                    .hasMessageContaining(String.valueOf(allowed));
        }
    }

    @Test
    void normsThatTheStepsShareSetNoLimitOnThem() {
        RandomCase drawn = normed(plan -> !plan.norms().isEmpty() && plan.maxTimeSteps() == Integer.MAX_VALUE);
        BatchResult expected = infer(drawn, 1);
        int steps = drawn.batch().timeSteps() + 3;
        try (ExecutableNetwork network =
                open().prepare(drawn.plan(), drawn.batch().samples(), 1)) {
            BatchResult longer = network.run(lasting(steps, drawn.batch()));
            assertThat(longer.timeSteps()).isEqualTo(steps);
            float[] beginning = Arrays.copyOf(longer.scores(), expected.scores().length);
            Agreement.assertClose("scores of the first steps", beginning, Agreement.wide(expected.scores()), SCORES);
        }
    }

    /** The first random case with norms whose plan is as asked for. */
    private static RandomCase normed(Predicate<NetworkPlan> asked) {
        return LongStream.iterate(2, seed -> seed + 1)
                .mapToObj(seed -> RandomCase.dense(seed, Style.NORMED))
                .filter(drawn -> asked.test(drawn.plan()))
                .findFirst()
                .orElseThrow();
    }

    /** The same batch for another number of steps; more frames, where they are needed, are empty. */
    private static InputBatch lasting(int steps, InputBatch batch) {
        boolean enough = batch.frames() >= steps || !(batch.encoder() instanceof Encoder.Frames);
        int frames = enough ? batch.frames() : steps;
        int size = batch.frames() * batch.pixels();
        float[] images = new float[batch.samples() * frames * batch.pixels()];
        for (int n = 0; n < batch.samples(); n++) {
            System.arraycopy(batch.images(), n * size, images, n * frames * batch.pixels(), size);
        }
        return new InputBatch(
                images, frames, batch.samples(), steps, batch.encoder(), batch.seed(), batch.pass(), batch.sampleIds());
    }

    @Test
    void imagesOfAnotherSizeAreRefused() {
        RandomCase drawn = RandomCase.dense(4, Style.GENERAL);
        int pixels = drawn.network().input().size() + 1;
        InputBatch wrong = new InputBatch(new float[pixels], 1, 1, new Encoder.Direct(), 1, 0, new long[1]);
        try (ExecutableNetwork network = open().prepare(drawn.plan(), 1, 1)) {
            assertThatThrownBy(() -> network.run(wrong))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining(String.valueOf(pixels));
        }
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void trainingAgreesWithTheReference(long seed) {
        assertTrainingAgrees(RandomCase.dense(seed, Style.TRAINING_PLAIN));
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void trainingWithStepNormsAgreesWithTheReference(long seed) {
        assertTrainingAgrees(RandomCase.dense(seed, Style.TRAINING));
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void trainingOfAnyDynamicsAgreesWithTheReference(long seed) {
        assertTrainingAgrees(RandomCase.dense(seed, Style.TRAINING_DYNAMIC));
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void trainingWithLayersOfAllKindsAgreesWithTheReference(long seed) {
        assertTrainingAgrees(RandomCase.dense(seed, Style.TRAINING_VARIED));
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void trainingByMeanInputsAgreesWithTheReference(long seed) {
        assertTrainingAgrees(RandomCase.dense(seed, Style.TRAINING_RATED));
    }

    /** With read noise and converters in forward passes, and in backward passes the weights that were set. */
    @ParameterizedTest
    @MethodSource("seeds")
    void trainingThatReadsArraysAgreesWithTheReference(long seed) {
        Style[] styles = {
            Style.TRAINING_PLAIN, Style.TRAINING, Style.TRAINING_DYNAMIC, Style.TRAINING_VARIED, Style.TRAINING_RATED
        };
        Effect[][] effects = {{}, {Effect.READER}, Effect.allWithReader()};
        assertTrainingAgrees(
                RandomCase.tiled(seed, styles[(int) (seed % styles.length)], effects[(int) (seed % effects.length)]));
    }

    @Test
    void arraysOfOtherLayersThanAnnouncedAreRefused() {
        RandomCase drawn = RandomCase.tiled(1, Style.TRAINING_PLAIN);
        int tiled = drawn.plan().onArrays().iterator().next();
        SynapsePlan.ArrayPlan arrays = drawn.synapses().get(tiled).arrays().orElseThrow();
        try (TrainableNetwork network = open().train(
                        drawn.network(),
                        drawn.batch().timeSteps(),
                        drawn.batch().samples(),
                        1)) {
            assertThatThrownBy(() -> network.read(tiled, arrays))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("node " + tiled + " was not opened to be read from arrays");
        }
    }

    /** Neurons of all kinds, in loops and out of them, and layers that only pass values on. */
    @ParameterizedTest
    @MethodSource("fewSeeds")
    void aLossMayLookAtHiddenLayers(long seed) {
        for (Style style :
                new Style[] {Style.TRAINING, Style.TRAINING_DYNAMIC, Style.TRAINING_VARIED, Style.TRAINING_RATED}) {
            RandomCase drawn = RandomCase.dense(seed, style);
            RandomGenerator random = new SplittableRandom(seed);
            Map<Integer, float[]> byOutput = new TreeMap<>();
            for (Network.Node node : drawn.network().nodes()) {
                if (HiddenOutputs.has(node) && random.nextInt(3) > 0) {
                    int values = drawn.batch().samples()
                            * drawn.batch().timeSteps()
                            * node.out().size();
                    byOutput.put(node.id(), new float[values]);
                    for (int i = 0; i < values; i++) {
                        byOutput.get(node.id())[i] = (random.nextFloat() - 0.5f) / 8;
                    }
                }
            }
            assertTrainingAgrees(drawn, byOutput);
        }
    }

    /** Vectors dsr_if and dsr_lif of the method's specification, one after the other. */
    @Test
    void neuronsThatLearnByTheirMeanInputReachTheVectors() {
        float[] byOutput = {
            0.1f, 0.2f, 0.3f, -0.4f, 0.1f, 0.1f, 0.1f, -0.1f, 0f, -0.2f, 0.5f, 0.2f, 0.3f, 0.4f, 0.1f, -0.5f
        };
        assertMeanInput(
                Representation.INTEGRATORS,
                2f,
                0.5f,
                new float[] {0.3f, 2f, -0.5f, 5f, 0.4f, 0.5f, 0.2f, 4f, 1f, 1.2f, -0.1f, 9f, 0.1f, 0.9f, 0.3f, 8f},
                byOutput,
                new float[] {0f, 2f, 0f, 2f, 0f, 0f, 0f, 2f, 2f, 2f, 0f, 2f, 0f, 0f, 0f, 2f},
                new float[] {0.125f, 0.125f, 0f, 0f},
                -0.8f);
        assertMeanInput(
                new Representation(1f, 0.05f, 1f),
                0.3f,
                0.3f,
                new float[] {0.5f, 2f, -1f, 9f, 1.5f, 3f, 0.5f, 8f, 2.5f, 1f, -0.5f, 7.5f, 3f, 4f, 0.2f, 9.5f},
                byOutput,
                new float[] {0f, 6f, 0f, 6f, 6f, 0f, 0f, 6f, 0f, 0f, 0f, 6f, 0f, 6f, 0f, 6f},
                new float[] {0.128217f, 0.127094f, 0f, 0f},
                -0.040063f);
    }

    /**
     * Derivatives are those of the clamp that mean outputs approach, by central differences; by the threshold times the square of
     * the step and the factor, as {@link Representation} has it.
     */
    @ParameterizedTest
    @MethodSource("fewSeeds")
    void derivativesByMeanInputsAreThoseOfTheClamp(long seed) {
        RandomGenerator random = new SplittableRandom(seed);
        int features = 5;
        int steps = 1 + random.nextInt(7);
        boolean leaks = seed % 2 == 0;
        Representation representation = leaks
                ? new Representation(0.5f + random.nextFloat(), 0.1f + 0.3f * random.nextFloat(), 0.5f)
                : new Representation(1f, 1f, 0.25f);
        float threshold = 0.4f + random.nextFloat();
        NeuronSpec spec = rated(representation, threshold, 1f);
        float[] currents = new float[steps * features];
        float[] byOutput = new float[currents.length];
        for (int i = 0; i < currents.length; i++) {
            currents[i] = 3f * (random.nextFloat() - 0.3f) * representation.saturation(threshold);
            byOutput[i] = random.nextFloat() - 0.5f;
        }
        NetworkBuilder builder = new NetworkBuilder("clamp", Shape.features(features));
        int dense = builder.add("identity", new Layer.Dense(features));
        int bias = builder.add("bias", new Layer.Bias());
        int neurons = builder.add("neurons", new Layer.Neuron(spec));
        builder.add("scores", new Layer.ReadOut());
        try (TrainableNetwork network = open().train(builder.build(), steps, 1, 1)) {
            float[] identity = new float[features * features];
            for (int i = 0; i < features; i++) {
                identity[i * features + i] = 1f;
            }
            network.set(ParameterId.weight(dense), identity);
            Probe probe = new Seen((node, _) -> node == neurons, new ArrayList<>(), new ArrayList<>());
            network.forward(
                    new InputBatch(currents, 1, steps, new Encoder.DirectFrames(), 1, 0, new long[] {1}), probe);
            network.backward(new float[features], Map.of(neurons, byOutput));
            float[] byThreshold = new float[1];
            network.gradient(new ParameterId(neurons, Role.THRESHOLD), byThreshold);
            float[] byBias = new float[features];
            network.gradient(new ParameterId(bias, Role.BIAS), byBias);
            double h = 1e-6;
            for (int i = 0; i < features; i++) {
                double slope = (clamped(spec, currents, byOutput, features, i, h, 0)
                                - clamped(spec, currents, byOutput, features, i, -h, 0))
                        / (2 * h);
                assertThat((double) byBias[i])
                        .as("bias %d of seed %d", i, seed)
                        .isCloseTo(slope, againstReference(1e-4));
            }
            double slope = 0;
            for (int i = 0; i < features; i++) {
                slope += (clamped(spec, currents, byOutput, features, i, 0, h)
                                - clamped(spec, currents, byOutput, features, i, 0, -h))
                        / (2 * h);
            }
            double step = representation.step();
            assertThat((double) byThreshold[0])
                    .isCloseTo(step * step * representation.thresholdFactor() * slope, againstReference(1e-4));
        }
    }

    /** Steps times the mean derivative of a feature times what it gives on average, with a shift of its input or of the threshold. */
    private static double clamped(
            NeuronSpec spec, float[] currents, float[] byOutput, int features, int i, double shift, double higher) {
        Representation representation = (Representation) spec.estimator();
        int steps = currents.length / features;
        double input = 0;
        double derivative = 0;
        double weights = 0;
        for (int t = 0; t < steps; t++) {
            double weight = Math.pow(spec.leak(), steps - 1 - t);
            input += weight * (currents[t * features + i] + shift);
            derivative += weight * byOutput[t * features + i];
            weights += weight;
        }
        double most = (spec.threshold() + higher) / representation.step();
        return steps * derivative / weights * Math.clamp(input / weights / representation.timeConstant(), 0, most);
    }

    /** Neurons that learn by their mean input, leaky where a step is shorter than 1. */
    private static NeuronSpec rated(Representation representation, float threshold, float share) {
        boolean leaks = representation.step() < 1f;
        float leak = leaks ? representation.leak() : 1f;
        return new NeuronSpec(
                        leak,
                        leaks ? 1f - leak : 1f,
                        threshold,
                        NeuronSpec.Firing.FROM,
                        NeuronSpec.Reset.SOFT,
                        0f,
                        representation)
                .with(NeuronDynamics.PLAIN
                        .withThreshold(Scope.LAYER)
                        .withEmission(new Emission.Threshold(1f / representation.step()))
                        .withFiringShare(share));
    }

    private void assertMeanInput(
            Representation representation,
            float threshold,
            float share,
            float[] currents,
            float[] byOutput,
            float[] emitted,
            float[] byInput,
            float byThreshold) {
        NetworkBuilder builder = new NetworkBuilder("vectors", Shape.features(4));
        int dense = builder.add("identity", new Layer.Dense(4));
        int bias = builder.add("bias", new Layer.Bias());
        int neurons = builder.add("neurons", new Layer.Neuron(rated(representation, threshold, share)));
        builder.add("scores", new Layer.ReadOut());
        try (TrainableNetwork network = open().train(builder.build(), 4, 2, 1)) {
            float[] weights = new float[16];
            for (int i = 0; i < 4; i++) {
                weights[5 * i] = 1f;
            }
            network.set(ParameterId.weight(dense), weights);
            Seen seen = new Seen((node, _) -> node == neurons, new ArrayList<>(), new ArrayList<>());
            network.forward(new InputBatch(currents, 1, 4, new Encoder.DirectFrames(), 1, 0, new long[] {1}), seen);
            network.backward(new float[4], Map.of(neurons, byOutput));
            float[] own = new float[1];
            network.gradient(new ParameterId(neurons, Role.THRESHOLD), own);
            assertThat(own[0]).isCloseTo(byThreshold, againstPublished(1e-5f));
            float[] byBias = new float[4];
            network.gradient(new ParameterId(bias, Role.BIAS), byBias);
            float[] byWeight = new float[16];
            network.gradient(ParameterId.weight(dense), byWeight);
            for (int i = 0; i < 4; i++) {
                float sum = 0;
                for (int t = 0; t < 4; t++) {
                    sum += currents[4 * t + i];
                    assertThat(seen.values().get(t)[i]).isCloseTo(emitted[4 * t + i], againstPublished(1e-5f));
                }
                assertThat(byBias[i]).isCloseTo(4 * byInput[i], againstPublished(4e-5f));
                assertThat(byWeight[5 * i]).isCloseTo(byInput[i] * sum, againstPublished(1e-4f));
            }
        }
    }

    @Test
    void derivativesByOutputsThatWereNotSeenAreRefused() {
        RandomCase drawn = RandomCase.dense(101, Style.TRAINING_PLAIN);
        Network.Node seen = drawn.network().nodes().stream()
                .filter(HiddenOutputs::has)
                .findFirst()
                .orElseThrow();
        Network.Node other = drawn.network().synapses().getFirst();
        try (TrainableNetwork network = openForTraining(drawn, drawn.batch().samples(), 1)) {
            Probe probe = new Seen((node, _) -> node == seen.id(), new ArrayList<>(), new ArrayList<>());
            network.forward(drawn.batch(), probe);
            float[] scores = scoreGradient(drawn);
            assertThatThrownBy(() -> network.backward(scores, Map.of(other.id(), new float[1])))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("layer " + other.name()
                            + ": derivatives by an output that the probe of the forward pass did not see");
            assertThatThrownBy(() -> network.backward(scores, Map.of(seen.id(), new float[1])))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageStartingWith("layer " + seen.name() + ": 1 derivatives by its output, expected ");
        }
    }

    @ParameterizedTest
    @MethodSource("fewSeeds")
    void trainingRepeatsItselfForAnyNumberOfThreads(long seed) {
        Style[] styles = {Style.TRAINING, Style.TRAINING_VARIED, Style.TRAINING_RATED};
        RandomCase drawn = RandomCase.dense(seed, styles[(int) (seed % 3)]);
        float[][] one = gradients(drawn, 1);
        assertThat(gradients(drawn, 1)).isDeepEqualTo(one);
        assertThat(gradients(drawn, 2)).isDeepEqualTo(one);
        assertThat(gradients(drawn, 3)).isDeepEqualTo(one);
        RandomCase onArrays = RandomCase.tiled(seed, styles[(int) (seed % 3)], Effect.allWithReader());
        assertThat(gradients(onArrays, 3)).isDeepEqualTo(gradients(onArrays, 1));
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void layersComputedAgainGiveTheSameBitsOrAreRefused(long seed) {
        ComputeBackend recomputing;
        try {
            recomputing = open().recomputing();
        } catch (IllegalArgumentException e) {
            assertThat(e).hasMessageContaining("backend '" + open().id() + "' cannot");
            return;
        }
        for (Style style : List.of(
                Style.TRAINING,
                Style.TRAINING_PLAIN,
                Style.TRAINING_DYNAMIC,
                Style.TRAINING_VARIED,
                Style.TRAINING_RATED)) {
            RandomCase drawn = RandomCase.dense(seed, style);
            assertThat(gradients(recomputing, drawn, 2)).as(drawn.toString()).isDeepEqualTo(gradients(drawn, 1));
        }
    }

    @ParameterizedTest
    @MethodSource("fewSeeds")
    void aTrainingPassDependsOnlyOnItsWeightsScalesAndBatch(long seed) {
        RandomCase drawn = RandomCase.dense(seed, Style.TRAINING);
        RandomCase single = drawn.with(drawn.alone(0));
        boolean normsNeedMore = drawn.network().nodes().stream()
                .anyMatch(node ->
                        node.layer() instanceof Layer.StepNorm && node.in().positions() == 1);
        float[][] fresh = gradients(drawn, 1);
        try (TrainableNetwork network = openForTraining(drawn, drawn.batch().samples() + 3, 1)) {
            pass(network, normsNeedMore ? drawn : single);
            drawn.parameters().forEach((id, values) -> {
                float[] copy = values.clone();
                network.set(id, copy);
                Arrays.fill(copy, Float.NaN);
            });
            pass(network, drawn);
            assertThat(read(network, drawn)).isDeepEqualTo(fresh);
        }
    }

    @Test
    void noiseDiffersBetweenInstancesAndHasTheStatedVariance() {
        float[] first = noise(1);
        assertThat(noise(1)).isEqualTo(first);
        float[] second = noise(2);
        int equal = 0;
        for (int i = 0; i < first.length; i++) {
            equal += first[i] == second[i] ? 1 : 0;
        }
        assertThat(equal).as("draws shared by two instances").isLessThan(first.length / 100);

        double mean = 0;
        double square = 0;
        for (float value : first) {
            mean += value / (double) first.length;
            square += (double) value * value / first.length;
        }
        double standardError = Math.sqrt(NOISE_VARIANCE / first.length);
        assertThat(mean).as("mean, 4 standard errors").isCloseTo(0, againstDistribution(4 * standardError));
        double ofVariance = NOISE_VARIANCE * Math.sqrt(2.0 / first.length);
        assertThat(square)
                .as("variance, 4 standard errors")
                .isCloseTo(NOISE_VARIANCE, againstDistribution(4 * ofVariance));
    }

    private static final double NOISE_VARIANCE = 0.3125;

    /**
     * Read noise of single steps, in units of the weight: inputs 1, 0.5 and 0 meet cells without conductance and with
     * variance 0.25 in two row tiles, hence a variance of (1 + 0.25) * 0.25 at each output.
     */
    private float[] noise(int instance) {
        int outputs = 17;
        int samples = 64;
        int steps = 4;
        NetworkBuilder builder = new NetworkBuilder("noise", Shape.features(3));
        int dense = builder.add("dense", new Layer.Dense(outputs));
        builder.add("scores", new Layer.ReadOut());
        float[] variance = new float[3 * outputs];
        Arrays.fill(variance, 0.25f);
        LayerArrays tiles = new LayerArrays(
                ArrayGrid.even(3, outputs, 1),
                new CellPlanes(new float[][] {new float[3 * outputs]}, new float[][] {variance}, new float[] {1f}),
                Conversion.EXACT,
                ColumnCircuit.IDEAL,
                new RowCosts(new double[3]),
                new SynapsePlan.NoiseKey(7, dense, instance));
        float[] images = new float[3 * samples];
        long[] ids = new long[samples];
        for (int n = 0; n < samples; n++) {
            images[3 * n] = 1f;
            images[3 * n + 1] = 0.5f;
            ids[n] = n;
        }
        InputBatch batch = new InputBatch(images, samples, steps, new Encoder.Direct(), 1, 0, ids);
        NetworkPlan plan =
                new NetworkPlan(builder.build(), Map.of(dense, SynapsePlan.ArrayPlan.of(tiles)), Parameters.none());
        try (ExecutableNetwork network = open().prepare(plan, samples, 1)) {
            float[] scores = network.run(batch).scores();
            int size = samples * outputs;
            float[] drawn = new float[scores.length];
            for (int i = 0; i < scores.length; i++) {
                int t = i / size;
                drawn[i] = (t + 1) * scores[i] - (t == 0 ? 0 : t * scores[i - size]);
            }
            return drawn;
        }
    }

    /** A new kind of layer is drawn, or nothing here says what a backend makes of it. */
    @Test
    void everyKindOfLayerIsDrawn() {
        Set<Class<?>> drawn = seeds().boxed()
                .flatMap(seed -> Stream.of(
                        RandomCase.dense(seed, Style.GENERAL),
                        RandomCase.dense(seed, Style.NORMED),
                        RandomCase.dense(seed, Style.DYNAMIC),
                        RandomCase.dense(seed, Style.TRAINING),
                        RandomCase.dense(seed, Style.VARIED)))
                .flatMap(one -> one.network().nodes().stream())
                .map(node -> node.layer().getClass())
                .collect(Collectors.toSet());
        assertThat(drawn).containsAll(leaves(Layer.class).toList());
    }

    private static Stream<Class<?>> leaves(Class<?> kind) {
        return kind.isSealed()
                ? Arrays.stream(kind.getPermittedSubclasses()).flatMap(ComputeBackendContract::leaves)
                : Stream.of(kind);
    }

    private RandomCase[] everyKindOfInference(long seed) {
        RandomCase plain = RandomCase.dense(seed, Style.GENERAL);
        RandomCase normed = RandomCase.dense(seed, Style.NORMED);
        RandomCase tiled = RandomCase.tiled(seed, Style.GENERAL, Effect.CONVERTERS, Effect.READ_NOISE);
        RandomCase everything = RandomCase.tiled(seed, Style.GENERAL, Effect.allOfTheBackend());
        RandomCase read = RandomCase.tiled(seed, Style.GENERAL, Effect.allWithReader());
        return new RandomCase[] {plain, normed, tiled, everything, read};
    }

    private BatchResult infer(RandomCase drawn, int threads) {
        return infer(drawn, threads, Probe.NONE);
    }

    private BatchResult infer(RandomCase drawn, int threads, Probe probe) {
        try (ExecutableNetwork network =
                open().prepare(drawn.plan(), drawn.batch().samples(), threads)) {
            return network.run(drawn.batch(), probe);
        }
    }

    private void assertAgrees(RandomCase drawn, double tolerance) {
        ReferenceNetwork reference = ReferenceNetwork.of(drawn.plan());
        double[] scores = reference.infer(drawn.batch());
        BatchResult result = infer(drawn, 2);
        String what = drawn.toString();
        assertThat(result.activity()).as(what).isNotNull();
        Agreement.assertSameActivity(drawn.network(), result.activity(), reference.activity());
        Agreement.assertClose("scores of " + what, result.scores(), scores, tolerance);
    }

    @ParameterizedTest
    @MethodSource("fewSeeds")
    void aProbeSeesPotentialsAndOutputsOfEveryLayer(long seed) {
        assertSeen(RandomCase.dense(seed, Style.GENERAL));
        assertSeen(RandomCase.tiled(seed, Style.GENERAL, Effect.CONVERTERS));
    }

    @ParameterizedTest
    @MethodSource("fewSeeds")
    void aProbeSeesNormsThatNeuronsApply(long seed) {
        assertSeen(RandomCase.dense(seed, Style.NORMED));
    }

    @Test
    void aProbeSeesNothingElseThanItWants() {
        RandomCase drawn = RandomCase.dense(101, Style.GENERAL);
        int wanted = drawn.network().synapses().getLast().id();
        Seen seen = new Seen((node, quantity) -> node == wanted, new ArrayList<>(), new ArrayList<>());
        infer(drawn, 2, seen);
        int steps = drawn.batch().timeSteps();
        assertThat(seen.views).hasSize(drawn.batch().samples() * steps);
        for (int i = 0; i < seen.views.size(); i++) {
            assertThat(seen.views.get(i))
                    .isEqualTo(new Probe.View(wanted, Probe.Quantity.OUTPUT, i / steps, i % steps));
        }
    }

    /** The column sums of all row tiles and phases together are the currents of the layer, which the reference works out. */
    @ParameterizedTest
    @MethodSource("fewSeeds")
    void columnSumsThatAProbeSeesAddUpToTheCurrentsOfTheLayer(long seed) {
        RandomCase drawn = RandomCase.tiled(seed, Style.GENERAL, Effect.COPIES);
        ReferenceNetwork reference = ReferenceNetwork.of(drawn.plan());
        double[] scores = reference.infer(drawn.batch());
        SummedColumns seen = new SummedColumns(drawn);
        NetworkPlan watched = ColumnProbe.watch(drawn.plan(), seen);
        try (ExecutableNetwork network = open().prepare(watched, drawn.batch().samples(), 2)) {
            Agreement.assertClose(
                    "scores of " + drawn, network.run(drawn.batch()).scores(), scores, SCORES);
        }
        assertThat(seen.currents).isNotEmpty();
        seen.currents.forEach((node, currents) -> {
            for (int t = 0; t < currents.length; t++) {
                Agreement.assertClose(
                        "currents of node " + node + " of " + drawn,
                        currents[t],
                        reference.values(node)[t],
                        SCORES);
            }
        });
    }

    /** Adds up the column sums of layers on arrays: by node id, {@code [step][samples, C, H, W]}. */
    private record SummedColumns(RandomCase drawn, Map<Integer, float[][]> currents) implements ColumnProbe {
        SummedColumns(RandomCase drawn) {
            this(drawn, new TreeMap<>());
            for (Network.Node node : drawn.network().synapses()) {
                if (wants(node.id())) {
                    int size = drawn.batch().samples() * node.out().size();
                    currents.put(node.id(), new float[drawn.batch().timeSteps()][size]);
                }
            }
        }

        @Override
        public boolean wants(int node) {
            return drawn.synapses().get(node).arrays().isPresent();
        }

        @Override
        public synchronized void see(int node, int tile, ArrayReads reads, float[] sums) {
            int sample =
                    Arrays.stream(drawn.batch().sampleIds()).boxed().toList().indexOf(reads.sample());
            float[] gain = drawn.synapses()
                    .get(node)
                    .arrays()
                    .orElseThrow()
                    .first()
                    .cells()
                    .gain();
            Shape out = drawn.network().node(node).out();
            for (int i = 0; i < sums.length; i++) {
                int output = i % out.channels();
                int read = i / out.channels() / gain.length;
                int at = (sample * out.channels() + output) * out.positions() + reads.position()[read];
                float sign = reads.phase() == 0 ? 1f : -1f;
                currents.get(node)[reads.step()[read]][at] += sign * gain[i / out.channels() % gain.length] * sums[i];
            }
        }
    }

    /** Everything that a probe has seen, in its order. */
    private record Seen(BiPredicate<Integer, Probe.Quantity> wanted, List<Probe.View> views, List<float[]> values)
            implements Probe {
        @Override
        public boolean wants(int node, Quantity quantity) {
            return wanted.test(node, quantity);
        }

        @Override
        public void see(View view, float[] seen) {
            views.add(view);
            values.add(seen.clone());
        }

        /** Checks that it has seen outputs alone, of every step and sample. */
        void assertOutputs(RandomCase drawn, ReferenceNetwork reference) {
            int nodes = (int) drawn.network().nodes().stream()
                    .filter(node -> wants(node.id(), Quantity.OUTPUT))
                    .count();
            assertThat(views)
                    .hasSize(nodes * drawn.batch().samples() * drawn.batch().timeSteps())
                    .doesNotHaveDuplicates();
            for (int i = 0; i < views.size(); i++) {
                View view = views.get(i);
                int from = view.sample() * values.get(i).length;
                assertThat(view.quantity()).isEqualTo(Quantity.OUTPUT);
                Agreement.assertClose(
                        "output of node " + view.node() + " of " + drawn,
                        values.get(i),
                        Arrays.copyOfRange(
                                reference.values(view.node())[view.step()], from, from + values.get(i).length),
                        SCORES);
            }
        }
    }

    private void assertSeen(RandomCase drawn) {
        ReferenceNetwork reference = ReferenceNetwork.of(drawn.plan());
        reference.infer(drawn.batch());
        Seen seen = new Seen((_, _) -> true, new ArrayList<>(), new ArrayList<>());
        assertThat(infer(drawn, 2, seen).scores())
                .as("unchanged by a probe")
                .isEqualTo(infer(drawn, 2).scores());
        int at = 0;
        for (int n = 0; n < drawn.batch().samples(); n++) {
            for (Network.Node node : drawn.network().nodes()) {
                for (Probe.Quantity quantity : Probe.Quantity.values()) {
                    boolean exists = quantity == Probe.Quantity.OUTPUT
                            ? !(node.layer() instanceof Layer.ReadOut)
                            : node.layer() instanceof Layer.Neuron;
                    for (int t = 0; exists && t < drawn.batch().timeSteps(); t++) {
                        assertThat(seen.views.get(at)).isEqualTo(new Probe.View(node.id(), quantity, n, t));
                        double[] all = quantity == Probe.Quantity.OUTPUT
                                ? reference.values(node.id())[t]
                                : reference.membranes(node.id())[t];
                        int size = node.out().size();
                        Agreement.assertClose(
                                quantity + " of " + node.name() + " of " + drawn,
                                seen.values.get(at),
                                Arrays.copyOfRange(all, n * size, (n + 1) * size),
                                SCORES);
                        at++;
                    }
                }
            }
        }
        assertThat(seen.views).hasSize(at);
    }

    private static ReferenceNetwork trainedReference(
            RandomCase drawn, Parameters parameters, Map<Integer, float[]> byOutput, NoiseStream rounding) {
        ReferenceNetwork reference = new ReferenceNetwork(drawn.network());
        reference.set(parameters);
        arrays(drawn).forEach(reference::read);
        reference.roundAtRandom(rounding);
        reference.forward(drawn.batch());
        reference.backward(Agreement.wide(scoreGradient(drawn)), byOutput);
        return reference;
    }

    private static List<ReferenceNetwork> roundedReferences(RandomCase drawn, Map<Integer, float[]> byOutput) {
        return IntStream.range(0, 3)
                .mapToObj(trial -> trainedReference(
                        drawn,
                        drawn.parameters().copy(),
                        byOutput,
                        NoiseStream.of(drawn.seed(), Purpose.TEST, 998, trial, 0)))
                .toList();
    }

    /**
     * How far a gradient may be off: 1e-5 of the sum of its terms' magnitudes, and 30 times what random rounding to single
     * precision does to the reference, which is much where a norm of few values cancels nearly all of it.
     */
    private static double tolerance(ParameterId id, ReferenceNetwork exact, List<ReferenceNetwork> rounded) {
        double largest = 0;
        for (ReferenceNetwork off : rounded) {
            double[] a = off.gradient(id);
            double[] b = exact.gradient(id);
            for (int i = 0; i < a.length; i++) {
                largest = Math.max(largest, Math.abs(a[i] - b[i]));
            }
        }
        return GRADIENT_TERMS * exact.largestTerms(id.node()) + GRADIENT_ROUNDING * largest;
    }

    private void assertTrainingAgrees(RandomCase drawn) {
        assertTrainingAgrees(drawn, Map.of());
    }

    private void assertTrainingAgrees(RandomCase drawn, Map<Integer, float[]> byOutput) {
        Parameters trained = drawn.parameters().copy();
        ReferenceNetwork reference = trainedReference(drawn, trained, byOutput, null);
        List<ReferenceNetwork> rounded = roundedReferences(drawn, byOutput);
        float[] given = scoreGradient(drawn);
        double[] expected = reference.scores(drawn.batch().timeSteps());
        String what = drawn.toString();
        try (TrainableNetwork network = openForTraining(drawn, drawn.batch().samples(), 2)) {
            Seen seen = new Seen((node, _) -> byOutput.containsKey(node), new ArrayList<>(), new ArrayList<>());
            float[] scores = network.forward(drawn.batch(), seen);
            seen.assertOutputs(drawn, reference);
            network.backward(given, byOutput);
            long[][] spikes = network.spikeCounts();
            for (Network.Node node : drawn.network().nodes()) {
                assertThat(spikes[node.id()])
                        .as("spikes, node " + node.id() + " of " + what)
                        .isEqualTo(
                                node.layer() instanceof Layer.Neuron
                                        ? reference.activity()[node.id()].total().spikes
                                        : new long[0]);
            }
            drawn.parameters().forEach((id, values) -> {
                String name = id.role().id() + " of node " + id.node() + " of " + what;
                float[] found = new float[values.length];
                if (id.role().isTrainable()) {
                    network.gradient(id, found);
                    Agreement.assertWithin(
                            "gradient, " + name, found, reference.gradient(id), tolerance(id, reference, rounded));
                } else {
                    network.get(id, found);
                    Agreement.assertClose(name, found, Agreement.wide(trained.get(id)), 1e-5);
                }
            });
            Agreement.assertClose("scores of " + what, scores, expected, SCORES);
        }
    }

    private TrainableNetwork openForTraining(RandomCase drawn, int maxSamples, int threads) {
        return openForTraining(open(), drawn, maxSamples, threads);
    }

    private static TrainableNetwork openForTraining(
            ComputeBackend backend, RandomCase drawn, int maxSamples, int threads) {
        Map<Integer, SynapsePlan.ArrayPlan> arrays = arrays(drawn);
        TrainableNetwork network =
                backend.train(drawn.network(), arrays.keySet(), drawn.batch().timeSteps(), maxSamples, threads);
        drawn.parameters().forEach(network::set);
        arrays.forEach(network::read);
        return network;
    }

    private static Map<Integer, SynapsePlan.ArrayPlan> arrays(RandomCase drawn) {
        Map<Integer, SynapsePlan.ArrayPlan> arrays = new TreeMap<>();
        drawn.synapses().forEach((node, plan) -> plan.arrays().ifPresent(own -> arrays.put(node, own)));
        return arrays;
    }

    private static float[] scoreGradient(RandomCase drawn) {
        NoiseStream random = NoiseStream.of(drawn.seed(), Purpose.TEST, 999, 0, 0);
        float[] gradient = new float[drawn.batch().samples() * drawn.network().classes()];
        for (int i = 0; i < gradient.length; i++) {
            gradient[i] = random.nextFloat() * 2 - 1;
        }
        return gradient;
    }

    private static float[] pass(TrainableNetwork network, RandomCase drawn) {
        float[] scores = network.forward(drawn.batch());
        network.backward(scoreGradient(drawn));
        return scores;
    }

    private float[][] gradients(RandomCase drawn, int threads) {
        return gradients(open(), drawn, threads);
    }

    private static float[][] gradients(ComputeBackend backend, RandomCase drawn, int threads) {
        try (TrainableNetwork network =
                openForTraining(backend, drawn, drawn.batch().samples(), threads)) {
            pass(network, drawn);
            float[][] first = read(network, drawn);
            drawn.parameters().forEach(network::set);
            pass(network, drawn);
            assertThat(read(network, drawn)).as("a second pass").isDeepEqualTo(first);
            return first;
        }
    }

    /** Every gradient and buffer of the last pass, in the order of the parameters. */
    private static float[][] read(TrainableNetwork network, RandomCase drawn) {
        List<float[]> all = new ArrayList<>();
        drawn.parameters().forEach((id, values) -> {
            float[] found = new float[values.length];
            if (id.role().isTrainable()) {
                network.gradient(id, found);
            } else {
                network.get(id, found);
            }
            all.add(found);
        });
        return all.toArray(float[][]::new);
    }
}
