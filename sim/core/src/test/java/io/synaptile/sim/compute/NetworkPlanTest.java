/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.sim.compute;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.synaptile.sim.network.Layer;
import io.synaptile.sim.network.Network;
import io.synaptile.sim.network.NetworkBuilder;
import io.synaptile.sim.network.NormState;
import io.synaptile.sim.network.Parameters;
import io.synaptile.sim.network.Shape;
import java.util.Map;
import org.junit.jupiter.api.Test;

class NetworkPlanTest {
    private static final Network NETWORK = network();

    private static Network network() {
        NetworkBuilder builder = new NetworkBuilder("norms", Shape.features(2));
        builder.add("own", Layer.StepNorm.standard());
        builder.add("shared", new Layer.StepNorm(1e-4f, 0.1f, true));
        builder.add("scores", new Layer.ReadOut());
        return builder.build();
    }

    private static Parameters norms(int first, NormState one, int second, NormState other) {
        return Parameters.ofNorms(Map.of(first, one, second, other));
    }

    @Test
    void onlyPerStepNormsLimitTheSteps() {
        Parameters norms = norms(0, NormState.identity(5, 2), 1, NormState.identity(1, 2));
        assertThat(new NetworkPlan(NETWORK, Map.of(), norms).maxTimeSteps()).isEqualTo(5);
    }

    @Test
    void stateThatDoesNotFitItsNormIsRefused() {
        Parameters stepped = norms(0, NormState.identity(5, 2), 1, NormState.identity(5, 2));
        assertThatThrownBy(() -> new NetworkPlan(NETWORK, Map.of(), stepped))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("layer shared: a norm that all steps share has state of 5 steps");
        Parameters narrow = norms(0, NormState.identity(5, 3), 1, NormState.identity(1, 2));
        assertThatThrownBy(() -> new NetworkPlan(NETWORK, Map.of(), narrow))
                .hasMessage("layer own: no norm state of 2 channels");
    }
}
