/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.experiment.stage;

import static org.assertj.core.api.Assertions.assertThat;

import io.synaptile.sim.compute.LayerActivity;
import io.synaptile.sim.engine.Evaluation;
import io.synaptile.sim.network.Layer;
import io.synaptile.sim.network.Network;
import io.synaptile.sim.network.NetworkBuilder;
import io.synaptile.sim.network.NeuronSpec;
import io.synaptile.sim.network.Shape;
import java.util.Arrays;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SoftwareRemarksTest {
    private static final int STEPS = 3;
    private static final int IMAGES = 7;
    private static final int NEURONS = 5;

    private static Network network() {
        NetworkBuilder builder = new NetworkBuilder("net", Shape.features(4));
        builder.add("fc1", new Layer.Dense(NEURONS));
        builder.add("bn1", Layer.StepNorm.standard());
        builder.add("lif1", new Layer.Neuron(NeuronSpec.lif(0.9f, 1f)));
        builder.add("fc2", new Layer.Dense(2));
        builder.add("out", new Layer.ReadOut());
        return builder.build();
    }

    @ParameterizedTest
    @CsvSource({
        "0, layer fc1 fired no spike in 7 images",
        "1, ",
        "34, ",
        "35, layer fc1 fired all its neurons at every step of 7 images"
    })
    void layersThatNeverFireOrAlwaysDoAreNamedAfterTheirSynapses(long spikesPerStep, String remark) {
        Network network = network();
        LayerActivity[] activity = new LayerActivity[network.nodes().size()];
        Arrays.setAll(activity, _ -> new LayerActivity(STEPS));
        Arrays.fill(activity[2].spikes, spikesPerStep);
        Evaluation seen =
                new Evaluation(IMAGES, new int[STEPS], new int[STEPS][IMAGES], activity, null, new long[IMAGES]);
        assertThat(String.join(", ", SoftwareRemarks.of(network, seen))).isEqualTo(remark == null ? "" : remark);
    }
}
