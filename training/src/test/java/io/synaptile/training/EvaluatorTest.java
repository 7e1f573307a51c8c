/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.synaptile.sim.compute.Backends;
import io.synaptile.sim.compute.BatchActivity;
import io.synaptile.sim.compute.BatchResult;
import io.synaptile.sim.compute.ComputeBackend;
import io.synaptile.sim.compute.ExecutableNetwork;
import io.synaptile.sim.compute.NetworkPlan;
import io.synaptile.sim.engine.BatchReader;
import io.synaptile.sim.engine.Evaluation;
import io.synaptile.sim.engine.Evaluator;
import io.synaptile.sim.engine.ImageSource;
import io.synaptile.sim.engine.StopRule;
import io.synaptile.sim.network.Architectures;
import io.synaptile.sim.network.Network;
import io.synaptile.sim.network.NeuronSpec;
import io.synaptile.sim.network.Shape;
import io.synaptile.sim.spikes.Encoder;
import io.synaptile.training.data.Augmentation;
import io.synaptile.training.optimise.Schedule;
import io.synaptile.training.optimise.Sgd;
import io.synaptile.training.optimise.XavierUniform;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EvaluatorTest {
    private static final ComputeBackend CPU = Backends.open("cpu");
    private static final Shape SHAPE = new Shape(1, 4, 4);
    private static final int STEPS = 5;
    private static final Encoder POISSON = new Encoder.Poisson(2f);
    private static final ImageSource IMAGES = new Clusters(37, SHAPE, 3, 1f, 4);
    private static final NetworkPlan PLAN = randomPlan();

    @Test
    void everyImageCountsOnceAtEveryStep() {
        Evaluation whole = evaluator(37, 1).evaluate(PLAN, IMAGES);
        BatchReader.Batch all = new BatchReader(IMAGES, Augmentation.none(), STEPS, POISSON, 8)
                .read(EpochOrder.identity(37), 0, 37, Evaluator.TEST_PASS);
        try (ExecutableNetwork network = CPU.prepare(PLAN, 37, 1)) {
            BatchResult expected = network.run(all.input());
            for (int t = 0; t < STEPS; t++) {
                int correct = 0;
                for (int i = 0; i < 37; i++) {
                    assertThat(whole.predictions()[t][i]).isEqualTo(expected.prediction(t, i));
                    correct += expected.prediction(t, i) == IMAGES.label(i) ? 1 : 0;
                }
                assertThat(whole.correct()[t]).isEqualTo(correct);
                assertThat(whole.accuracy(t)).isEqualTo(correct / 37.0);
            }
        }
        assertThat(whole.accuracy()).isEqualTo(whole.accuracy(STEPS - 1));
        assertThat(whole.hostNanos()).hasSize(37).doesNotContain(0L);
        assertThat(whole.timeSteps()).isEqualTo(STEPS);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 8, 36, 100})
    void batchesAndThreadsChangeNothing(int batch) {
        Evaluation whole = evaluator(37, 1).evaluate(PLAN, IMAGES);
        Evaluation cut = evaluator(batch, 2).evaluate(PLAN, IMAGES);
        assertThat(cut.predictions()).isDeepEqualTo(whole.predictions());
        long spikes = 0;
        for (int node = 0; node < whole.activity().length; node++) {
            assertThat(cut.activity()[node].spikes).containsExactly(whole.activity()[node].spikes);
            assertThat(cut.activity()[node].events).containsExactly(whole.activity()[node].events);
            spikes += whole.activity()[node].spikes[STEPS - 1];
        }
        assertThat(spikes).isPositive();
    }

    /** Each sample counts up to its own step, in whichever batch it is. */
    @ParameterizedTest
    @ValueSource(ints = {1, 8, 37})
    void samplesThatStopCountUpToTheirStep(int batch) {
        StopRule margin = new StopRule.Margin(0.3);
        Evaluation seen = evaluator(batch, 2).evaluate(PLAN, IMAGES, margin);
        Evaluation whole = evaluator(37, 1).evaluate(PLAN, IMAGES);
        int[] steps = seen.stopped().steps();
        int correct = 0;
        for (int i = 0; i < 37; i++) {
            correct += whole.predictions()[steps[i] - 1][i] == IMAGES.label(i) ? 1 : 0;
        }
        assertThat(seen.stopped().correct()).isEqualTo(correct);
        assertThat(steps)
                .isEqualTo(evaluator(37, 1)
                        .evaluate(PLAN, IMAGES, margin)
                        .stopped()
                        .steps());
        assertThat(Arrays.stream(steps).distinct().count()).isGreaterThan(2);
        assertThat(seen.correct()).isEqualTo(whole.correct());

        long[] running = seen.stopped().running();
        long[] events = new long[STEPS];
        try (ExecutableNetwork network = CPU.prepare(PLAN, 37, 1)) {
            BatchActivity each = network.run(new BatchReader(IMAGES, Augmentation.none(), STEPS, POISSON, 8)
                            .read(EpochOrder.identity(37), 0, 37, Evaluator.TEST_PASS)
                            .input())
                    .activity()[0];
            for (int t = 0; t < STEPS; t++) {
                int step = t;
                assertThat(running[t])
                        .isEqualTo(
                                Arrays.stream(steps).filter(last -> last > step).count());
                for (int i = 0; i < 37; i++) {
                    events[t] += t < steps[i] ? each.events[t * 37 + i] : 0;
                }
            }
        }
        assertThat(seen.stopped().activity()[0].events).containsExactly(events);
        assertThat(seen.activity()[0].events).containsExactly(whole.activity()[0].events);
        assertThat(whole.stopped().activity()[0].events).containsExactly(whole.activity()[0].events);
        assertThat(whole.stopped().running()).containsOnly(37L);
    }

    @Test
    void aRangeGivesTheSamePredictionsAsTheWhole() {
        Evaluation whole = evaluator(16, 1).evaluate(PLAN, IMAGES);
        Evaluation part = evaluator(16, 1).evaluate(PLAN, IMAGES.range(10, 20));
        assertThat(part.samples()).isEqualTo(10);
        for (int i = 0; i < 10; i++) {
            assertThat(part.predictions()[STEPS - 1][i]).isEqualTo(whole.predictions()[STEPS - 1][10 + i]);
        }
    }

    @Test
    void noImagesAreRefused() {
        assertThatThrownBy(() -> evaluator(16, 1).evaluate(PLAN, IMAGES.range(0, 0)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("no evaluation images");
    }

    private static Evaluator evaluator(int batch, int threads) {
        return new Evaluator(CPU, STEPS, POISSON, 8, Evaluator.TEST_PASS, batch, threads);
    }

    private static NetworkPlan randomPlan() {
        Network network = Architectures.mlp(
                SHAPE,
                3,
                List.of(12),
                new Architectures.Options(Architectures.Norm.BNTT, NeuronSpec.lif(0.95f, 1f), 0f));
        Descent descent = Descent.of(new Sgd(0.9f), Schedule.constant(0.1), 0f);
        return NetworkPlan.ideal(
                network,
                TrainingState.initial(network, STEPS, new XavierUniform(2), descent, 6)
                        .parameters());
    }
}
