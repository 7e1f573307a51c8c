/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.sim.compute;

import static org.assertj.core.api.Assertions.assertThat;

import io.synaptile.sim.network.Network;
import io.synaptile.sim.network.ParameterId;
import io.synaptile.sim.tornado.RequiresDevice;
import io.synaptile.sim.tornado.TornadoBackend;
import java.util.stream.LongStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Weights and activity in half precision: exact where halves hold every value, close elsewhere. Beside the contract suite,
 * because it needs its random networks.
 */
@RequiresDevice
class HalfPrecisionTest {
    private static final ComputeBackend SINGLE = new TornadoBackend();
    private static final ComputeBackend HALF = new TornadoBackend().select("half");

    static LongStream seeds() {
        return LongStream.rangeClosed(1, 12);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void sumsThatHalvesHoldExactlyGiveExactSpikes(long seed) {
        RandomCase drawn = RandomCase.dense(seed, RandomCase.Style.EXACT);
        ReferenceNetwork reference = ReferenceNetwork.of(drawn.plan());
        double[] scores = reference.infer(drawn.batch());
        try (ExecutableNetwork network =
                HALF.prepare(drawn.plan(), drawn.batch().samples(), 1)) {
            BatchResult result = network.run(drawn.batch());
            Agreement.assertSameActivity(drawn.network(), result.activity(), reference.activity());
            Agreement.assertClose("scores of " + drawn, result.scores(), scores, 1e-3);
        }
    }

    /** Where no spike changes, a derivative is off by some roundings to 11 bits. */
    @ParameterizedTest
    @MethodSource("seeds")
    void gradientsAreThoseOfSinglePrecisionWithinHalfPrecision(long seed) {
        RandomCase drawn = RandomCase.dense(seed, RandomCase.Style.EXACT);
        float[][] single = gradients(SINGLE, drawn);
        float[][] half = gradients(HALF, drawn);
        for (int i = 0; i < single.length; i++) {
            double[] expected = new double[single[i].length];
            for (int k = 0; k < expected.length; k++) {
                expected[k] = single[i][k];
            }
            Agreement.assertClose("gradient " + i + " of " + drawn, half[i], expected, 2e-2);
        }
    }

    private static float[][] gradients(ComputeBackend backend, RandomCase drawn) {
        try (TrainableNetwork network = backend.train(
                drawn.network(), drawn.batch().timeSteps(), drawn.batch().samples(), 1)) {
            drawn.parameters().forEach(network::set);
            float[] scores = network.forward(drawn.batch());
            assertThat(scores).isNotEmpty();
            float[] gradient = new float[scores.length];
            for (int i = 0; i < gradient.length; i++) {
                gradient[i] = (i % 3 - 1) * 0.5f;
            }
            network.backward(gradient);
            return drawn.network().synapses().stream()
                    .map(node -> weightGradient(network, node))
                    .toArray(float[][]::new);
        }
    }

    private static float[] weightGradient(TrainableNetwork network, Network.Node node) {
        float[] gradient = new float[node.weightCount()];
        network.gradient(ParameterId.weight(node.id()), gradient);
        return gradient;
    }
}
