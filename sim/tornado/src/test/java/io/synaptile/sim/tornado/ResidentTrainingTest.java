/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.sim.tornado;

import static io.synaptile.testing.Tolerance.againstReference;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.synaptile.sim.compute.ComputeBackend;
import io.synaptile.sim.compute.InputBatch;
import io.synaptile.sim.compute.ResidentTraining;
import io.synaptile.sim.compute.TrainableNetwork;
import io.synaptile.sim.compute.TrainingRecipe;
import io.synaptile.sim.compute.WeightStage;
import io.synaptile.sim.compute.cpu.CpuBackend;
import io.synaptile.sim.network.Architectures;
import io.synaptile.sim.network.Network;
import io.synaptile.sim.network.NeuronSpec;
import io.synaptile.sim.network.Parameters;
import io.synaptile.sim.network.Role;
import io.synaptile.sim.network.Shape;
import io.synaptile.sim.random.NoiseStream;
import io.synaptile.sim.random.Purpose;
import io.synaptile.sim.spikes.Encoder;
import io.synaptile.training.Descent;
import io.synaptile.training.TrainingState;
import io.synaptile.training.optimise.Optimiser;
import io.synaptile.training.optimise.Schedule;
import io.synaptile.training.optimise.Sgd;
import io.synaptile.training.optimise.SoftmaxCrossEntropy;
import io.synaptile.training.optimise.XavierUniform;
import io.synaptile.training.transform.KBitQuantiser;
import io.synaptile.training.transform.LogNormalPerturbation;
import io.synaptile.training.transform.TransformedWeights;
import io.synaptile.training.transform.Variation;
import io.synaptile.training.transform.WeightDraw;
import io.synaptile.training.transform.WeightTransform;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** Steps whose weights stay on the device train as those of the host with the CPU backend do. */
@RequiresDevice
final class ResidentTrainingTest {
    private static final long SEED = 5;
    private static final int BATCH = 32;
    private static final Sgd SGD = new Sgd(0.9f);
    private static final float DECAY = 1e-4f;
    private static final float RATE = 0.2f;
    /** Of losses, weights, scales and statistics; room for a spike or two that rounding decides. */
    private static final double BOUND = 1e-3;

    /** Stages of every layer. */
    private static final List<WeightTransform> STAGES =
            List.of(KBitQuantiser.of(4), Variation.perForward(LogNormalPerturbation.rram(4, 1)));

    /** The network of the quickstart. */
    private static final Network DIGITS = Architectures.mlp(
            new Shape(1, 8, 8),
            10,
            List.of(256, 256),
            new Architectures.Options(Architectures.Norm.BNTT, NeuronSpec.lif(0.95f, 1f), 0.1f));

    private static final Network CONVOLUTIONS = Architectures.vgg(
            "vgg5",
            new Shape(3, 9, 9),
            5,
            0.05,
            new Architectures.Options(Architectures.Norm.SHARED, NeuronSpec.lif(0.9f, 1f), 0f));

    private record Run(Network network, Encoder encoder, int timeSteps) {
        ResidentTraining.State initial() {
            Descent descent = Descent.of(SGD, Schedule.constant(RATE), DECAY);
            TrainingState state = TrainingState.initial(network, timeSteps, new XavierUniform(2), descent, SEED);
            return new ResidentTraining.State(
                    state.parameters(), state.slots().firstEntry().getValue());
        }

        /** Images or frames of the pattern of their class, under noise; the last of three batches is smaller. */
        InputBatch input(int batch) {
            int samples = batch % 3 == 2 ? BATCH - 5 : BATCH;
            int frames = encoder instanceof Encoder.Frames ? timeSteps : 1;
            int pixels = frames * network.input().size();
            float[] images = new float[samples * pixels];
            long[] ids = new long[samples];
            int[] labels = labels(batch, samples);
            for (int n = 0; n < samples; n++) {
                ids[n] = (long) batch * BATCH + n;
                NoiseStream pattern = NoiseStream.of(77, Purpose.TEST, labels[n], 0, 0);
                NoiseStream noise = NoiseStream.of(SEED, Purpose.TEST, 99, ids[n], 0);
                for (int i = 0; i < pixels; i++) {
                    images[n * pixels + i] = (pattern.nextInt() < 0 ? -1 : 1) + 0.7f * (float) noise.nextGaussian();
                }
            }
            return new InputBatch(images, samples, timeSteps, encoder, SEED, 2, ids);
        }

