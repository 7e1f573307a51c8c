/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.training.method;

import static io.synaptile.testing.Tolerance.againstClosedForm;
import static io.synaptile.testing.Tolerance.againstPublished;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.synaptile.sim.compute.cpu.CpuBackend;
import io.synaptile.sim.network.Architectures;
import io.synaptile.sim.network.Emission;
import io.synaptile.sim.network.Layer;
import io.synaptile.sim.network.Network;
import io.synaptile.sim.network.NetworkBuilder;
import io.synaptile.sim.network.NeuronSpec;
import io.synaptile.sim.network.ParameterId;
import io.synaptile.sim.network.Representation;
import io.synaptile.sim.network.Role;
import io.synaptile.sim.network.Shape;
import io.synaptile.sim.spikes.Encoder;
import io.synaptile.training.Clusters;
import io.synaptile.training.Descent;
import io.synaptile.training.KeepRule;
import io.synaptile.training.ParameterGroups;
import io.synaptile.training.Presentation;
import io.synaptile.training.TrainingListener;
import io.synaptile.training.TrainingOptions;
import io.synaptile.training.TrainingState;
import io.synaptile.training.conversion.ScaleRule;
import io.synaptile.training.data.Augmentation;
import io.synaptile.training.method.dsr.ArtificialStart;
import io.synaptile.training.method.dsr.Dsr;
import io.synaptile.training.method.dsr.RatedNetworks;
import io.synaptile.training.method.dsr.RatedNeuron;
import io.synaptile.training.optimise.Clock;
import io.synaptile.training.optimise.CosineSchedule;
import io.synaptile.training.optimise.KaimingNormal;
import io.synaptile.training.optimise.ParameterGroup;
import io.synaptile.training.optimise.Projection;
import io.synaptile.training.optimise.Schedule;
import io.synaptile.training.optimise.Sgd;
import io.synaptile.training.optimise.SoftmaxCrossEntropy;
import io.synaptile.training.optimise.StepWarmUp;
import io.synaptile.training.optimise.Stretch;
import io.synaptile.training.transform.LayerTransforms;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Differentiation on spike representation, from the first weight to the trained network. */
class DsrTest {
    private static final Shape SHAPE = new Shape(2, 4, 4);
    private static final Clusters TRAIN = new Clusters(96, SHAPE, 4, 1.2f, 1);
    private static final Clusters VALIDATION = new Clusters(48, SHAPE, 4, 1.2f, 2);
    private static final RatedNeuron IF = RatedNeuron.integrating(6f, true, 0.5f, 1f);
    private static final RatedNeuron LIF = RatedNeuron.leaking(0.3f, true, 0.3f, 1f, 0.05f, 1f);

    private static NetworkBuilder begun() {
        NetworkBuilder builder = new NetworkBuilder("small", SHAPE);
        builder.add("conv1", new Layer.Conv2d(6, 3, 1, 1));
        builder.add("bn1", new Layer.StepNorm(1e-4f, 0.1f, false));
        builder.add("n1", new Layer.Neuron(NeuronSpec.lif(0.95f, 1f)));
        return builder;
    }

    private static Network written() {
        NetworkBuilder builder = begun();
        builder.add("fc2", new Layer.Dense(4));
        builder.add("readout", new Layer.ReadOut());
        return builder.build();
    }

    @Test
    void theOutputIsNeuronsWithANormWhereTheNetworkHasNorms() {
        Network rated = RatedNetworks.of(written(), LIF);
        assertThat(rated.nodes().stream().map(Network.Node::name))
                .containsExactly("conv1", "bn1", "n1", "fc2", "output_norm", "output", "readout");
        assertThat(rated.node(1).layer()).isEqualTo(new Layer.StepNorm(1e-4f, 0.1f, true, true));
        NeuronSpec spec = ((Layer.Neuron) rated.node(2).layer()).spec();
        assertThat(spec.leak()).isCloseTo(0.951229f, againstPublished(1e-6f));
        assertThat(spec.inputGain()).isEqualTo(1f - spec.leak());
        assertThat(spec.dynamics().emission()).isEqualTo(new Emission.Threshold(20f));
        assertThat(rated.node(6).layer()).isEqualTo(new Layer.ReadOut(Layer.ReadOut.Rule.WEIGHTED, spec.leak(), 1));
        Network again = RatedNetworks.of(rated, IF);
        assertThat(again.nodes()).hasSameSizeAs(rated.nodes());
        assertThat(again.node(6).layer()).isEqualTo(new Layer.ReadOut());
    }

