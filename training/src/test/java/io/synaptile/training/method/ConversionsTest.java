/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.training.method;

import static org.assertj.core.api.Assertions.assertThat;

import io.synaptile.sim.compute.ComputeBackend;
import io.synaptile.sim.compute.ExecutableNetwork;
import io.synaptile.sim.compute.NetworkPlan;
import io.synaptile.sim.compute.cpu.CpuBackend;
import io.synaptile.sim.engine.BatchReader;
import io.synaptile.sim.engine.Evaluator;
import io.synaptile.sim.engine.ImageChange;
import io.synaptile.sim.network.Layer;
import io.synaptile.sim.network.Network;
import io.synaptile.sim.network.NetworkBuilder;
import io.synaptile.sim.network.NeuronSpec;
import io.synaptile.sim.network.ParameterId;
import io.synaptile.sim.network.Parameters;
import io.synaptile.sim.network.Shape;
import io.synaptile.sim.spikes.Encoder;
import io.synaptile.testing.Tolerance;
import io.synaptile.training.Clusters;
import io.synaptile.training.Descent;
import io.synaptile.training.KeepRule;
import io.synaptile.training.ParameterGroups;
import io.synaptile.training.Presentation;
import io.synaptile.training.TrainedModel;
import io.synaptile.training.TrainingListener;
import io.synaptile.training.TrainingOptions;
import io.synaptile.training.TrainingState;
import io.synaptile.training.conversion.NormFolding;
import io.synaptile.training.conversion.RateErrors;
import io.synaptile.training.conversion.ScaleRule;
import io.synaptile.training.conversion.SpikingForm;
import io.synaptile.training.conversion.TwinNetworks;
import io.synaptile.training.data.Augmentation;
import io.synaptile.training.method.conversion.AnnConversion;
import io.synaptile.training.method.ratenorm.RateNormConversion;
import io.synaptile.training.method.ratenorm.RateRule;
import io.synaptile.training.optimise.Adam;
import io.synaptile.training.optimise.KaimingNormal;
import io.synaptile.training.optimise.ParameterGroup;
import io.synaptile.training.optimise.Projection;
import io.synaptile.training.optimise.Schedule;
import io.synaptile.training.optimise.Sgd;
import io.synaptile.training.optimise.SoftmaxCrossEntropy;
import io.synaptile.training.transform.LayerTransforms;
import io.synaptile.training.transform.XnorBinariser;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** Both methods that train an artificial network, from the first weight to the spiking network. */
class ConversionsTest {
    private static final Layer NEURONS = new Layer.Neuron(NeuronSpec.lif(0.95f, 1f));
    private static final Shape SHAPE = new Shape(2, 4, 4);
    private static final ComputeBackend BACKEND = new CpuBackend();
    private static final Clusters TRAIN = new Clusters(96, SHAPE, 4, 1.2f, 1);
    private static final Clusters VALIDATION = new Clusters(48, SHAPE, 4, 1.2f, 2);
    private static final Bench BENCH = new Bench(BACKEND, TRAIN, VALIDATION);
    private static final int STEPS = 64;

    private static Network network(boolean norms) {
        NetworkBuilder builder = new NetworkBuilder("small", SHAPE);
        builder.add("conv1", new Layer.Conv2d(6, 3, 1, 1));
        if (norms) {
            builder.add("bn1", new Layer.StepNorm(1e-4f, 0.1f, false, true));
        }
        builder.add("n1", NEURONS);
        builder.add("fc2", new Layer.Dense(12));
        builder.add("n2", NEURONS);
        builder.add("fc3", new Layer.Dense(4));
        builder.add("readout", new Layer.ReadOut());
        return builder.build();
    }

    private static TrainingOptions options(Descent descent, LayerTransforms transforms) {
        return new TrainingOptions(
                8,
                new Presentation(16, 1, new Encoder.Direct(), new Augmentation(0, false, List.of())),
                new SoftmaxCrossEntropy(),
                descent,
                transforms,
                3,
                2);
    }