        int[] labels(int batch, int samples) {
            int[] labels = new int[samples];
            for (int n = 0; n < samples; n++) {
                labels[n] = (batch * 7 + n * 3) % network.classes();
            }
            return labels;
        }

        TrainableNetwork open(ComputeBackend backend) {
            return backend.train(network, timeSteps, BATCH, 1);
        }

        TrainingRecipe recipe() {
            Map<Integer, List<WeightStage>> stages = new TreeMap<>();
            for (Network.Node node : network.synapses()) {
                stages.put(
                        node.id(),
                        STAGES.stream().map(s -> s.onDevice().orElseThrow()).toList());
            }
            return new TrainingRecipe(stages, SGD.momentum(), DECAY);
        }

        List<ResidentTraining.Step> onDevice(ResidentTraining training, int from, int to) {
            List<ResidentTraining.Step> steps = new ArrayList<>();
            for (int b = from; b < to; b++) {
                InputBatch input = input(b);
                steps.add(training.step(input, labels(b, input.samples()), RATE, 1, b));
            }
            return steps;
        }

        List<ResidentTraining.Step> onHost(ResidentTraining.State state, int batches) {
            List<ResidentTraining.Step> steps = new ArrayList<>();
            Map<Integer, TransformedWeights> transformed = new TreeMap<>();
            network.synapses()
                    .forEach(node -> transformed.put(node.id(), new TransformedWeights(STAGES, node.weightCount())));
            try (TrainableNetwork trainable = open(new CpuBackend())) {
                for (int b = 0; b < batches; b++) {
                    int batch = b;
                    state.parameters().forEach((id, values) -> {
                        if (id.role() == Role.WEIGHT) {
                            WeightDraw draw = new WeightDraw(SEED, id.node(), 1, batch);
                            trainable.set(id, transformed.get(id.node()).apply(values, draw));
                        } else if (id.role().isTrainable()) {
                            trainable.set(id, values);
                        }
                    });
                    InputBatch input = input(b);
                    int[] labels = labels(b, input.samples());
                    float[] scores = trainable.forward(input);
                    float[] gradient = new float[scores.length];
                    double loss = new SoftmaxCrossEntropy().evaluate(scores, labels, gradient);
                    steps.add(new ResidentTraining.Step(loss, correct(scores, labels)));
                    trainable.backward(gradient);
                    state.velocity().forEach((id, velocity) -> {
                        float[] derivative = new float[velocity.length];
                        trainable.gradient(id, derivative);
                        if (id.role() == Role.WEIGHT) {
                            transformed.get(id.node()).pullBack(derivative);
                        }
                        SGD.step(
                                state.parameters().get(id),
                                derivative,
                                List.of(velocity),
                                new Optimiser.Update(RATE, DECAY, batch + 1));
                    });
                }
                state.parameters().forEach((id, values) -> {
                    if (!id.role().isTrainable()) {
                        trainable.get(id, values);
                    }
                });
            }
            return steps;
        }

        private static int correct(float[] scores, int[] labels) {
            int classes = scores.length / labels.length;
            int correct = 0;
            for (int n = 0; n < labels.length; n++) {
                int best = 0;
                for (int c = 1; c < classes; c++) {
                    best = scores[n * classes + c] > scores[n * classes + best] ? c : best;
                }
                correct += best == labels[n] ? 1 : 0;
            }
            return correct;
        }
    }

    @Test
    void theQuickstartsNetworkTrainsAsOnTheHost() {
        assertLearns(agree(new Run(DIGITS, new Encoder.Direct(), 8), 10));
    }

    @Test
    void convolutionsWithSharedNormsTrainAsOnTheHost() {
        assertLearns(agree(new Run(CONVOLUTIONS, new Encoder.Poisson(2f), 5), 6));
    }

    @Test
    void framesTrainAsOnTheHost() {
        agree(new Run(CONVOLUTIONS, new Encoder.DirectFrames(), 3), 4);
    }

    private static void assertLearns(List<ResidentTraining.Step> steps) {
        assertThat(steps.getLast().loss()).isLessThan(steps.getFirst().loss());
    }

