/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.experiment.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.synaptile.experiment.file.ConfigException;
import io.synaptile.experiment.file.ExperimentFile;
import io.synaptile.sim.io.dataset.DataForm;
import io.synaptile.sim.network.Layer;
import io.synaptile.sim.network.Network;
import io.synaptile.sim.network.NeuronSpec;
import io.synaptile.sim.network.ParameterId;
import io.synaptile.sim.network.Representation;
import io.synaptile.sim.network.Role;
import io.synaptile.sim.network.Scope;
import io.synaptile.sim.network.Shape;
import io.synaptile.training.optimise.CosineSchedule;
import io.synaptile.training.optimise.Projection;
import io.synaptile.training.optimise.StepWarmUp;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Networks that learn by their firing rates, as experiment files say them. */
class RatedNetworkTest {
    private static Plan plan(String... overrides) {
        ExperimentFile file = ExperimentFile.read(Path.of("..", "examples", "quickstart.yaml"), List.of(overrides));
        return Plan.of(file, new DataForm(new Shape(1, 8, 8), 10));
    }

    private static NeuronSpec neurons(Plan plan, String name) {
        return ((Layer.Neuron) plan.network().find(name).orElseThrow().layer()).spec();
    }

    @Test
    void theQuickstartTakesTheMethodWithOneChange() {
        Plan plan = plan("train.method=dsr");
        Network network = plan.network();
        assertThat(network.nodes().stream().filter(node -> node.layer() instanceof Layer.StepNorm))
                .hasSize(3)
                .allSatisfy(node ->
                        assertThat(((Layer.StepNorm) node.layer()).shared()).isTrue());
        assertThat(neurons(plan, "output").threshold()).isEqualTo(0.3f);
        assertThat(neurons(plan, "output").dynamics().firingShare()).isEqualTo(0.3f);
        assertThat(neurons(plan, "output").dynamics().threshold()).isEqualTo(Scope.LAYER);
        assertThat(neurons(plan, "output").estimator()).isEqualTo(new Representation(1f, 0.05f, 1f));
    }

    @Test
    void kindsHaveTheirOwnNumbers() {
        NeuronSpec spec = neurons(plan("train.method=dsr", "train.dsr=if"), "output");
        assertThat(spec.threshold()).isEqualTo(6f);
        assertThat(spec.leak()).isEqualTo(1f);
        assertThat(spec.dynamics().firingShare()).isEqualTo(0.5f);
    }

    @Test
    void thresholdsDecayAndAreHeldAtTheirBound() {
        Plan plan = plan("train.method=dsr");
        int output = plan.network().find("output").orElseThrow().id();
        var descent = Optimisation.descent(plan.file(), plan.network());
        var group = descent.groups().of(new ParameterId(output, Role.THRESHOLD));
        assertThat(group.decay()).isEqualTo(1e-4f);
        assertThat(group.projections()).containsExactly(new Projection.AtLeast(0.0005f));
        assertThat(descent.schedule()).isEqualTo(new StepWarmUp(400, 0.1, new CosineSchedule(0.2, 20)));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    network.neuron.reset=hard | network.neuron.reset must be soft for train.method dsr
                    train.dsr.ann_epochs=20 | train.dsr.ann_epochs must be less than train.epochs 20, got 20
                    train.dsr.bound=1 | train.dsr.bound must be at most train.dsr.threshold 0.3, got 1
                    train.dsr.step=0 | train.dsr.step must be
                    train.schedule.warm_up=2 | train.schedule.warm_up has no meaning for train.method dsr
                    hardware.codec=rram-plus-shifted-sram | train.method dsr trains no SRAM words
                    """)
    void whatTheMethodCannotTakeIsRefusedInOneLine(String override, String message) {
        assertThatThrownBy(() -> plan("train.method=dsr", override))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining(message)
                .hasMessageNotContaining("\n");
    }
}
