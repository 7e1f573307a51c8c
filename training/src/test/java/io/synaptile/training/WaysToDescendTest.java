/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.training;

import static org.assertj.core.api.Assertions.assertThat;

import io.synaptile.sim.compute.Backends;
import io.synaptile.sim.compute.ComputeBackend;
import io.synaptile.sim.compute.ExecutableNetwork;
import io.synaptile.sim.compute.NetworkPlan;
import io.synaptile.sim.compute.TrainableNetwork;
import io.synaptile.sim.engine.ImageSource;
import io.synaptile.sim.network.Architectures;
import io.synaptile.sim.network.Network;
import io.synaptile.sim.network.NeuronSpec;
import io.synaptile.sim.network.ParameterId;
import io.synaptile.sim.network.Parameters;
import io.synaptile.sim.network.Role;
import io.synaptile.sim.network.Shape;
import io.synaptile.sim.spikes.Encoder;
import io.synaptile.training.data.Augmentation;
import io.synaptile.training.optimise.Adam;
import io.synaptile.training.optimise.Clock;
import io.synaptile.training.optimise.CosineSchedule;
import io.synaptile.training.optimise.HalvingSchedule;
import io.synaptile.training.optimise.Loss;
import io.synaptile.training.optimise.MilestoneSchedule;
import io.synaptile.training.optimise.OneCycleSchedule;
import io.synaptile.training.optimise.Optimiser;
import io.synaptile.training.optimise.ParameterGroup;
import io.synaptile.training.optimise.Projection;
import io.synaptile.training.optimise.Schedule;
import io.synaptile.training.optimise.Sgd;
import io.synaptile.training.optimise.SoftmaxCrossEntropy;
import io.synaptile.training.optimise.SquaredError;
import io.synaptile.training.optimise.StepCosineSchedule;
import io.synaptile.training.optimise.WarmUp;
import io.synaptile.training.optimise.XavierUniform;
import io.synaptile.training.transform.LayerTransforms;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Optimisers, schedules, losses and groups in whole trainings. */
class WaysToDescendTest {
    private static final Shape SHAPE = new Shape(1, 8, 8);
    private static final int STEPS = 4;
    private static final int EPOCHS = 6;
    private static final ComputeBackend CPU = Backends.open("cpu");
    private static final ImageSource IMAGES = new Clusters(300, SHAPE, 2, 0.25f, 5);
    private static final ImageSource TRAIN = IMAGES.range(0, 200);
    private static final ImageSource VALIDATION = IMAGES.range(200, 300);
    private static final Network NETWORK = Architectures.mlp(
            SHAPE, 2, List.of(16), new Architectures.Options(Architectures.Norm.BNTT, NeuronSpec.lif(0.95f, 1f), 0f));
    private static final ParameterGroups PLAIN = ParameterGroups.all(ParameterGroup.decaying(1e-4f));
    private static final Adam ADAM = new Adam(0.9f, 0.999f, 1e-8f, false);
    private static final Adam ADAMW = new Adam(0.9f, 0.999f, 1e-8f, true);
    private static final Loss CROSS_ENTROPY = new SoftmaxCrossEntropy();

    static Stream<Arguments> ways() {
        return Stream.of(
                Arguments.of(new Sgd(0.9f, true), Schedule.constant(0.1), CROSS_ENTROPY),
                Arguments.of(new Sgd(0f), new HalvingSchedule(0.5, 2), CROSS_ENTROPY),
                Arguments.of(new Sgd(0.9f), new MilestoneSchedule(0.1, List.of(3, 5), 0.1), new SquaredError()),
                Arguments.of(new Sgd(0.9f), new StepCosineSchedule(0.1), new SoftmaxCrossEntropy(0.1)),
                Arguments.of(ADAM, Schedule.constant(0.01), CROSS_ENTROPY),
                Arguments.of(ADAM, new WarmUp(2, EPOCHS, new CosineSchedule(0.03, EPOCHS)), new SquaredError()),
                Arguments.of(ADAMW, new OneCycleSchedule(0.02, 0.45, 0.1, 1e-3), new SoftmaxCrossEntropy(0.1)));
    }

    @ParameterizedTest
    @MethodSource("ways")
    void separableClassesAreLearnt(Optimiser optimiser, Schedule schedule, Loss loss) {
        TrainingState end = trained(new Descent(optimiser, schedule, PLAIN), loss);
        assertThat(end.best().orElseThrow().validationAccuracy()).isEqualTo(1.0);
        assertThat(end.history().getLast().loss())
                .isLessThan(end.history().getFirst().loss());
    }

    @ParameterizedTest
    @MethodSource("ways")
    void trainingResumesInsideAnEpochToTheSameBits(Optimiser optimiser, Schedule schedule, Loss loss) {
        Descent descent = new Descent(optimiser, schedule, PLAIN);
        Trainer trainer = trainer(CPU, options(descent, loss));
        List<TrainingState> saved = new ArrayList<>();
        TrainingState straight = trainer.advance(initial(descent), EPOCHS, new TrainingListener() {
            @Override
            public void betweenBatches(Supplier<TrainingState> state) {
                if (saved.size() < 8) {
                    saved.add(state.get().copy());
                }
            }
        });
        TrainingState resumed = trainer.advance(saved.getLast(), EPOCHS, TrainingListener.silent());
        assertThat(saved.getLast().epochsDone()).isEqualTo(1);
        assertThat(resumed.history()).isEqualTo(straight.history());
        assertThat(resumed.steps()).isEqualTo(straight.steps());
        assertSame(resumed.parameters(), straight.parameters());
        straight.slots().forEach((name, slot) -> assertSame(resumed.slots().get(name), slot));
    }