    /** Compares some batches on host and device; gives what the host's steps came to. */
    private static List<ResidentTraining.Step> agree(Run run, int batches) {
        ResidentTraining.State expected = run.initial();
        List<ResidentTraining.Step> host = run.onHost(expected, batches);
        ResidentTraining.State found = run.initial();
        List<ResidentTraining.Step> device;
        try (TrainableNetwork trainable = run.open(new TornadoBackend())) {
            ResidentTraining training = trainable.resident(run.recipe()).orElseThrow();
            training.put(found);
            device = run.onDevice(training, 0, batches);
            training.get(found);
        }
        for (int b = 0; b < batches; b++) {
            assertThat(device.get(b).loss())
                    .as("loss of batch %d", b)
                    .isCloseTo(host.get(b).loss(), againstReference(BOUND));
            assertThat(device.get(b).correct())
                    .as("batch %d", b)
                    .isCloseTo(host.get(b).correct(), againstReference(1));
        }
        assertThat(worst(found.parameters(), expected.parameters())).isLessThan(BOUND);
        return host;
    }

    private static double worst(Parameters one, Parameters other) {
        return one.values().entrySet().stream()
                .mapToDouble(entry -> worst(entry.getValue(), other.get(entry.getKey())))
                .max()
                .orElseThrow();
    }

    private static double worst(float[] one, float[] other) {
        double worst = 0;
        for (int i = 0; i < one.length; i++) {
            worst = Math.max(worst, Math.abs(one[i] - other[i]));
        }
        return worst;
    }

    @Test
    void aTrainingThatIsFetchedAndPutElsewhereGoesOnToTheSameBits() {
        Run run = new Run(CONVOLUTIONS, new Encoder.Direct(), 4);
        ResidentTraining.State straight = run.initial();
        ResidentTraining.State halfway = run.initial();
        List<ResidentTraining.Step> steps;
        try (TrainableNetwork trainable = run.open(new TornadoBackend())) {
            ResidentTraining training = trainable.resident(run.recipe()).orElseThrow();
            training.put(straight);
            steps = new ArrayList<>(run.onDevice(training, 0, 2));
            training.get(halfway);
            steps.addAll(run.onDevice(training, 2, 5));
            training.get(straight);
        }
        ResidentTraining.State resumed = run.initial();
        try (TrainableNetwork trainable = run.open(new TornadoBackend())) {
            ResidentTraining training = trainable.resident(run.recipe()).orElseThrow();
            training.put(run.initial());
            assertThat(run.onDevice(training, 0, 1)).isEqualTo(steps.subList(0, 1));
            training.put(halfway);
            assertThat(run.onDevice(training, 2, 5)).isEqualTo(steps.subList(2, 5));
            training.get(resumed);
        }
        assertThat(resumed).usingRecursiveComparison().isEqualTo(straight);
        assertThat(worst(straight.parameters(), halfway.parameters())).isPositive();
    }

    @Test
    void layersWithoutStagesTrainTheirEffectiveWeights() {
        Run run = new Run(CONVOLUTIONS, new Encoder.Direct(), 2);
        ResidentTraining.State state = run.initial();
        try (TrainableNetwork trainable = run.open(new TornadoBackend())) {
            TrainingRecipe plain = new TrainingRecipe(Map.of(), SGD.momentum(), DECAY);
            ResidentTraining training = trainable.resident(plain).orElseThrow();
            training.put(state);
            List<ResidentTraining.Step> steps = new ArrayList<>();
            for (int i = 0; i < 6; i++) {
                steps.addAll(run.onDevice(training, 0, 1));
            }
            training.get(state);
            assertThat(steps.getLast().loss()).isLessThan(steps.getFirst().loss());
        }
        assertThat(worst(state.parameters(), run.initial().parameters())).isPositive();
    }

    @Test
    void whatDoesNotFitIsRefused() {
        Run run = new Run(CONVOLUTIONS, new Encoder.Direct(), 2);
        try (TrainableNetwork trainable = run.open(new TornadoBackend())) {
            ResidentTraining training = trainable.resident(run.recipe()).orElseThrow();
            InputBatch input = run.input(0);
            int[] labels = run.labels(0, input.samples());
            assertThatThrownBy(() -> training.step(input, labels, RATE, 0, 0))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessage("no state has been put on the device");
            ResidentTraining.State state = run.initial();
            ResidentTraining.State lacking = new ResidentTraining.State(Parameters.none(), state.velocity());
            assertThatThrownBy(() -> training.put(lacking))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageStartingWith("layer conv1: 0 values of weight, expected ");
            training.put(state);
            labels[3] = 5;
            assertThatThrownBy(() -> training.step(input, labels, RATE, 0, 0))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("label 5 is outside 0-4");
            InputBatch longer = new Run(CONVOLUTIONS, new Encoder.Direct(), 3).input(0);
            assertThatThrownBy(() -> training.step(longer, run.labels(0, BATCH), RATE, 0, 0))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("3 time steps");
        }
    }
}
