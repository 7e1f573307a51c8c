/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.experiment.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.synaptile.experiment.file.ConfigException;
import io.synaptile.experiment.file.ExperimentFile;
import io.synaptile.sim.network.Architectures;
import io.synaptile.sim.network.Layer;
import io.synaptile.sim.network.Network;
import io.synaptile.sim.network.NeuronSpec;
import io.synaptile.sim.network.ParameterId;
import io.synaptile.sim.network.Role;
import io.synaptile.sim.network.Shape;
import io.synaptile.training.Descent;
import io.synaptile.training.ParameterGroups;
import io.synaptile.training.optimise.Adam;
import io.synaptile.training.optimise.CosineSchedule;
import io.synaptile.training.optimise.HalvingSchedule;
import io.synaptile.training.optimise.Loss;
import io.synaptile.training.optimise.LossWithHidden;
import io.synaptile.training.optimise.MilestoneSchedule;
import io.synaptile.training.optimise.OneCycleSchedule;
import io.synaptile.training.optimise.ParameterGroup;
import io.synaptile.training.optimise.Projection;
import io.synaptile.training.optimise.Schedule;
import io.synaptile.training.optimise.Sgd;
import io.synaptile.training.optimise.SoftmaxCrossEntropy;
import io.synaptile.training.optimise.SpikeRatePenalty;
import io.synaptile.training.optimise.SquaredError;
import io.synaptile.training.optimise.StepCosineSchedule;
import io.synaptile.training.optimise.SteppedSchedule;
import io.synaptile.training.optimise.WarmUp;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class OptimisationTest {
    private static final Network NETWORK = Architectures.vgg(
            "vgg5",
            new Shape(1, 8, 8),
            10,
            0.25,
            new Architectures.Options(Architectures.Norm.BNTT, NeuronSpec.lif(0.95f, 1f), 0f));

    private static ExperimentFile file(String train) {
        String text = "name: a\ndata: {set: digits}\nnetwork: {arch: vgg5}\ntrain: " + train + "\n";
        return ExperimentFile.parse(Path.of("x.yaml"), text, List.of());
    }

    private static Descent descent(String train) {
        return Optimisation.descent(file(train), NETWORK);
    }

    private static ParameterId id(String layer, Role role) {
        return new ParameterId(NETWORK.find(layer).orElseThrow().id(), role);
    }

    @Test
    void optimisersAreMadeAsTheyAreSaid() {
        assertThat(descent("{}")).isEqualTo(Descent.of(new Sgd(0.9f), SteppedSchedule.onTime(0.1, 20), 1e-4f));
        assertThat(descent("{optimizer: {nesterov: true, momentum: 0.5}}").optimiser())
                .isEqualTo(new Sgd(0.5f, true));
        assertThat(descent("{optimizer: {kind: adam, epsilon: 1e-4}}").optimiser())
                .isEqualTo(new Adam(0.9f, 0.999f, 1e-4f, false));
        assertThat(descent("{optimizer: {kind: adamw}}").optimiser()).isEqualTo(new Adam(0.9f, 0.999f, 1e-8f, true));
        assertThat(descent("{optimizer: {kind: adamw}}").groups().others()).isEqualTo(ParameterGroup.decaying(0.01f));
    }

    static Stream<Arguments> schedules() {
        return Stream.of(
                Arguments.of("stepped-published", SteppedSchedule.asPublished(0.1, 20)),
                Arguments.of("cosine", new CosineSchedule(0.1, 20)),
                Arguments.of("{kind: cosine, by: step}", new StepCosineSchedule(0.1)),
                Arguments.of("{kind: milestones, epochs: [10, 15]}", new MilestoneSchedule(0.1, List.of(10, 15), 0.1)),
                Arguments.of("{kind: halving, every: 5}", new HalvingSchedule(0.1, 5)),
                Arguments.of("one-cycle", new OneCycleSchedule(0.1, 0.45, 0.1, 0.001)),
                Arguments.of("{kind: cosine, warm_up: 2}", new WarmUp(2, 20, new CosineSchedule(0.1, 20))));
    }

    @ParameterizedTest
    @MethodSource("schedules")
    void schedulesAreMadeAsTheyAreSaid(String said, Schedule schedule) {
        assertThat(descent("{schedule: " + said + "}").schedule()).isEqualTo(schedule);
    }

    @Test
    void lossesAreMadeAsTheyAreSaid() {
        assertThat(loss("{}")).isEqualTo(new SoftmaxCrossEntropy());
        assertThat(loss("{loss: {label_smoothing: 0.1}}")).isEqualTo(new SoftmaxCrossEntropy(0.1));
        assertThat(loss("{loss: mse}")).isEqualTo(new SquaredError());
        Set<Integer> neurons = NETWORK.nodes().stream()
                .filter(node -> node.layer() instanceof Layer.Neuron)
                .map(Network.Node::id)
                .collect(Collectors.toSet());
        assertThat(neurons).isNotEmpty();
        assertThat(loss("{loss: mse, spike_rate: {weight: 3, above_percent: 20}}"))
                .isEqualTo(new LossWithHidden(new SquaredError(), new SpikeRatePenalty(neurons, 3, 0.2)));
    }

    private static Loss loss(String train) {
        return Optimisation.loss(file(train).experiment().train(), NETWORK);
    }

    @Test
    void groupsAreOfLayersAndRoles() {
        ParameterGroups groups = descent(
                        "{per_layer: {'conv*': {frozen: true}, conv1: {lr_factor: 0.5, clamp: [-1, 1], centre: true},"
                                + " '*': {roles: [gamma], weight_decay: 0}}}")
                .groups();
        assertThat(groups.of(id("conv2", Role.WEIGHT))).isEqualTo(new ParameterGroup(1e-4f, 1f, true, List.of()));
        assertThat(groups.of(id("conv1", Role.WEIGHT)))
                .isEqualTo(new ParameterGroup(
                        1e-4f, 0.5f, false, List.of(new Projection.Centred(), new Projection.Clamp(-1f, 1f))));
        assertThat(groups.of(id("bn1", Role.GAMMA))).isEqualTo(ParameterGroup.decaying(0f));
        assertThat(groups.of(id("fc1", Role.WEIGHT))).isEqualTo(ParameterGroup.decaying(1e-4f));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{convs: {frozen: true}}|train.per_layer.convs is of no layer with these parameters; these are: conv1, bn1, ",
                "{lif1: {frozen: true}}|train.per_layer.lif1 is of no layer with these parameters; ",
                "{bn*: {roles: [weight]}}|train.per_layer.bn* is of no layer with these parameters; ",
                "{conv1: {roles: [running_mean]}}|train.per_layer.conv1.roles must be among beta, bias, gamma, leak, scale, threshold, weight, got 'running_mean'",
                "{bn*: {centre: true}}|train.per_layer.bn*.centre is about weights, and no weights have it",
                "{'c*': {frozen: true}, 'conv?': {frozen: true}}|train.per_layer.conv? and train.per_layer.c* are both of"
                        + " layer conv1; name the layer or change one of them"
            })
    void groupsThatDoNotFitTheNetworkAreRefusedAtTheirLine(String groups, String message) {
        assertThatThrownBy(() -> descent("{per_layer: " + groups + "}"))
                .isInstanceOf(ConfigException.class)
                .hasMessageStartingWith("x.yaml:4: " + message);
    }
}
