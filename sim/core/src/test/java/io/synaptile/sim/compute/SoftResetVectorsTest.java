/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.sim.compute;

import static io.synaptile.testing.Tolerance.againstReference;
import static org.assertj.core.api.Assertions.assertThat;

import io.synaptile.sim.network.Layer;
import io.synaptile.sim.network.Network;
import io.synaptile.sim.network.NetworkBuilder;
import io.synaptile.sim.network.NeuronSpec;
import io.synaptile.sim.network.ParameterId;
import io.synaptile.sim.network.Parameters;
import io.synaptile.sim.network.Shape;
import io.synaptile.sim.network.Surrogate;
import io.synaptile.sim.spikes.Encoder;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Vectors of the specifications of conversion, worked out apart from this code: integrate-and-fire with a soft reset. */
class SoftResetVectorsTest {
    /** Sees the potentials before the reset and the spikes of the one neuron. */
    private record Seen(int neuron, float[] potentials, float[] spikes) implements Probe {
        @Override
        public boolean wants(int node, Quantity quantity) {
            return node == neuron && (quantity == Quantity.POTENTIAL || quantity == Quantity.OUTPUT);
        }

        @Override
        public void see(View view, float[] values) {
            (view.quantity() == Quantity.POTENTIAL ? potentials : spikes)[view.step()] = values[0];
        }
    }

    /** Vector if_soft_reset, and the three cases of rnl_if_sim with their currents at every step. */
    @ParameterizedTest
    @CsvSource({
        "1, 0.4 0.7 -0.3 1.6 0.9 0, 0 1 0 1 1 0, 0.4 0.1 -0.2 0.4 0.3 0.3",
        "1.2, 0.5 0.5 0.5 0.5 0.5 0.5 0.5 0.5, 0 0 1 0 1 0 0 1, ''",
        "1.2, 1.1 1.1 1.1 1.1 1.1 1.1 1.1 1.1, 0 1 1 1 1 1 1 1, ''",
        "1.2, 1.5 1.5 1.5 1.5 1.5 1.5 1.5 1.5, 1 1 1 1 1 1 1 1, ''"
    })
    void spikesAndPotentialsAreThoseOfTheVectors(float threshold, String currents, String spikes, String after) {
        float[] current = numbers(currents);
        int steps = current.length;
        NeuronSpec spec = new NeuronSpec(
                1f, 1f, threshold, NeuronSpec.Firing.FROM, NeuronSpec.Reset.SOFT, 0f, Surrogate.triangle());
        NetworkBuilder builder = new NetworkBuilder("one", Shape.features(1));
        int weights = builder.add("weights", new Layer.Dense(1));
        int neuron = builder.add("neuron", new Layer.Neuron(spec));
        builder.add("scores", new Layer.ReadOut());
        Network network = builder.build();
        Seen seen = new Seen(neuron, new float[steps], new float[steps]);
        Parameters parameters = Parameters.of(Map.of(ParameterId.weight(weights), new float[] {1f}));
        try (ExecutableNetwork ready = Backends.open("cpu").prepare(NetworkPlan.ideal(network, parameters), 1, 1)) {
            ready.run(new InputBatch(current, 1, steps, new Encoder.DirectFrames(), 1, 0, new long[] {0}), seen);
        }
        assertThat(seen.spikes()).containsExactly(numbers(spikes));
        float[] left = numbers(after);
        for (int t = 0; t < left.length; t++) {
            assertThat(seen.potentials()[t] - threshold * seen.spikes()[t]).isCloseTo(left[t], againstReference(1e-6f));
        }
    }

    private static float[] numbers(String words) {
        String[] parts = words.isEmpty() ? new String[0] : words.split(" ");
        float[] numbers = new float[parts.length];
        for (int i = 0; i < numbers.length; i++) {
            numbers[i] = Float.parseFloat(parts[i]);
        }
        return numbers;
    }
}