    @Test
    void layersWithoutARepresentationAreNamed() {
        NetworkBuilder pooled = begun();
        pooled.add("pool", new Layer.MaxPool(2, 2));
        pooled.add("flatten", new Layer.Flatten());
        pooled.add("fc2", new Layer.Dense(4));
        pooled.add("readout", new Layer.ReadOut());
        assertThatThrownBy(() -> RatedNetworks.of(pooled.build(), IF))
                .hasMessage("layer pool has no spike representation: the largest of spikes is not the largest mean; use"
                        + " avg_pool");
        NetworkBuilder last = begun();
        last.add("fc2", new Layer.Dense(4));
        last.add("readout", new Layer.ReadOut(Layer.ReadOut.Rule.LAST, 1f, 1));
        assertThatThrownBy(() -> RatedNetworks.of(last.build(), IF))
                .hasMessageContaining("layer readout has no spike representation: scores are the means");
    }

    private static long neurons(Network network) {
        return network.nodes().stream()
                .filter(node -> node.layer() instanceof Layer.Neuron)
                .mapToLong(node -> node.out().size())
                .sum();
    }

    /** Counts and shapes of the published networks, the output's neurons among them. */
    @Test
    void publishedNetworksHaveTheCountsOfTheTable() {
        Architectures.Options options = new Architectures.Options(Architectures.Norm.SHARED, IF.spec());
        Network resnet = RatedNetworks.of(Architectures.preActResNet18(new Shape(3, 32, 32), 10, 1, options), IF);
        assertThat(resnet.weightCount()).isEqualTo(11_159_232 + 5_120);
        assertThat(resnet.synapses().stream()
                        .mapToLong(
                                node -> (long) node.weightCount() * node.out().positions())
                        .sum())
                .isEqualTo(555_422_720);
        assertThat(neurons(resnet)).isEqualTo(557_578);
        assertThat(List.of("sum1b", "sum2b", "sum3b", "sum4b"))
                .extracting(name -> resnet.find(name).orElseThrow().out())
                .containsExactly(
                        new Shape(64, 32, 32), new Shape(128, 16, 16), new Shape(256, 8, 8), new Shape(512, 4, 4));
        // Past a block goes what its first neurons give.
        Network.Node sum = resnet.find("sum1a").orElseThrow();
        assertThat(resnet.node(sum.inputs().get(1)).name()).isEqualTo("lif1a1");

        Network vgg = RatedNetworks.of(Architectures.vgg("vgg11-dvs", new Shape(2, 48, 48), 10, 1, options), IF);
        assertThat(vgg.weightCount()).isEqualTo(9_217_152 + 5_120);
        assertThat(neurons(vgg)).isEqualTo(340_992 + 10);
        assertThat(vgg.find("fc1").orElseThrow().in()).isEqualTo(new Shape(512, 1, 1));
    }

    /** Vector dsr_lif_chain_ratio_T20, and the gain of the neuron itself. */
    @Test
    void weightedMeansThatFollowOneAnotherHaveThePublishedGain() {
        float[] weights = Representation.weights(LIF.leak(), 20);
        double squares = 0;
        for (float weight : weights) {
            squares += (double) weight * weight;
        }
        assertThat(20 * squares).isCloseTo(1.081751, againstPublished(1e-5));
        assertThat((1 - LIF.leak()) / LIF.representation().step()).isCloseTo(0.975412f, againstPublished(1e-5f));
    }

    /** Vector dsr_vth_lower_bound. */
    @Test
    void thresholdsAreHeldAtTheirBound() {
        float[] thresholds = {0.0001f, 0.0005f, 0.3f};
        new Projection.AtLeast(0.0005f).apply(thresholds, 3);
        assertThat(thresholds).containsExactly(0.0005f, 0.0005f, 0.3f);
    }

