/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.training.method;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.synaptile.sim.compute.cpu.CpuBackend;
import io.synaptile.sim.engine.ImageSource;
import io.synaptile.sim.network.Architectures;
import io.synaptile.sim.network.Network;
import io.synaptile.sim.network.NeuronSpec;
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
import io.synaptile.training.optimise.Clock;
import io.synaptile.training.optimise.Loss;
import io.synaptile.training.optimise.Schedule;
import io.synaptile.training.optimise.Sgd;
import io.synaptile.training.optimise.SoftmaxCrossEntropy;
import io.synaptile.training.optimise.SquaredError;
import io.synaptile.training.optimise.XavierUniform;
import io.synaptile.training.transform.LayerTransforms;
import io.synaptile.training.transform.TransformSchedule;
import io.synaptile.training.transform.WeightDraw;
import io.synaptile.training.transform.WeightTransform;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

final class CourseTest {
    private static final int STEPS = 3;
    private static final Shape SHAPE = new Shape(1, 8, 8);
    private static final Descent DESCENT = Descent.of(new Sgd(0.9f), Schedule.constant(0.05), 0);
    private static final ImageSource IMAGES = new Clusters(96, SHAPE, 2, 0.25f, 5);
    private static final Bench BENCH = new Bench(new CpuBackend(), IMAGES.range(0, 64), IMAGES.range(64, 96));
    private static final Network SMALL = mlp(8);

    /** Sets weights to 0 that are smaller than a width. */
    private record SoftThreshold(float width) implements WeightTransform {
        @Override
        public void apply(float[] weights, float[] out, WeightDraw draw) {
            for (int i = 0; i < out.length; i++) {
                out[i] = Math.signum(weights[i]) * Math.max(Math.abs(weights[i]) - width, 0);
            }
        }
    }

    /** Two epochs of a network of its own and cross-entropy, two of another network by a width that grows and squared error. */
    private record TwoNetworks() implements Method {
        private static final Network LARGE = mlp(12);

        @Override
        public String id() {
            return "two-networks";
        }

        @Override
        public TrainingState initial() {
            return drawn(SMALL);
        }

        @Override
        public List<Phase> phases() {
            Phase first =
                    Phase.of(SMALL, options(new SoftmaxCrossEntropy(), LayerTransforms.none(), 0), 2, KeepRule.BEST);
            Phase second = new Phase(
                    LARGE,
                    options(new SquaredError(), TwoNetworks::transforms, 0),
                    4,
                    KeepRule.LAST,
                    (before, _) -> before.in(drawn(LARGE).parameters(), DESCENT));
            return List.of(first, second);
        }

        private static LayerTransforms transforms(Clock clock) {
            return LayerTransforms.everywhere(LARGE, new SoftThreshold(0.2f * clock.step() / clock.of()));
        }
    }

    @Test
    void phasesFollowOneAnotherEachWithItsOwnNetwork() {
        List<Network> seen = new ArrayList<>();
        Outcome outcome = new Course(new TwoNetworks(), BENCH).run(Optional.empty(), new TrainingListener() {
            @Override
            public void epochFinished(EpochResult result, TrainingState state) {
                seen.add(state.weights().firstEntry().getValue().length == 8 * 64 ? SMALL : TwoNetworks.LARGE);
            }
        });
        assertThat(seen).containsExactly(SMALL, SMALL, TwoNetworks.LARGE, TwoNetworks.LARGE);
        TrainedModel model = outcome.model();
        assertThat(model.network()).isEqualTo(TwoNetworks.LARGE);
        assertThat(model.history()).hasSize(4);
        assertThat(model.keptEpoch()).isEqualTo(3);
    }

    /** At the last step of 16, in batches of 16 images, 15/16 of the whole width are taken off. */
    @Test
    void theModelHasTheTransformsOfTheStepItIsFrom() {
        TrainedModel model = new Course(new TwoNetworks(), BENCH)
                .run(Optional.empty(), TrainingListener.silent())
                .model();
        float width = 0.2f * 15 / 16;
        model.latent().weights().forEach((node, latent) -> {
            float[] expected = new float[latent.length];
            new SoftThreshold(width).apply(latent, expected, null);
            assertThat(model.effective().weights().get(node)).containsExactly(expected);
        });
    }

    @Test
    void aStoppedMethodGoesOnToTheSameWeightsFromAnyBatch() {
        List<Supplier<TrainingState>> states = new ArrayList<>();
        TrainedModel whole = new Course(new TwoNetworks(), BENCH)
                .run(Optional.empty(), new TrainingListener() {
                    @Override
                    public void betweenBatches(Supplier<TrainingState> state) {
                        TrainingState copy = state.get().copy();
                        states.add(() -> copy);
                    }

                    @Override
                    public void epochFinished(EpochResult result, TrainingState state) {
                        TrainingState copy = state.copy();
                        states.add(() -> copy);
                    }
                })
                .model();
        assertThat(states).hasSize(16);
        for (Supplier<TrainingState> state : states) {
            TrainedModel resumed = new Course(new TwoNetworks(), BENCH)
                    .run(Optional.of(state.get()), TrainingListener.silent())
                    .model();
            whole.latent()
                    .forEach(
                            (id, values) -> assertThat(resumed.latent().get(id)).containsExactly(values));
            assertThat(resumed.history()).isEqualTo(whole.history());
        }
    }

    @Test
    void aStateBelongsToThePhaseThatMadeIt() {
        Method method = new TwoNetworks();
        assertThat(method.networkAt(0, true)).isEqualTo(SMALL);
        assertThat(method.networkAt(2, false)).isEqualTo(SMALL);
        assertThat(method.networkAt(2, true)).isEqualTo(TwoNetworks.LARGE);
        assertThat(method.networkAt(4, false)).isEqualTo(TwoNetworks.LARGE);
    }

    @Test
    void onlyTheLastPhaseMayStopEarly() {
        Phase patient = Phase.of(SMALL, options(new SquaredError(), LayerTransforms.none(), 1), 2, KeepRule.BEST);
        Method method = new Method() {
            @Override
            public String id() {
                return "patient";
            }

            @Override
            public TrainingState initial() {
                return drawn(SMALL);
            }

            @Override
            public List<Phase> phases() {
                return List.of(patient, new TwoNetworks().phases().getLast());
            }
        };
        assertThatThrownBy(() -> new Course(method, BENCH))
                .hasMessage("patience of 1 in a phase that another follows: the epoch at which that begins would not be"
                        + " known");
    }

    private static Network mlp(int hidden) {
        return Architectures.mlp(
                SHAPE,
                2,
                List.of(hidden),
                new Architectures.Options(Architectures.Norm.NONE, NeuronSpec.lif(0.95f, 1f), 0f));
    }

    private static TrainingState drawn(Network network) {
        return TrainingState.initial(network, STEPS, new XavierUniform(2), DESCENT, 1);
    }

    private static TrainingOptions options(Loss loss, TransformSchedule transforms, int patience) {
        return new TrainingOptions(
                4,
                new Presentation(16, STEPS, new Encoder.Direct(), Augmentation.none()),
                loss,
                DESCENT,
                transforms,
                patience,
                1,
                1);
    }
}
