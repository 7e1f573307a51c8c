/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.sim.network;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/**
 * The network families known by name: multilayer perceptrons and the VGG networks of the BNTT paper.
 *
 * <p>Every weight layer but the last is followed by an optional norm and a neuron; pools average spikes. Layers are named
 * {@code conv1, bn1, lif1, pool1, conv2, ...} (a pool bears the number of the convolution before it), then {@code fc1,
 * bn_fc1, lif_fc1, ..., readout}; a dropout is named after the layer it feeds, {@code drop_fc1}.
 *
 * <p>Source: Y. Kim and P. Panda, "Revisiting batch normalization for training low-latency deep spiking neural networks
 * from scratch", Frontiers in Neuroscience 2021; VGG9 and VGG5 as in its published code and a fork of it.
 */
public final class Architectures {
    private static final int POOL = 0;
    private static final int FC1_FEATURES = 1024;

    /** Output channels of the 3x3 convolutions in order; {@link #POOL} halves the map. */
    private static final Map<String, int[]> VGG = new TreeMap<>(Map.of(
            "vgg5", new int[] {64, POOL, 128, 128, POOL},
            "vgg9", new int[] {64, 64, POOL, 128, 128, POOL, 256, 256, 256, POOL}));

    private Architectures() {}

    /** What stands between a weight layer and its neurons. */
    public enum Norm {
        /** Batch normalisation per time step. */
        BNTT,
        /** Batch normalisation with one scale and statistics for all time steps. */
        SHARED,
        /** Nothing. */
        NONE
    }

    /**
     * What all layers of a network share.
     *
     * @param dropout rate of the dropout before the dense layers that {@link #vgg} and {@link #mlp} name; 0 leaves it out
     */
    public record Options(Norm norm, NeuronSpec neuron, float dropout) {
        public Options {
            Objects.requireNonNull(norm);
            Objects.requireNonNull(neuron);
            if (!(dropout >= 0f && dropout < 1f)) {
                throw new IllegalArgumentException("dropout must lie in 0 (included) to 1 (excluded), got " + dropout);
            }
        }
    }

    /** Names that {@link #vgg} accepts. */
    public static List<String> vggNames() {
        return List.copyOf(VGG.keySet());
    }

    /**
     * A perceptron {@code fc1, fc2, ...}; its dropout stands before every layer but the first.
     *
     * @param hidden neurons of each hidden layer, may be empty
     */
    public static Network mlp(Shape input, int classes, List<Integer> hidden, Options options) {
        checkClasses(classes);
        NetworkBuilder builder = new NetworkBuilder("mlp", input);
        for (int i = 0; i < hidden.size(); i++) {
            if (hidden.get(i) < 1) {
                throw new IllegalArgumentException("hidden sizes must be at least 1, got " + hidden);
            }
            dense(builder, "fc" + (i + 1), hidden.get(i), i > 0, options);
            neurons(builder, "_fc" + (i + 1), options);
        }
        dense(builder, "fc" + (hidden.size() + 1), classes, !hidden.isEmpty(), options);
        builder.add("readout", new Layer.ReadOut());
        return builder.build();
    }

    /**
     * A VGG network: 3x3 convolutions with stride and padding 1, 2x2 average pools, one hidden dense layer; its dropout
     * stands before {@code fc1}. An odd row or column is dropped by a pool.
     *
     * @param name one of {@link #vggNames}
     * @param width factor on the channels of every convolution and on the features of {@code fc1}; the products are rounded,
     *     to at least 1
     * @throws IllegalArgumentException naming the pool for which the input is too small
     */
    public static Network vgg(String name, Shape input, int classes, double width, Options options) {
        int[] table = VGG.get(name);
        if (table == null) {
            throw new IllegalArgumentException(
                    "arch '" + name + "' is unknown; known VGG networks: " + String.join(", ", VGG.keySet()));
        }
        if (!(width > 0) || width > 1024) {
            throw new IllegalArgumentException("width must lie above 0 and at most 1024, got " + width);
        }
        checkClasses(classes);
        NetworkBuilder builder = new NetworkBuilder(name, input);
        int number = 0;
        for (int channels : table) {
            if (channels == POOL) {
                builder.add("pool" + number, new Layer.AvgPool(2));
            } else {
                number++;
                builder.add("conv" + number, new Layer.Conv2d(scaled(channels, width), 3, 1, 1));
                neurons(builder, String.valueOf(number), options);
            }
        }
        dense(builder, "fc1", scaled(FC1_FEATURES, width), true, options);
        neurons(builder, "_fc1", options);
        dense(builder, "fc2", classes, false, options);
        builder.add("readout", new Layer.ReadOut());
        return builder.build();
    }

    private static void checkClasses(int classes) {
        if (classes < 1) {
            throw new IllegalArgumentException("classes must be at least 1, got " + classes);
        }
    }

    private static int scaled(int count, double width) {
        return (int) Math.max(1, Math.round(count * width));
    }

    private static void dense(NetworkBuilder builder, String name, int features, boolean dropout, Options options) {
        if (dropout && options.dropout() > 0f) {
            builder.add("drop_" + name, new Layer.Dropout(options.dropout()));
        }
        builder.add(name, new Layer.Dense(features));
    }

    private static void neurons(NetworkBuilder builder, String suffix, Options options) {
        if (options.norm() != Norm.NONE) {
            Layer.StepNorm standard = Layer.StepNorm.standard();
            boolean shared = options.norm() == Norm.SHARED;
            builder.add("bn" + suffix, new Layer.StepNorm(standard.epsilon(), standard.momentum(), shared));
        }
        builder.add("lif" + suffix, new Layer.Neuron(options.neuron()));
    }
}