    /** Vector lr_schedules, rows dsr_cos and dsr_warmup: 200 epochs of 391 steps. */
    @Test
    void theRateFollowsTheVectors() {
        Schedule schedule = new StepWarmUp(400, 1, new CosineSchedule(0.1, 200));
        assertThat(schedule.rate(Clock.of(50, 200, 0, 391))).isCloseTo(0.085355f, againstPublished(1e-6f));
        assertThat(schedule.rate(Clock.of(100, 200, 0, 391))).isCloseTo(0.05f, againstPublished(1e-6f));
        assertThat(schedule.rate(Clock.of(150, 200, 390, 391))).isCloseTo(0.014645f, againstPublished(1e-6f));
        assertThat(schedule.rate(Clock.of(0, 200, 0, 391))).isCloseTo(0.00025f, againstPublished(1e-7f));
        assertThat(schedule.rate(Clock.of(0, 200, 199, 391))).isCloseTo(0.05f, againstPublished(1e-6f));
        Schedule flat = new StepWarmUp(400, 1, Schedule.constant(0.1));
        assertThat(flat.rate(Clock.of(1, 200, 8, 391))).isCloseTo(0.1f, againstPublished(1e-6f));
        Schedule shortened = new StepWarmUp(400, 0.1, Schedule.constant(0.1));
        assertThat(shortened.rate(Clock.of(0, 10, 4, 10))).isCloseTo(0.05f, againstClosedForm(1e-7f));
        assertThat(shortened.rate(Clock.of(1, 10, 0, 10))).isEqualTo(0.1f);
    }

    @Test
    void aStretchLaysAScheduleOutOverItsEpochs() {
        Schedule stretch = new Stretch(2, 4, 6, new CosineSchedule(1, 4));
        assertThat(stretch.rate(Clock.of(1, 6, 3, 5))).isEqualTo(1f);
        assertThat(stretch.rate(Clock.of(2, 6, 0, 5))).isEqualTo(1f);
        assertThat(stretch.rate(Clock.of(4, 6, 0, 5))).isCloseTo(0.5f, againstClosedForm(1e-6f));
        assertThatThrownBy(() -> new Stretch(3, 4, 6, Schedule.constant(1))).hasMessageContaining("of 6");
    }

    private static Outcome train(RatedNeuron neuron, Optional<ArtificialStart> artificial) {
        Network network = RatedNetworks.of(written(), neuron);
        ParameterGroup group =
                ParameterGroup.decaying(5e-4f).with(new Projection.AtLeast(neuron.leaks() ? 0.0005f : 0.01f));
        Map<ParameterId, ParameterGroup> thresholds = network.nodes().stream()
                .filter(node -> node.layer() instanceof Layer.Neuron)
                .collect(Collectors.toMap(node -> new ParameterId(node.id(), Role.THRESHOLD), _ -> group));
        Descent descent = new Descent(
                new Sgd(0.9f, false),
                new StepWarmUp(400, 0.1, new CosineSchedule(0.05, 8)),
                new ParameterGroups(ParameterGroup.decaying(5e-4f), thresholds));
        TrainingOptions options = new TrainingOptions(
                8,
                new Presentation(16, 8, new Encoder.Direct(), new Augmentation(0, false, List.of())),
                new SoftmaxCrossEntropy(),
                descent,
                LayerTransforms.none(),
                3,
                2);
        Dsr method = new Dsr(
                network,
                neuron,
                options,
                KeepRule.LAST,
                () -> TrainingState.initial(network, 8, new KaimingNormal(0), descent, 3),
                artificial);
        return new Course(method, new Bench(new CpuBackend(), TRAIN, VALIDATION))
                .run(Optional.empty(), TrainingListener.silent());
    }

    @Test
    void bothKindsOfNeuronsLearnAndMoveTheirThresholds() {
        for (RatedNeuron neuron : List.of(IF, LIF)) {
            Outcome outcome = train(neuron, Optional.empty());
            assertThat(outcome.model().validationAccuracy()).as("%s", neuron).isGreaterThan(0.8);
            int output = outcome.model().network().find("output").orElseThrow().id();
            float threshold = outcome.latent().get(new ParameterId(output, Role.THRESHOLD))[0];
            assertThat(threshold).isPositive().isNotEqualTo(neuron.threshold());
        }
    }

    @Test
    void anArtificialNetworkHandsOverItsWeightsAndCalibratesThresholds() {
        Outcome outcome = train(LIF, Optional.of(new ArtificialStart(4, new ScaleRule(99.9, false, false), 64)));
        assertThat(outcome.model().history()).hasSize(8);
        assertThat(outcome.model().validationAccuracy()).isGreaterThan(0.9);
        // The largest means are some units, one step of 0.05 makes thresholds of them.
        int output = outcome.model().network().find("output").orElseThrow().id();
        assertThat(outcome.latent().get(new ParameterId(output, Role.THRESHOLD))[0])
                .isBetween(0.01f, 0.25f);
    }
}