    @Test
    void theRateOfAnEpochIsThatOfItsLastStep() {
        StepCosineSchedule schedule = new StepCosineSchedule(0.1);
        TrainingState end = trained(new Descent(new Sgd(0.9f), schedule, PLAIN), CROSS_ENTROPY);
        int batches = (int) end.steps() / EPOCHS;
        assertThat(end.history())
                .allSatisfy(epoch -> assertThat(epoch.learningRate())
                        .isEqualTo(schedule.rate(Clock.of(epoch.epoch(), EPOCHS, batches - 1, batches))));
    }

    @Test
    void groupsFreezeSlowAndBoundWhatTheyName() {
        int first = NETWORK.find("fc1").orElseThrow().id();
        int norm = NETWORK.find("bn_fc1").orElseThrow().id();
        ParameterId weights = ParameterId.weight(first);
        ParameterId scales = new ParameterId(norm, Role.GAMMA);
        ParameterGroups groups = new ParameterGroups(
                ParameterGroup.decaying(1e-4f),
                Map.of(
                        weights,
                        new ParameterGroup(0f, 1f, true, List.of()),
                        scales,
                        ParameterGroup.decaying(0f).with(new Projection.Clamp(0.99f, 1.01f))));
        Descent descent = new Descent(ADAMW, Schedule.constant(0.01), groups);
        TrainingState end = trained(descent, CROSS_ENTROPY);
        assertThat(end.parameters().get(weights))
                .containsExactly(initial(descent).parameters().get(weights));
        for (float scale : end.parameters().get(scales)) {
            assertThat(scale).isBetween(0.99f, 1.01f);
        }
        assertThat(end.parameters().get(scales)).contains(0.99f);
    }

    static Stream<TrainingOptions> notOnDevices() {
        ParameterGroups slower = new ParameterGroups(
                ParameterGroup.decaying(0f),
                Map.of(ParameterId.weight(1), new ParameterGroup(0f, 0.5f, false, List.of())));
        Schedule rate = Schedule.constant(0.1);
        return Stream.of(
                options(new Descent(new Sgd(0.9f, true), rate, PLAIN), CROSS_ENTROPY),
                options(new Descent(ADAM, rate, PLAIN), CROSS_ENTROPY),
                options(new Descent(new Sgd(0.9f), rate, slower), CROSS_ENTROPY),
                options(new Descent(new Sgd(0.9f), rate, PLAIN), new SquaredError()),
                options(new Descent(new Sgd(0.9f), rate, PLAIN), new SoftmaxCrossEntropy(0.1)));
    }

    @ParameterizedTest
    @MethodSource("notOnDevices")
    void whatADeviceCannotDoIsPreparedOnTheHost(TrainingOptions options) {
        assertThat(trainer(new Keeping(), options).weightsPreparedOn()).isEqualTo(WeightPlace.HOST);
    }

    @Test
    void aRateByStepIsFollowedOnADevice() {
        TrainingOptions options =
                options(new Descent(new Sgd(0.9f), new OneCycleSchedule(0.1, 0.45, 0.1, 1e-3), PLAIN), CROSS_ENTROPY);
        assertThat(trainer(new Keeping(), options).weightsPreparedOn()).isEqualTo(WeightPlace.DEVICE);
    }

    private static TrainingState trained(Descent descent, Loss loss) {
        return trainer(CPU, options(descent, loss)).advance(initial(descent), EPOCHS, TrainingListener.silent());
    }

    private static Trainer trainer(ComputeBackend backend, TrainingOptions options) {
        return new Trainer(backend, NETWORK, TRAIN, VALIDATION, options);
    }

    private static TrainingState initial(Descent descent) {
        return TrainingState.initial(NETWORK, STEPS, new XavierUniform(2), descent, 1);
    }

    private static TrainingOptions options(Descent descent, Loss loss) {
        return new TrainingOptions(
                EPOCHS,
                new Presentation(32, STEPS, new Encoder.Direct(), Augmentation.none()),
                loss,
                descent,
                LayerTransforms.none(),
                1,
                1);
    }

    private static void assertSame(Parameters found, Parameters expected) {
        assertThat(new TreeMap<>(found.values()).keySet()).isEqualTo(new TreeMap<>(expected.values()).keySet());
        found.forEach((id, values) -> assertThat(values).containsExactly(expected.get(id)));
    }

    /** The CPU, but that it says to keep weights; it is asked nothing. */
    private static final class Keeping implements ComputeBackend {
        @Override
        public String id() {
            return "keeping";
        }

        @Override
        public String description() {
            return "says to keep weights";
        }

        @Override
        public boolean keepsWeights() {
            return true;
        }

        @Override
        public ExecutableNetwork prepare(NetworkPlan plan, int maxSamples, int threads) {
            return CPU.prepare(plan, maxSamples, threads);
        }

        @Override
        public TrainableNetwork train(Network network, int timeSteps, int maxSamples, int threads) {
            return CPU.train(network, timeSteps, maxSamples, threads);
        }
    }
}
