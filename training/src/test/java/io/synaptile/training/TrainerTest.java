/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.training;

import static io.synaptile.testing.Tolerance.againstClosedForm;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.synaptile.sim.compute.Backends;
import io.synaptile.sim.compute.BatchActivity;
import io.synaptile.sim.compute.BatchResult;
import io.synaptile.sim.compute.ComputeBackend;
import io.synaptile.sim.compute.ExecutableNetwork;
import io.synaptile.sim.compute.InputBatch;
import io.synaptile.sim.compute.NetworkPlan;
import io.synaptile.sim.compute.Probe;
import io.synaptile.sim.compute.SynapsePlan;
import io.synaptile.sim.compute.TrainableNetwork;
import io.synaptile.sim.engine.BatchReader;
import io.synaptile.sim.engine.Evaluation;
import io.synaptile.sim.engine.Evaluator;
import io.synaptile.sim.engine.ImageSource;
import io.synaptile.sim.network.Architectures;
import io.synaptile.sim.network.Network;
import io.synaptile.sim.network.NeuronSpec;
import io.synaptile.sim.network.ParameterId;
import io.synaptile.sim.network.Parameters;
import io.synaptile.sim.network.Shape;
import io.synaptile.sim.spikes.Encoder;
import io.synaptile.training.data.Augmentation;
import io.synaptile.training.optimise.Loss;
import io.synaptile.training.optimise.LossWithHidden;
import io.synaptile.training.optimise.Schedule;
import io.synaptile.training.optimise.Sgd;
import io.synaptile.training.optimise.SoftmaxCrossEntropy;
import io.synaptile.training.optimise.SpikeRatePenalty;
import io.synaptile.training.optimise.XavierUniform;
import io.synaptile.training.transform.KBitQuantiser;
import io.synaptile.training.transform.LayerTransforms;
import io.synaptile.training.transform.LogNormalPerturbation;
import io.synaptile.training.transform.MagnitudeMask;
import io.synaptile.training.transform.TransformedWeights;
import io.synaptile.training.transform.Variation;
import io.synaptile.training.transform.WeightDraw;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class TrainerTest {
    private static final Shape SHAPE = new Shape(1, 8, 8);
    private static final int STEPS = 4;
    private static final ComputeBackend CPU = Backends.open("cpu");
    private static final ImageSource TRAIN = new Clusters(96, SHAPE, 2, 0.5f, 1);
    private static final ImageSource VALIDATION = new Clusters(50, SHAPE, 2, 0.5f, 2);
    private static final Network CONVOLUTIONAL = Architectures.vgg(
            "vgg5",
            SHAPE,
            2,
            0.0625,
            new Architectures.Options(Architectures.Norm.BNTT, NeuronSpec.lif(0.95f, 1f), 0.1f));
    private static final Descent DESCENT = Descent.of(new Sgd(0.9f), Schedule.constant(0.1), 0.001f);
    private static final Network PERCEPTRON = Architectures.mlp(
            SHAPE, 2, List.of(16), new Architectures.Options(Architectures.Norm.BNTT, NeuronSpec.lif(0.95f, 1f), 0f));
    private static final Network SHARED_NORMS = Architectures.mlp(
            SHAPE, 2, List.of(16), new Architectures.Options(Architectures.Norm.SHARED, NeuronSpec.lif(0.95f, 1f), 0f));

    static Stream<Network> networks() {
        return Stream.of(CONVOLUTIONAL, PERCEPTRON, SHARED_NORMS);
    }

    @ParameterizedTest
    @MethodSource("networks")
    void separableClassesAreLearntPerfectly(Network network) {
        TrainingOptions base = options(network, 10, 1);
        TrainingOptions options = new TrainingOptions(
                base.epochs(),
                new Presentation(base.images().batch(), STEPS, new Encoder.Direct(), Augmentation.none()),
                base.loss(),
                base.descent(),
                LayerTransforms.none()
                        .with(KBitQuantiser.of(4), transforms(base).stages().keySet()),
                1,
                1);
        ImageSource images = new Clusters(400, SHAPE, 2, 0.25f, 5);
        TrainedModel model = new Trainer(CPU, network, images.range(0, 300), images.range(300, 400), options)
                .train(initial(network), TrainingListener.silent());
        assertThat(model.validationAccuracy()).isEqualTo(1.0);
        assertThat(model.history()).hasSize(10);
        assertThat(model.history().getLast().loss())
                .isLessThan(model.history().getFirst().loss());
        Evaluator test = new Evaluator(CPU, STEPS, options.images().encoder(), 1, Evaluator.TEST_PASS, 32, 1);
        Evaluation result = test.evaluate(model.plan(), new Clusters(200, SHAPE, 2, 0.25f, 3));
        assertThat(result.accuracy()).isEqualTo(1.0);
    }

    @ParameterizedTest
    @MethodSource("networks")
    void trainingResumesToTheSameBits(Network network) {
        TrainingOptions options = options(network, 4, 1);
        TrainingState straight = new Trainer(CPU, network, TRAIN, VALIDATION, options)
                .advance(initial(network), 4, TrainingListener.silent());
        List<TrainingState> saved = new ArrayList<>();
        new Trainer(CPU, network, TRAIN, VALIDATION, options).advance(initial(network), 2, new TrainingListener() {
            @Override
            public void epochFinished(EpochResult result, TrainingState state) {
                saved.add(state.copy());
            }
        });
        assertThat(saved).hasSize(2);
        TrainingState resumed = new Trainer(CPU, network, TRAIN, VALIDATION, options)
                .advance(saved.getLast(), 4, TrainingListener.silent());
        assertSame(resumed, straight);
    }

    @ParameterizedTest
    @MethodSource("networks")
    void trainingResumesInsideAnEpochToTheSameBits(Network network) {
        TrainingOptions options = options(network, 2, 1);
        Trainer trainer = new Trainer(CPU, network, TRAIN, VALIDATION, options);
        List<TrainingState> saved = new ArrayList<>();
        TrainingState straight = trainer.advance(initial(network), 2, new TrainingListener() {
            @Override
            public void betweenBatches(Supplier<TrainingState> state) {
                saved.add(state.get().copy());
            }
        });
        assertThat(saved).hasSize(4);
        for (TrainingState state : saved) {
            assertThat(state.begun()).isPresent();
            assertSame(trainer.advance(state, 2, TrainingListener.silent()), straight);
        }
    }

    @Test
    void aStateBehindTheEndOfItsEpochIsRefused() {
        TrainingState state =
                initial(PERCEPTRON).inside(new TrainingState.BegunEpoch(1000, 0, 0, new TreeMap<>()), 1000);
        Trainer trainer = new Trainer(CPU, PERCEPTRON, TRAIN, VALIDATION, options(PERCEPTRON, 1, 1));
        assertThatThrownBy(() -> trainer.advance(state, 1, TrainingListener.silent()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("training state after batch 1000 of an epoch of ");
    }

    @ParameterizedTest
    @MethodSource("networks")
    void threadsDoNotChangeABit(Network network) {
        TrainingState one = new Trainer(CPU, network, TRAIN, VALIDATION, options(network, 2, 1))
                .advance(initial(network), 2, TrainingListener.silent());
        TrainingState two = new Trainer(CPU, network, TRAIN, VALIDATION, options(network, 2, 2))
                .advance(initial(network), 2, TrainingListener.silent());
        assertSame(two, one);
    }

    @Test
    void theGivenStateIsNotChanged() {
        TrainingState state = initial(PERCEPTRON);
        new Trainer(CPU, PERCEPTRON, TRAIN, VALIDATION, options(PERCEPTRON, 1, 1))
                .advance(state, 1, TrainingListener.silent());
        assertSame(state, initial(PERCEPTRON));
    }

    /** One batch is repeated by hand: both passes see the varied weights, the step moves the latent ones. */
    @Test
    void theGradientIsTakenAtTheVariedWeightsAndMovesTheLatentOnes() {
        TrainingOptions options = options(PERCEPTRON, 1, 1);
        ImageSource images = TRAIN.range(0, 16);
        TrainingState after = new Trainer(CPU, PERCEPTRON, images, VALIDATION, options)
                .advance(initial(PERCEPTRON), 1, TrainingListener.silent());
        TrainingState before = initial(PERCEPTRON);
        int[] order = EpochOrder.shuffled(16, 1, 0);
        BatchReader.Batch batch = new BatchReader(
                        images, Augmentation.none(), STEPS, options.images().encoder(), 1)
                .read(order, 0, 16, 0);
        try (TrainableNetwork network = CPU.train(PERCEPTRON, STEPS, 16, 1)) {
            before.weights().forEach((node, latent) -> {
                var weights = new TransformedWeights(transforms(options).of(node), latent.length);
                float[] effective = weights.apply(latent, new WeightDraw(1, node, 0, 0));
                assertThat(effective).isNotEqualTo(transforms(options).ideal(node, latent));
                network.set(ParameterId.weight(node), effective);
            });
            List<LayerMeasure> told = after.history().getFirst().layers();
            float[] scores = network.forward(batch.input());
            float[] gradient = new float[scores.length];
            new SoftmaxCrossEntropy().evaluate(scores, batch.labels(), gradient);
            network.backward(gradient);
            before.parameters().forEach((id, values) -> {
                if (id.role().isTrainable()) {
                    float[] derivative = new float[values.length];
                    network.gradient(id, derivative);
                    LayerMeasure measure = told.stream()
                            .filter(own -> own.layer()
                                            .equals(PERCEPTRON.node(id.node()).name())
                                    && own.role().equals(id.role().id()))
                            .findFirst()
                            .orElseThrow();
                    assertThat(measure.gradientNorm())
                            .isEqualTo(BatchStep.norm(derivative))
                            .isPositive();
                    assertThat(measure.norm())
                            .isEqualTo(BatchStep.norm(after.parameters().get(id)));
                    for (int i = 0; i < values.length; i++) {
                        values[i] -= 0.1f * (derivative[i] + 0.001f * values[i]);
                    }
                } else {
                    network.get(id, values);
                }
                assertThat(after.parameters().get(id)).containsExactly(values);
            });
        }
    }

    /** 4-bit levels have no 0; a mask of half the range makes many. */
    @Test
    void anEpochTellsZerosAndHowOftenNeuronsFire() {
        Set<Integer> first = Set.of(PERCEPTRON.synapses().getFirst().id());
        TrainingOptions options = options(PERCEPTRON, 1, 1)
                .with(LayerTransforms.none().with(new MagnitudeMask(KBitQuantiser.of(4), 0.5f), first));
        TrainingState after = new Trainer(CPU, PERCEPTRON, TRAIN, VALIDATION, options)
                .advance(initial(PERCEPTRON), 1, TrainingListener.silent());
        LayerMeasure weights = measure(after, "fc1", "weight");
        float[] latent = after.weights().get(first.iterator().next());
        float[] used = transforms(options).ideal(first.iterator().next(), latent);
        int zeros = 0;
        for (float value : used) {
            zeros += value == 0 ? 1 : 0;
        }
        assertThat(weights.zeros()).isEqualTo((double) zeros / used.length).isBetween(0.1, 0.9);
        assertThat(weights.rate()).isNaN();
        NetworkPlan plan = NetworkPlan.ideal(
                PERCEPTRON,
                after.parameters().withWeights(Map.of(first.iterator().next(), used)));
        Evaluation evaluation = new Evaluator(
                        CPU, STEPS, options.images().encoder(), 1, Evaluator.VALIDATION_PASS, 32, 1)
                .evaluate(plan, VALIDATION);
        Network.Node lif = PERCEPTRON.find("lif_fc1").orElseThrow();
        double spikes = Arrays.stream(evaluation.activity()[lif.id()].spikes).sum();
        assertThat(measure(after, "lif_fc1", "").rate())
                .isEqualTo(spikes
                        / ((double) VALIDATION.size() * STEPS)
                        / lif.out().size())
                .isPositive();
    }

    @Test
    void aPenaltyOnSpikesTrainsANetworkThatFiresLess() {
        Network.Node lif = PERCEPTRON.find("lif_fc1").orElseThrow();
        TrainingOptions plain = options(PERCEPTRON, 4, 1);
        Loss priced = new LossWithHidden(plain.loss(), new SpikeRatePenalty(Set.of(lif.id()), 100, 0.05));
        TrainingOptions penalised = new TrainingOptions(
                plain.epochs(), plain.images(), priced, plain.descent(), plain.transforms(), plain.seed(), 1);
        double usual = rateAfter(plain);
        double lower = rateAfter(penalised);
        assertThat(usual).isGreaterThan(0.1);
        assertThat(lower).isLessThan(0.75 * usual);
    }

    private static double rateAfter(TrainingOptions options) {
        TrainingState after = new Trainer(CPU, PERCEPTRON, TRAIN, VALIDATION, options)
                .advance(initial(PERCEPTRON), options.epochs(), TrainingListener.silent());
        return measure(after, "lif_fc1", "").rate();
    }

    private static LayerMeasure measure(TrainingState state, String layer, String role) {
        return state.history().getLast().layers().stream()
                .filter(own -> own.layer().equals(layer) && own.role().equals(role))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void severalListenersHearEverythingInTheirOrder() {
        List<String> heard = new ArrayList<>();
        TrainingListener both = TrainingListener.all(List.of(new Told("a", heard), new Told("b", heard)));
        new Trainer(CPU, PERCEPTRON, TRAIN.range(0, 64), VALIDATION, options(PERCEPTRON, 1, 1))
                .advance(initial(PERCEPTRON), 1, both);
        assertThat(heard)
                .containsExactly(
                        "a batch", "b batch", "a between", "b between", "a batch", "b batch", "a epoch", "b epoch");
    }

    private record Told(String name, List<String> heard) implements TrainingListener {
        @Override
        public void batchFinished(BatchProgress progress) {
            heard.add(name + " batch");
        }

        @Override
        public void betweenBatches(Supplier<TrainingState> state) {
            heard.add(name + " between");
        }

        @Override
        public void epochFinished(EpochResult result, TrainingState state) {
            heard.add(name + " epoch");
        }
    }

    /** Validation accuracies 2/4, 3/4, 3/4, 1/4: the second epoch is kept, not its equal. */
    @Test
    void theEarliestOfTheBestValidatedEpochsIsKept() {
        ScriptedValidation backend = new ScriptedValidation(2, 3, 3, 1);
        List<TrainingState> states = new ArrayList<>();
        TrainingOptions options = options(PERCEPTRON, 4, 1).with(LayerTransforms.none());
        TrainedModel model = new Trainer(backend, PERCEPTRON, TRAIN, VALIDATION.range(0, 4), options)
                .train(initial(PERCEPTRON), new TrainingListener() {
                    @Override
                    public void epochFinished(EpochResult result, TrainingState state) {
                        states.add(state.copy());
                    }
                });
        assertThat(model.history().stream().map(EpochResult::validationAccuracy))
                .containsExactly(0.5, 0.75, 0.75, 0.25);
        assertThat(model.keptEpoch()).isEqualTo(1);
        assertThat(model.validationAccuracy()).isEqualTo(0.75);
        model.latent()
                .forEach((id, values) -> assertThat(values)
                        .containsExactly(states.get(1).parameters().get(id))
                        .isNotEqualTo(states.get(2).parameters().get(id)));
    }

    /** Validation accuracies 2/4, 3/4, 3/4, 1/4: two epochs bring nothing, the fifth is not trained, resumed or not. */
    @Test
    void patienceEndsTraining() {
        TrainingOptions base = options(PERCEPTRON, 9, 1);
        TrainingOptions options = new TrainingOptions(
                base.epochs(),
                base.images(),
                base.loss(),
                base.descent(),
                LayerTransforms.none(),
                2,
                base.seed(),
                base.threads());
        Trainer trainer =
                new Trainer(new ScriptedValidation(2, 3, 3, 1), PERCEPTRON, TRAIN, VALIDATION.range(0, 4), options);
        TrainingState end = trainer.advance(initial(PERCEPTRON), 9, TrainingListener.silent());
        assertThat(end.epochsDone()).isEqualTo(4);
        assertThat(end.best().orElseThrow().epoch()).isEqualTo(1);
        assertSame(trainer.advance(end, 9, TrainingListener.silent()), end);
    }

    /** Accuracies of the three draws are 1/4, 2/4 and 3/4; each draw is the same one after every epoch. */
    @Test
    void validationIsTheMeanOverTheSameFewDrawsOfTheVariedWeights() {
        ScriptedValidation backend = new ScriptedValidation(1, 2, 3, 3, 2, 1);
        List<TrainingState> states = new ArrayList<>();
        TrainingOptions options = options(PERCEPTRON, 2, 1);
        TrainedModel model = new Trainer(backend, PERCEPTRON, TRAIN, VALIDATION.range(0, 4), options)
                .train(initial(PERCEPTRON), new TrainingListener() {
                    @Override
                    public void epochFinished(EpochResult result, TrainingState state) {
                        states.add(state.copy());
                    }
                });
        assertThat(model.history())
                .hasSize(2)
                .allSatisfy(epoch -> assertThat(epoch.validationAccuracy()).isCloseTo(0.5, againstClosedForm(1e-12)));
        assertThat(backend.plans).hasSize(6);
        for (int i = 0; i < backend.plans.size(); i++) {
            int draw = i % 3;
            NetworkPlan seen = backend.plans.get(i);
            states.get(i / 3).weights().forEach((node, latent) -> {
                WeightDraw which = new WeightDraw(options.seed(), node, Evaluator.VALIDATION_PASS, draw);
                SynapsePlan.DensePlan plan =
                        (SynapsePlan.DensePlan) seen.synapses().get(node);
                assertThat(plan.weights())
                        .containsExactly(transforms(options).drawn(node, latent, which))
                        .isNotEqualTo(transforms(options).ideal(node, latent));
            });
        }
    }

    @Test
    void withoutVariationValidationSeesTheQuantisedWeights() {
        ScriptedValidation backend = new ScriptedValidation(4);
        KBitQuantiser quantiser = KBitQuantiser.of(4);
        Set<Integer> synapses =
                PERCEPTRON.synapses().stream().map(Network.Node::id).collect(Collectors.toSet());
        TrainingOptions options =
                options(PERCEPTRON, 1, 1).with(LayerTransforms.none().with(quantiser, synapses));
        TrainingState state = new Trainer(backend, PERCEPTRON, TRAIN, VALIDATION.range(0, 4), options)
                .advance(initial(PERCEPTRON), 1, TrainingListener.silent());
        assertThat(backend.plans).hasSize(1);
        state.weights().forEach((node, latent) -> {
            float[] quantised = new float[latent.length];
            quantiser.apply(latent, quantised, null);
            SynapsePlan.DensePlan plan =
                    (SynapsePlan.DensePlan) backend.plans.getFirst().synapses().get(node);
            assertThat(plan.weights()).containsExactly(quantised);
        });
    }

    @Test
    void theListenerHearsOfEveryBatchAndEpoch() {
        List<BatchProgress> batches = new ArrayList<>();
        List<EpochResult> epochs = new ArrayList<>();
        new Trainer(CPU, PERCEPTRON, TRAIN, VALIDATION, options(PERCEPTRON, 2, 1))
                .advance(initial(PERCEPTRON), 2, new TrainingListener() {
                    @Override
                    public void batchFinished(BatchProgress progress) {
                        batches.add(progress);
                    }

                    @Override
                    public void epochFinished(EpochResult result, TrainingState state) {
                        epochs.add(result);
                        assertThat(state.history().getLast()).isEqualTo(result);
                    }
                });
        assertThat(batches.stream().map(p -> p.epoch() + "/" + p.epochs() + ":" + p.batchesDone() + "/" + p.batches()))
                .containsExactly("0/2:1/3", "0/2:2/3", "0/2:3/3", "1/2:1/3", "1/2:2/3", "1/2:3/3");
        assertThat(batches).allMatch(p -> p.imagesPerSecond() > 0);
        assertThat(batches.get(2).loss()).isEqualTo(epochs.get(0).loss());
        assertThat(epochs.stream().map(EpochResult::epoch)).containsExactly(0, 1);
        assertThat(epochs.stream().map(EpochResult::learningRate)).containsOnly(0.1f);
    }

    @Test
    void divergenceIsNamed() {
        TrainingState broken = initial(PERCEPTRON);
        Arrays.fill(broken.weights().get(PERCEPTRON.find("fc2").orElseThrow().id()), Float.NaN);
        TrainingOptions options = options(PERCEPTRON, 1, 1).with(LayerTransforms.none());
        assertThatThrownBy(() -> new Trainer(CPU, PERCEPTRON, TRAIN, VALIDATION, options)
                        .advance(broken, 1, TrainingListener.silent()))
                .isInstanceOf(ArithmeticException.class)
                .hasMessage("training diverged: loss NaN in epoch 1; a lower lr may help");
    }

    @Test
    void divergenceInTheLastUpdateIsNamed() {
        int fc2 = PERCEPTRON.find("fc2").orElseThrow().id();
        TrainingState broken = initial(PERCEPTRON);
        Arrays.fill(broken.slots().get("velocity").get(ParameterId.weight(fc2)), Float.POSITIVE_INFINITY);
        TrainingOptions options = options(PERCEPTRON, 1, 1).with(LayerTransforms.none());
        assertThatThrownBy(() -> new Trainer(CPU, PERCEPTRON, TRAIN.range(0, 32), VALIDATION, options)
                        .advance(broken, 1, TrainingListener.silent()))
                .isInstanceOf(ArithmeticException.class)
                .hasMessage("training diverged: a weight of layer fc2 is -Infinity in epoch 1; a lower lr may help");
    }

    @Test
    void whatDoesNotFitIsRefused() {
        TrainingOptions options = options(PERCEPTRON, 1, 1);
        ImageSource other = new Clusters(10, new Shape(1, 4, 4), 2, 0.5f, 1);
        assertThatThrownBy(() -> new Trainer(CPU, PERCEPTRON, other, VALIDATION, options))
                .hasMessage("training images are 1x4x4, the network reads 1x8x8");
        assertThatThrownBy(() -> new Trainer(CPU, PERCEPTRON, TRAIN, new Clusters(10, SHAPE, 3, 0.5f, 1), options))
                .hasMessage("validation images have 3 classes, the network has 2");
        assertThatThrownBy(() -> new Trainer(CPU, PERCEPTRON, TRAIN, VALIDATION.range(3, 3), options))
                .hasMessage("no validation images");
        assertThatThrownBy(() -> new Trainer(CPU, PERCEPTRON, TRAIN.range(0, 1), VALIDATION, options))
                .hasMessage("batch 32 cuts 1 training images into batches of 1; batch normalisation needs at least 2");
        assertThatThrownBy(() -> new Trainer(
                        CPU,
                        PERCEPTRON,
                        TRAIN,
                        VALIDATION,
                        options.with(LayerTransforms.none().with(KBitQuantiser.of(1), Set.of(1)))))
                .hasMessage("node 1 has a weight transform but no weights");
        assertThatThrownBy(() -> new Trainer(CPU, PERCEPTRON, TRAIN, VALIDATION, options)
                        .train(initial(CONVOLUTIONAL), TrainingListener.silent()))
                .hasMessageStartingWith("training state, layer fc1: ");
        for (KeepRule keep : KeepRule.values()) {
            assertThatThrownBy(() ->
                            new Trainer(CPU, PERCEPTRON, TRAIN, VALIDATION, options).kept(initial(PERCEPTRON), keep))
                    .hasMessage("training state without a finished epoch");
        }
    }

    private static TrainingState initial(Network network) {
        return TrainingState.initial(network, STEPS, new XavierUniform(2), DESCENT, 1);
    }

    /** 4-bit weights with RRAM variation in every layer. */
    private static TrainingOptions options(Network network, int epochs, int threads) {
        Set<Integer> synapses =
                network.synapses().stream().map(Network.Node::id).collect(Collectors.toSet());
        LayerTransforms transforms = LayerTransforms.none()
                .with(KBitQuantiser.of(4), synapses)
                .with(Variation.perForward(LogNormalPerturbation.rram(4, 1)), synapses);
        return new TrainingOptions(
                epochs,
                new Presentation(32, STEPS, new Encoder.Poisson(2f), Augmentation.none()),
                new SoftmaxCrossEntropy(),
                DESCENT,
                transforms,
                1,
                threads);
    }

    /** Those of every step. */
    private static LayerTransforms transforms(TrainingOptions options) {
        return (LayerTransforms) options.transforms();
    }

    private static void assertSame(TrainingState found, TrainingState expected) {
        assertThat(found.epochsDone()).isEqualTo(expected.epochsDone());
        assertThat(found.begun()).isEqualTo(expected.begun());
        assertThat(found.history()).isEqualTo(expected.history());
        assertThat(found.steps()).isEqualTo(expected.steps());
        assertSameArrays(found.parameters(), expected.parameters());
        assertThat(found.slots().keySet()).isEqualTo(expected.slots().keySet());
        found.slots()
                .forEach((name, slot) -> assertSameArrays(slot, expected.slots().get(name)));
        assertThat(found.best().isPresent()).isEqualTo(expected.best().isPresent());
        found.best().ifPresent(best -> {
            TrainingState.BestEpoch other = expected.best().orElseThrow();
            assertThat(best.epoch()).isEqualTo(other.epoch());
            assertThat(best.validationAccuracy()).isEqualTo(other.validationAccuracy());
            assertSameArrays(best.parameters(), other.parameters());
        });
    }

    private static void assertSameArrays(Parameters found, Parameters expected) {
        assertThat(found.values().keySet()).isEqualTo(expected.values().keySet());
        found.forEach((id, values) -> assertThat(values).containsExactly(expected.get(id)));
    }

    /** Trains on the CPU; its inference gets a given number of images right, one entry per validation. */
    private static final class ScriptedValidation implements ComputeBackend {
        private final int[] correct;
        private final List<NetworkPlan> plans = new ArrayList<>();

        ScriptedValidation(int... correct) {
            this.correct = correct;
        }

        @Override
        public String id() {
            return "scripted";
        }

        @Override
        public String description() {
            return "inference by script";
        }

        @Override
        public ExecutableNetwork prepare(NetworkPlan plan, int maxSamples, int threads) {
            int right = correct[plans.size()];
            plans.add(plan);
            return new ExecutableNetwork() {
                @Override
                public BatchResult run(InputBatch input, Probe probe) {
                    assertThat(input.samples()).isLessThanOrEqualTo(maxSamples);
                    int n = input.samples();
                    float[] scores = new float[STEPS * n * 2];
                    for (int t = 0; t < STEPS; t++) {
                        for (int i = 0; i < n; i++) {
                            int label = (int) input.sampleIds()[i] % 2;
                            scores[(t * n + i) * 2 + (i < right ? label : 1 - label)] = 1f;
                        }
                    }
                    BatchActivity[] activity =
                            new BatchActivity[plan.network().nodes().size()];
                    Arrays.setAll(activity, _ -> new BatchActivity(STEPS, n));
                    return new BatchResult(STEPS, n, 2, scores, 0, activity, new long[n]);
                }

                @Override
                public void close() {}
            };
        }

        @Override
        public TrainableNetwork train(Network network, int timeSteps, int maxSamples, int threads) {
            return CPU.train(network, timeSteps, maxSamples, threads);
        }
    }
}
