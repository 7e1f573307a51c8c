/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.sim.nd4j;

import static org.assertj.core.api.Assertions.assertThat;

import io.synaptile.sim.network.Layer;
import io.synaptile.sim.network.Network;
import io.synaptile.sim.network.NetworkBuilder;
import io.synaptile.sim.network.Shape;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.nd4j.linalg.api.ndarray.INDArray;

class SteadyLayerTest {
    private static final int STEPS = 8;

    @ParameterizedTest
    @CsvSource({"1, 8, 16, 1", "3, 16, 32, 2", "1, 28, 17, 3", "3, 9, 5, 4"})
    void aConvolutionOfOneStepGivesTheBitsOfAllSteps(int channels, int side, int outputs, long seed) {
        check(new Shape(channels, side, side), new Layer.Conv2d(outputs, 3, 1, 1), seed);
    }

    @ParameterizedTest
    @CsvSource({"64, 256, 1", "784, 100, 2", "33, 10, 3", "7, 1, 4"})
    void aDenseLayerOfOneStepGivesTheBitsOfAllSteps(int inputs, int outputs, long seed) {
        check(Shape.features(inputs), new Layer.Dense(outputs), seed);
    }

    private static void check(Shape in, Layer layer, long seed) {
        NetworkBuilder builder = new NetworkBuilder("net", in);
        builder.add("layer", layer);
        builder.add("out", new Layer.ReadOut());
        Network network = builder.build();
        Network.Node node = network.node(0);
        Random random = new Random(seed);
        float[] image = new float[in.size()];
        for (int i = 0; i < image.length; i++) {
            image[i] = random.nextInt(3) == 0 ? 0f : (float) random.nextGaussian();
        }
        float[] all = new float[STEPS * image.length];
        for (int t = 0; t < STEPS; t++) {
            System.arraycopy(image, 0, all, t * image.length, image.length);
        }
        float[] weights = new float[node.weightCount()];
        for (int i = 0; i < weights.length; i++) {
            weights[i] = (float) random.nextGaussian();
        }
        try (Arena arena = new Arena()) {
            INDArray w = arena.of(weights, Nd4jExecutable.shape(node));
            INDArray x = arena.of(all, STEPS, in.channels(), in.height(), in.width());
            float[] every = Arena.values(DenseOps.synapse(node, x, w, arena)).clone();
            float[] once = Arena.values(DenseOps.steady(node, x, w, arena));
            assertThat(Arrays.equals(once, every)).isTrue();
        }
    }
}
