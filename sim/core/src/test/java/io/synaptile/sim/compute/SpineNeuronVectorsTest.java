/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.sim.compute;

import static io.synaptile.testing.Tolerance.againstReference;
import static org.assertj.core.api.Assertions.assertThat;

import io.synaptile.sim.network.Layer;
import io.synaptile.sim.network.Network;
import io.synaptile.sim.network.NetworkBuilder;
import io.synaptile.sim.network.NeuronSpec;
import io.synaptile.sim.network.ParameterId;
import io.synaptile.sim.network.Shape;
import io.synaptile.sim.network.Surrogate;
import io.synaptile.sim.spikes.Encoder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Vectors of the specification of sparse training, worked out apart from this code: neurons with a hard reset, voters, surrogate. */
class SpineNeuronVectorsTest {
    private static final float[] CURRENT = {1.2f, 1.9f, 0.3f, 2.6f, 0.4f};
    private static final int STEPS = CURRENT.length;

    /** Frame t has its only 1 at feature t, so that weight t is the current of step t alone and its gradient that of it. */
    private static InputBatch oneHot() {
        float[] frames = new float[STEPS * STEPS];
        for (int t = 0; t < STEPS; t++) {
            frames[t * STEPS + t] = 1f;
        }
        return new InputBatch(frames, STEPS, 1, STEPS, new Encoder.DirectFrames(), 1, 0, new long[] {0});
    }

    @ParameterizedTest
    @CsvSource({
        "0.5, 2, 0.348485, 0.309243, 0.166189, 0.209388, 0.068338",
        "1, 3, 0.716957, 0.111181, 0.198648, 0.027301, 0.219633"
    })
    void hardResetsHaveSpikesAndGradientsOfTheVectors(
            float leak, int spikes, float g0, float g1, float g2, float g3, float g4) {
        NeuronSpec spec = new NeuronSpec(
                leak,
                leak,
                1f,
                NeuronSpec.Firing.FROM,
                NeuronSpec.Reset.HARD,
                0f,
                new Surrogate.ArcTangent(Surrogate.ArcTangent.USUAL));
        NetworkBuilder builder = new NetworkBuilder("one", Shape.features(STEPS));
        int weights = builder.add("weights", new Layer.Dense(1));
        builder.add("neuron", new Layer.Neuron(spec));
        builder.add("scores", new Layer.ReadOut());
        Network network = builder.build();
        try (TrainableNetwork trainable = Backends.open("cpu").train(network, STEPS, 1, 1)) {
            trainable.set(ParameterId.weight(weights), CURRENT);
            assertThat(trainable.forward(oneHot())[0]).isCloseTo((float) spikes / STEPS, againstReference(1e-6f));
            // The score is the mean over the steps, so that every spike has a derivative of 1.
            trainable.backward(new float[] {STEPS});
            float[] gradient = new float[STEPS];
            trainable.gradient(ParameterId.weight(weights), gradient);
            assertThat(gradient).containsExactly(new float[] {g0, g1, g2, g3, g4}, againstReference(1e-5f));
        }
    }

    /** Vector atan_surrogate. */
    @ParameterizedTest
    @CsvSource({"-1, 0.092", "-0.25, 0.618486", "0, 1", "0.1, 0.91017", "0.5, 0.2884"})
    void theArcTangentHasTheDerivativeOfTheVector(float x, float derivative) {
        assertThat(new Surrogate.ArcTangent(2f).derivative(x)).isCloseTo(derivative, againstReference(1e-5f));
    }

    /** The vote of vector voting_mse: 100 units in groups of ten, units 0 to 6, 10 and 11 fire first, then units 3 to 9. */
    @Test
    void aClassHasTheMeanOfItsVotersOverTheSteps() {
        NetworkBuilder builder = new NetworkBuilder("vote", Shape.features(100));
        builder.add("scores", new Layer.ReadOut(Layer.ReadOut.Rule.MEAN, 1f, 10));
        float[] frames = new float[200];
        for (int unit = 0; unit < 12; unit++) {
            frames[unit] = unit < 7 || unit >= 10 ? 1f : 0f;
            frames[100 + unit] = unit >= 3 && unit < 10 ? 1f : 0f;
        }
        InputBatch batch = new InputBatch(frames, 2, 1, 2, new Encoder.DirectFrames(), 1, 0, new long[] {0});
        try (TrainableNetwork voting = Backends.open("cpu").train(builder.build(), 2, 1, 1)) {
            assertThat(voting.forward(batch))
                    .containsExactly(new float[] {0.7f, 0.1f, 0, 0, 0, 0, 0, 0, 0, 0}, againstReference(1e-6f));
        }
    }
}
