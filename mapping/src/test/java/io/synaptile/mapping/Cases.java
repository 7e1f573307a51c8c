/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.mapping;

import io.synaptile.sim.network.Extent;
import io.synaptile.sim.network.Layer;
import io.synaptile.sim.network.Network;
import io.synaptile.sim.network.NetworkBuilder;
import io.synaptile.sim.network.NeuronSpec;
import io.synaptile.sim.network.Shape;
import io.synaptile.sim.random.NoiseStream;
import io.synaptile.sim.random.Purpose;
import java.util.random.RandomGenerator;
import java.util.stream.LongStream;

/** Random inputs of the property tests. */
public final class Cases {
    private Cases() {}

    /** Seeds of a property test. */
    public static LongStream seeds() {
        return LongStream.range(0, 40);
    }

    /** Draws of one test. */
    public static RandomGenerator random(long seed) {
        return NoiseStream.of(seed, Purpose.TEST, 0, 0, 0);
    }

    /** Levels of the k-bit quantiser: {@code ±j / 2^(k-1)}, never 0. */
    public static float[] quantised(int bits, int count, RandomGenerator random) {
        float[] weights = new float[count];
        int m = 1 << bits - 1;
        for (int i = 0; i < count; i++) {
            weights[i] = (random.nextBoolean() ? 1f : -1f) * (1 + random.nextInt(m)) / m;
        }
        return weights;
    }

    /** Weights in -scale to scale. */
    public static float[] real(float scale, int count, RandomGenerator random) {
        float[] weights = new float[count];
        for (int i = 0; i < count; i++) {
            weights[i] = scale * (2 * random.nextFloat() - 1);
        }
        return weights;
    }

    /** Two convolutions, one of them oblong, dilated and in groups now and then, a pool and two dense layers of odd sizes. */
    public static Network network(RandomGenerator random) {
        NetworkBuilder builder = new NetworkBuilder(
                "case", new Shape(1 + random.nextInt(3), 5 + random.nextInt(4), 5 + random.nextInt(4)));
        int channels = 1 + random.nextInt(7);
        builder.add("conv1", new Layer.Conv2d(channels, 3, 1, 1));
        builder.add("lif1", new Layer.Neuron(NeuronSpec.lif(0.5f, 1f)));
        builder.add("pool1", new Layer.AvgPool(2));
        int outputs = 1 + random.nextInt(9);
        // Each input on its own where the numbers allow it.
        Layer.Conv2d oblong = new Layer.Conv2d(
                        outputs, new Extent(2, 1), new Extent(1, 2), new Extent(1, 0), new Extent(2, 1))
                .inGroups(outputs % channels == 0 ? channels : 1);
        builder.add("conv2", random.nextInt(2) == 0 ? new Layer.Conv2d(outputs, 2, 1, 1) : oblong);
        builder.add("lif2", new Layer.Neuron(NeuronSpec.lif(0.5f, 1f)));
        builder.add("fc1", new Layer.Dense(1 + random.nextInt(13)));
        builder.add("lif3", new Layer.Neuron(NeuronSpec.lif(0.5f, 1f)));
        builder.add("fc2", new Layer.Dense(2 + random.nextInt(5)));
        builder.add("out", new Layer.ReadOut());
        return builder.build();
    }

    /** One dense layer. */
    public static Network dense(int in, int out) {
        NetworkBuilder builder = new NetworkBuilder("dense", Shape.features(in));
        builder.add("fc", new Layer.Dense(out));
        builder.add("out", new Layer.ReadOut());
        return builder.build();
    }
}