    private static Outcome run(Method method) {
        return new Course(method, BENCH).run(Optional.empty(), TrainingListener.silent());
    }

    private static double accuracy(Network network, Parameters parameters, int steps) {
        return new Evaluator(BACKEND, steps, new Encoder.Direct(), 1, Evaluator.TEST_PASS, 16, 2)
                .evaluate(NetworkPlan.ideal(network, parameters), VALIDATION)
                .accuracy();
    }

    @Test
    void aBinaryNetworkIsDeployedInSignsWithItsAccuracy() {
        TwinNetworks twins = TwinNetworks.of(
                network(false), new Layer.Relu(Float.POSITIVE_INFINITY), false, new SpikingForm(0.5f, false));
        int binary = twins.artificial().find("fc2").orElseThrow().id();
        ParameterGroup group =
                ParameterGroup.decaying(0f).with(new Projection.Centred()).with(new Projection.Clamp(-1f, 1f));
        Descent descent = new Descent(
                new Adam(0.9f, 0.999f, 1e-8f, false),
                Schedule.constant(0.01),
                new ParameterGroups(ParameterGroup.decaying(0f), Map.of(ParameterId.weight(binary), group)));
        LayerTransforms transforms = LayerTransforms.none().with(new XnorBinariser(12, 96), Set.of(binary));
        AnnConversion method = new AnnConversion(
                twins,
                options(descent, transforms),
                true,
                KeepRule.BEST,
                () -> {
                    TrainingState state =
                            TrainingState.initial(twins.artificial(), 1, new KaimingNormal(0), descent, 3);
                    descent.project(twins.artificial(), state.parameters());
                    return state;
                },
                new ScaleRule(99.9, false, false),
                96,
                1f,
                Set.of(binary));

        Outcome outcome = run(method);

        Conversion conversion = outcome.conversion().orElseThrow();
        float[] signs = outcome.deployed()
                .get(ParameterId.weight(twins.counterpart(binary).id()));
        for (float weight : signs) {
            assertThat(Math.abs(weight)).isEqualTo(1f);
        }
        double artificial = conversion.artificial().validationAccuracy();
        assertThat(artificial).isGreaterThan(0.9);
        assertThat(accuracy(twins.spiking(), outcome.deployed(), STEPS)).isGreaterThan(artificial - 0.05);
        assertThat(outcome.latentNetwork()).isEqualTo(twins.artificial());
        for (RateErrors.OfLayer layer : new RateErrors(
                        twins, conversion.scales(), conversion.artificial().effective(), outcome.deployed())
                .measure(BACKEND, VALIDATION, 20, STEPS, new Encoder.Direct(), 1, 2)) {
            // A rate is at most half a step off, but for what clipping takes and layers before hand on.
            assertThat(layer.rateError()[STEPS - 1]).isBetween(0.0, 0.01);
            assertThat(layer.rateError()[0]).isGreaterThan(layer.rateError()[STEPS - 1]);
        }
    }

