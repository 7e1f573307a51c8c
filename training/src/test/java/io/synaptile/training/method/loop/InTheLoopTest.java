/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.training.method.loop;

import static io.synaptile.testing.Tolerance.againstIdentity;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.synaptile.devices.CellModel;
import io.synaptile.devices.CellModels;
import io.synaptile.mapping.HardwareSpec;
import io.synaptile.mapping.LayerCells;
import io.synaptile.mapping.TileSize;
import io.synaptile.mapping.chip.ChipDesign;
import io.synaptile.mapping.chip.ChipInstance;
import io.synaptile.mapping.chip.DeployedNetwork;
import io.synaptile.mapping.chip.EffectiveWeights;
import io.synaptile.mapping.chip.TileProgrammer;
import io.synaptile.mapping.codec.LayerWeights;
import io.synaptile.mapping.codec.WeightGrid;
import io.synaptile.sim.compute.cpu.CpuBackend;
import io.synaptile.sim.engine.ImageSource;
import io.synaptile.sim.network.Architectures;
import io.synaptile.sim.network.Network;
import io.synaptile.sim.network.NeuronSpec;
import io.synaptile.sim.network.ParameterId;
import io.synaptile.sim.network.Parameters;
import io.synaptile.sim.network.Shape;
import io.synaptile.sim.spikes.Encoder;
import io.synaptile.training.Clusters;
import io.synaptile.training.Descent;
import io.synaptile.training.EpochResult;
import io.synaptile.training.KeepRule;
import io.synaptile.training.Presentation;
import io.synaptile.training.TrainedModel;
import io.synaptile.training.TrainingListener;
import io.synaptile.training.TrainingOptions;
import io.synaptile.training.TrainingState;
import io.synaptile.training.data.Augmentation;
import io.synaptile.training.loop.ArrayLoop;
import io.synaptile.training.loop.LoopArrays;
import io.synaptile.training.method.Bench;
import io.synaptile.training.method.Course;
import io.synaptile.training.method.Method;
import io.synaptile.training.method.Phase;
import io.synaptile.training.method.bntt.Bntt;
import io.synaptile.training.optimise.Schedule;
import io.synaptile.training.optimise.Sgd;
import io.synaptile.training.optimise.SoftmaxCrossEntropy;
import io.synaptile.training.optimise.XavierUniform;
import io.synaptile.training.transform.KBitQuantiser;
import io.synaptile.training.transform.LayerTransforms;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class InTheLoopTest {
    private static final Shape SHAPE = new Shape(1, 8, 8);
    private static final int STEPS = 3;
    private static final int BATCHES = 4;
    private static final ImageSource IMAGES = new Clusters(96, SHAPE, 4, 0.5f, 5);
    private static final Bench BENCH = new Bench(new CpuBackend(), IMAGES.range(0, 64), IMAGES.range(64, 96));
    private static final Network NETWORK = Architectures.mlp(
            SHAPE, 4, List.of(12, 12), new Architectures.Options(Architectures.Norm.SHARED, NeuronSpec.lif(0.95f, 1f)));
    private static final List<Integer> SYNAPSES =
            NETWORK.synapses().stream().map(Network.Node::id).toList();
    private static final Descent DESCENT = Descent.of(new Sgd(0.9f), Schedule.constant(0.05), 0);
    private static final CellModel CELL =
            CellModels.load().create("rram", Map.of("bits", 4, "range_uS", List.of(2, 40)));

    /** Tiles of a chip whose columns have gains that nobody is told of. */
    private static final class Tiles implements LoopArrays {
        private final float spread;
        private final List<Integer> written = new ArrayList<>();
        private final List<float[]> given = new ArrayList<>();
        private final Map<Integer, float[]> last = new HashMap<>();

        Tiles(float spread) {
            this.spread = spread;
        }

        @Override
        public Held write(int layer, Parameters network) {
            float[] weights = network.weights().get(layer);
            if (!Arrays.equals(last.put(layer, weights.clone()), weights)) {
                written.add(layer);
                given.add(weights.clone());
            }
            float[] wrong = weights.clone();
            int outputs = NETWORK.node(layer).weightShape()[0];
            for (int i = 0; i < wrong.length; i++) {
                int output = i / (wrong.length / outputs);
                wrong[i] *= 1 + spread * (float) Math.sin(7.0 * output + layer);
            }
            Parameters held = network.withWeights(Map.of(layer, wrong));
            ChipDesign design = ChipDesign.of(
                    NETWORK,
                    HardwareSpec.exact(
                            new TileSize(32, 32),
                            LayerCells.pairs(CELL, 4),
                            NETWORK.node(layer).name()),
                    LayerWeights.each(held.weights(), new WeightGrid.None()));
            ChipInstance chip = TileProgrammer.onTarget(design);
            return new Held(
                    DeployedNetwork.withExactReadout(design, chip, held)
                            .plan()
                            .synapses()
                            .get(layer)
                            .arrays()
                            .orElseThrow(),
                    weights.clone());
        }
    }

    private static TrainingOptions options(int epochs, double rate) {
        return new TrainingOptions(
                epochs,
                new Presentation(16, STEPS, new Encoder.Direct(), Augmentation.none()),
                new SoftmaxCrossEntropy(),
                Descent.of(new Sgd(0.9f), Schedule.constant(rate), 0),
                LayerTransforms.everywhere(NETWORK, KBitQuantiser.of(4)),
                11,
                2);
    }

    private static Method usual(int epochs, double rate, Supplier<TrainingState> start) {
        return new Bntt(NETWORK, options(epochs, rate), KeepRule.LAST, start);
    }

    private static TrainingState drawn() {
        return TrainingState.initial(NETWORK, STEPS, new XavierUniform(2), DESCENT, 11);
    }

    /** A network that has learned without boards. */
    private static Supplier<TrainingState> trained() {
        TrainedModel model = run(usual(12, 0.05, InTheLoopTest::drawn), Optional.empty());
        return () -> TrainingState.from(model.latent().copy(), DESCENT);
    }

    private static TrainedModel run(Method method, Optional<TrainingState> stopped) {
        return new Course(method, BENCH).run(stopped, TrainingListener.silent()).model();
    }

    private static InTheLoop loop(Method usual, LoopPolicy policy, LoopArrays arrays, int every, Integer... layers) {
        return new InTheLoop(usual, policy, arrays, List.of(layers), every, 0.1f);
    }

    private static double accuracy(TrainedModel model, int epoch) {
        return model.history().get(epoch).validationAccuracy();
    }

    @Test
    void whatBoardsDistortIsLearnedAgain() {
        Supplier<TrainingState> start = trained();
        Tiles still = new Tiles(2f);
        // A step of nothing tells what the boards make of the network as it is.
        TrainedModel before = run(
                loop(usual(1, 1e-9, start), LoopPolicy.FORWARD, still, 0, SYNAPSES.get(1), SYNAPSES.get(2)),
                Optional.empty());
        double distorted = accuracy(before, 0);
        for (LoopPolicy policy : List.of(LoopPolicy.FORWARD, LoopPolicy.LAYERS)) {
            TrainedModel after = run(
                    loop(usual(8, 0.05, start), policy, new Tiles(2f), 0, SYNAPSES.get(1), SYNAPSES.get(2)),
                    Optional.empty());
            // The last layer has nothing behind it that could learn its gains.
            int judged = policy == LoopPolicy.LAYERS ? 3 : 7;
            assertThat(accuracy(after, judged)).as(policy.name()).isGreaterThan(distorted + 0.15);
        }
    }

    @Test
    void layersAreWrittenAsOftenAsIsSaid() {
        Tiles once = new Tiles(0.1f);
        run(loop(usual(3, 0.05, InTheLoopTest::drawn), LoopPolicy.FORWARD, once, 0, SYNAPSES.get(1)), Optional.empty());
        assertThat(once.written)
                .hasSize((int) ArrayLoop.writings(3, BATCHES, 0))
                .hasSize(4);
        Tiles often = new Tiles(0.1f);
        run(
                loop(usual(3, 0.05, InTheLoopTest::drawn), LoopPolicy.FORWARD, often, 2, SYNAPSES.get(1)),
                Optional.empty());
        assertThat(often.written)
                .hasSize((int) ArrayLoop.writings(3, BATCHES, 2))
                .hasSize(7);
        Tiles box = new Tiles(0.1f);
        run(
                loop(usual(2, 0.01, InTheLoopTest::drawn), LoopPolicy.BLACK_BOX, box, 0, SYNAPSES.get(1)),
                Optional.empty());
        assertThat(box.written)
                .hasSize((int) ArrayLoop.blackBoxWritings(2, BATCHES))
                .hasSize(18);
    }

    @Test
    void layerAfterLayerIsWrittenAndStaysWhileTheRestLearns() {
        Tiles tiles = new Tiles(0.3f);
        Supplier<TrainingState> start = trained();
        int first = SYNAPSES.get(0);
        int second = SYNAPSES.get(1);
        List<Parameters> ends = new ArrayList<>();
        new Course(loop(usual(4, 0.05, start), LoopPolicy.LAYERS, tiles, 0, first, second), BENCH)
                .run(Optional.empty(), new TrainingListener() {
                    @Override
                    public void epochFinished(EpochResult result, TrainingState state) {
                        ends.add(state.parameters().copy());
                    }
                });
        assertThat(tiles.written).containsExactly(first, second);
        Parameters began = start.get().parameters();
        for (Parameters end : ends) {
            assertThat(end.weights().get(first)).isEqualTo(began.weights().get(first));
        }
        assertThat(ends.get(1).weights().get(second))
                .isNotEqualTo(began.weights().get(second));
        assertThat(ends.get(3).weights().get(second))
                .isEqualTo(ends.get(1).weights().get(second));
        assertThat(ends.get(3).weights().get(SYNAPSES.get(2)))
                .isNotEqualTo(ends.get(1).weights().get(SYNAPSES.get(2)));
    }

    /** The second layer is a box; what reads it learns by derivatives, and what it reads does not learn. */
    @Test
    void aBlackBoxIsMovedAlongWhatItsLossesSay() {
        Tiles tiles = new Tiles(0.3f);
        int layer = SYNAPSES.get(1);
        TrainingState start = drawn();
        List<Parameters> ends = new ArrayList<>();
        new Course(loop(usual(1, 0.01, start::copy), LoopPolicy.BLACK_BOX, tiles, 0, layer), BENCH)
                .run(Optional.empty(), new TrainingListener() {
                    @Override
                    public void epochFinished(EpochResult result, TrainingState state) {
                        ends.add(state.parameters().copy());
                    }
                });
        Parameters end = ends.getFirst();
        assertThat(end.weights().get(SYNAPSES.get(0))).isEqualTo(start.weights().get(SYNAPSES.get(0)));
        assertThat(end.weights().get(SYNAPSES.get(2)))
                .isNotEqualTo(start.weights().get(SYNAPSES.get(2)));
        float[] before = start.weights().get(layer);
        float[] after = end.weights().get(layer);
        // In four steps with a sign each, a weight goes one of 16 ways; one step alone has two.
        long ways = IntStream.range(0, before.length)
                .mapToObj(i -> Math.round((after[i] - before[i]) * 1e5))
                .distinct()
                .count();
        assertThat(ways).isBetween(8L, 32L);
        KBitQuantiser quantiser = KBitQuantiser.of(4);
        float[] above = new float[before.length];
        float[] middle = new float[before.length];
        quantiser.apply(before, middle, null);
        float largest = 0f;
        for (float weight : before) {
            largest = Math.max(largest, Math.abs(weight));
        }
        float[] signs = new float[before.length];
        for (int i = 0; i < before.length; i++) {
            signs[i] = tiles.given.get(0)[i] >= tiles.given.get(1)[i] ? 1f : -1f;
            above[i] = before[i] + signs[i] * 0.1f * largest;
        }
        float[] written = new float[before.length];
        quantiser.apply(above, written, null);
        assertThat(tiles.given.get(0)).containsExactly(written, againstIdentity(1e-6f));
    }

    @ParameterizedTest
    @EnumSource(LoopPolicy.class)
    void aStoppedTrainingGoesOnToTheSameWeights(LoopPolicy policy) {
        Supplier<InTheLoop> method = () -> loop(
                usual(4, 0.02, InTheLoopTest::drawn), policy, new Tiles(0.3f), 2, SYNAPSES.get(0), SYNAPSES.get(1));
        List<TrainingState> states = new ArrayList<>();
        TrainedModel whole = new Course(method.get(), BENCH)
                .run(Optional.empty(), new TrainingListener() {
                    @Override
                    public void betweenBatches(Supplier<TrainingState> state) {
                        throw new AssertionError("arrays are not part of a state within an epoch");
                    }

                    @Override
                    public void epochFinished(EpochResult result, TrainingState state) {
                        states.add(state.copy());
                    }
                })
                .model();
        assertThat(states).hasSize(4);
        for (TrainingState state : states) {
            TrainedModel resumed = run(method.get(), Optional.of(state));
            assertThat(resumed.history()).isEqualTo(whole.history());
            for (int node : SYNAPSES) {
                ParameterId id = ParameterId.weight(node);
                assertThat(resumed.latent().get(id)).isEqualTo(whole.latent().get(id));
            }
        }
    }

    @Test
    void derivativesGoThroughWhatTheCellsAreKnownToHold() {
        // Cells that hold what they are told, on steps that are all of theirs: as if there were no tiles.
        int layer = SYNAPSES.get(1);
        LoopArrays exact = (node, network) -> {
            ChipDesign design = ChipDesign.of(
                    NETWORK,
                    HardwareSpec.exact(
                            new TileSize(32, 32),
                            LayerCells.pairs(CELL, 4),
                            NETWORK.node(node).name()),
                    LayerWeights.each(network.weights(), new WeightGrid.KBit(4)));
            ChipInstance chip = TileProgrammer.onTarget(design);
            return new LoopArrays.Held(
                    DeployedNetwork.withExactReadout(design, chip, network)
                            .plan()
                            .synapses()
                            .get(node)
                            .arrays()
                            .orElseThrow(),
                    EffectiveWeights.of(design, chip).get(node));
        };
        TrainedModel without = run(usual(1, 0.01, InTheLoopTest::drawn), Optional.empty());
        TrainedModel with =
                run(loop(usual(1, 0.01, InTheLoopTest::drawn), LoopPolicy.FORWARD, exact, 1, layer), Optional.empty());
        assertThat(with.latent().weights().get(layer))
                .containsExactly(without.latent().weights().get(layer), againstIdentity(2e-4f));
    }

    @Test
    void whatCannotBeTrainedSoIsRefused() {
        Method usual = usual(1, 0.05, InTheLoopTest::drawn);
        Tiles tiles = new Tiles(0f);
        assertThatThrownBy(() -> loop(usual, LoopPolicy.FORWARD, tiles, 0))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("no layer is on arrays");
        assertThatThrownBy(() -> loop(usual, LoopPolicy.LAYERS, tiles, 0, SYNAPSES.get(0), SYNAPSES.get(1)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("each of the 2 layers on arrays is followed by an epoch or more, and there are 1");
        Method two = new Method() {
            @Override
            public String id() {
                return "two";
            }

            @Override
            public TrainingState initial() {
                return drawn();
            }

            @Override
            public List<Phase> phases() {
                return List.of(usual.phases().getFirst(), usual.phases().getFirst());
            }
        };
        assertThatThrownBy(() -> loop(two, LoopPolicy.FORWARD, tiles, 0, SYNAPSES.get(0)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("two has 2 phases, and layers on arrays are trained by methods of one");
    }
}