    @Test
    void theSecondStageLowersOmegaAndKeepsWhatIsTolerated() {
        TwinNetworks twins =
                TwinNetworks.of(network(true), Layer.RateNorm.standard(), true, new SpikingForm(0f, false));
        Map<ParameterId, ParameterGroup> still = new TreeMap<>();
        RateNormConversion.scales(twins.artificial())
                .forEach(id -> still.put(id, new ParameterGroup(0f, 1f, true, List.of())));
        Descent descent = new Descent(
                new Sgd(0.9f, false),
                Schedule.constant(0.05),
                new ParameterGroups(ParameterGroup.decaying(1e-4f), still));
        RateRule rule = new RateRule(10, 0.5, 0.1, 2.5f, true, false, new Sgd(0.9f, false), 0.05f, 1e-4f, 12);
        RateNormConversion method = new RateNormConversion(
                twins,
                options(descent, LayerTransforms.none()),
                true,
                KeepRule.BEST,
                () -> TrainingState.initial(twins.artificial(), 1, new KaimingNormal(0), descent, 3),
                rule,
                1f);

        List<String> told = new ArrayList<>();
        Outcome outcome = new Course(method, BENCH).run(Optional.empty(), stages(told));

        assertThat(told).hasSize(3 + 60).startsWith("trained 8", "0 of 60").contains("12 of 60");
        assertThat(told.getLast()).matches("60 batches; that of batch \\d+ is kept, omega .* %");
        Conversion conversion = outcome.conversion().orElseThrow();
        Conversion.Look before = conversion.looks().getFirst();
        assertThat(conversion.looks().getLast().batch()).isEqualTo(60);
        assertThat(before.accuracy()).isGreaterThan(0.9);
        assertThat(before.scales()).containsOnly(10f);
        double lowest = before.omega();
        for (Conversion.Look look : conversion.looks()) {
            assertThat(look.model().isEmpty())
                    .isEqualTo(
                            look.batch() > 0 && (look.accuracy() <= before.accuracy() - 0.1 || look.omega() >= lowest));
            lowest = Math.min(lowest, look.omega());
            assertThat(look.scales()[0]).isEqualTo(look.scales()[1]);
        }
        assertThat(lowest).isLessThan(before.omega());
        Conversion.Saved last = conversion.saved().getLast();
        assertThat(accuracy(twins.artificial(), last.artificial().effective(), 1))
                .isEqualTo(last.artificial().validationAccuracy());
        assertThat(accuracy(twins.spiking(), outcome.deployed(), STEPS)).isGreaterThan(before.accuracy() - 0.1);
    }

    /** Notes what is said of the end of training and of the stage behind it. */
    private static TrainingListener stages(List<String> told) {
        return new TrainingListener() {
            private int most;
            private int done;

            @Override
            public void trained(TrainedModel kept) {
                told.add("trained " + kept.history().size());
            }

            @Override
            public void stageBegan(String name, int batches) {
                most = batches;
                told.add("0 of " + most);
            }

            @Override
            public void stageAdvanced(String status) {
                told.add(++done + " of " + most);
                assertThat(status.isEmpty()).isEqualTo(done < 12);
            }

            @Override
            public void stageEnded(String result) {
                told.add(result);
            }
        };
    }

    @Test
    void foldedNormsChangeNoScore() {
        TwinNetworks twins =
                TwinNetworks.of(network(true), Layer.RateNorm.standard(), true, new SpikingForm(0f, false));
        Descent descent = Descent.of(new Sgd(0f, false), Schedule.constant(0.05), 0f);
        Parameters parameters = TrainingState.initial(twins.artificial(), 1, new KaimingNormal(0), descent, 9)
                .parameters();
        parameters.norms(twins.artificial()).values().forEach(norm -> {
            norm.mean()[2] = 0.4f;
            norm.variance()[1] = 3f;
            norm.gamma()[3] = -0.7f;
            norm.beta()[0] = 0.2f;
        });

        NormFolding folded = NormFolding.of(twins.artificial(), parameters);

        float[] expected = scores(twins.artificial(), parameters);
        float[] found = scores(folded.network(), folded.parameters());
        for (int i = 0; i < expected.length; i++) {
            assertThat(found[i]).isCloseTo(expected[i], Tolerance.againstReference(1e-4f));
        }
        assertThat(folded.network().nodes()).noneMatch(node -> node.layer() instanceof Layer.StepNorm);
    }

    private static float[] scores(Network network, Parameters parameters) {
        BatchReader reader = new BatchReader(VALIDATION, ImageChange.NONE, 1, new Encoder.Direct(), 0);
        try (ExecutableNetwork ready = BACKEND.prepare(NetworkPlan.ideal(network, parameters), 5, 1)) {
            return ready.run(reader.read(new int[] {0, 1, 2, 3, 4}, 0, 5, 0).input())
                    .scores();
        }
    }
}
