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
 * from scratch", Frontiers in Neuroscience 2021; VGG9 and VGG11 as in its published code, VGG5 and VGG19 as in a fork of it.
 * VGG15, whose pools average currents: S. Lu and A. Sengupta, Frontiers in Neuroscience 2020. VGG16, with biases and offsets: J.
 * Ding et al., IJCAI 2021; its convolutions have no biases of their own beside those of the norms.
 */
public final class Architectures {
    private static final int POOL = 0;
    private static final int POOL_TO_ONE = -1;

    /** The convolutions of VGG15 and VGG16. */
    private static final int[] THIRTEEN = {
        64, 64, POOL, 128, 128, POOL, 256, 256, 256, POOL, 512, 512, 512, POOL, 512, 512, 512, POOL
    };

    private static final Map<String, Vgg> VGG = new TreeMap<>(Map.of(
            "vgg5", new Vgg(1024, 64, POOL, 128, 128, POOL),
            "vgg9", new Vgg(1024, 64, 64, POOL, 128, 128, POOL, 256, 256, 256, POOL),
            "vgg11", new Vgg(4096, 64, POOL, 128, POOL, 256, 256, POOL, 512, 512, POOL, 512, 512, POOL_TO_ONE),
            "vgg15", new Vgg(Style.POOLED_CURRENTS, List.of(4096), THIRTEEN),
            "vgg16", new Vgg(Style.BIASED, List.of(4096, 4096), THIRTEEN),
            "vgg11-dvs",
                    new Vgg(
                            Style.FRAMES,
                            List.of(),
                            64,
                            POOL,
                            128,
                            POOL,
                            256,
                            256,
                            POOL,
                            512,
                            512,
                            POOL,
                            512,
                            512,
                            POOL),
            "vgg19",
                    new Vgg(
                            1024, 64, 64, POOL, 128, 128, POOL, 256, 256, 256, 256, POOL, 512, 512, 512, 512, POOL, 512,
                            512, 512, 512, POOL)));

    /** Side of images that are too small for a network of five pools, and of what they are padded to. */
    private static final int MNIST_SIDE = 28;

    private static final int PADDED_SIDE = 32;

    /** What sets the networks of later publications apart from those of the first. */
    private enum Style {
        /** Pools average spikes. */
        PLAIN,
        /** Pools average currents, before the neurons; a dropout follows all other convolutions. */
        POOLED_CURRENTS,
        /** Norms, which follow convolutions alone, have offsets, and layers without one a bias. */
        BIASED,
        /** Norms have offsets, and a dropout follows the neurons of every convolution. */
        FRAMES
    }

    /** Channels of the stages of a residual network, each of two blocks; all but the first halve the map. */
    private static final List<Integer> STAGES = List.of(64, 128, 256, 512);

    /**
     * One network of the family.
     *
     * @param hidden features of the dense layers before the last
     * @param table output channels of the 3x3 convolutions in order; {@link #POOL} halves the map, {@link #POOL_TO_ONE}
     *     averages all of it
     */
    private record Vgg(Style style, List<Integer> hidden, int... table) {
        Vgg(int features, int... table) {
            this(Style.PLAIN, List.of(features), table);
        }

        /** Side of the map after the last pool, 0 if one finds less than its window. */
        int lastSide(int side) {
            int left = side;
            for (int entry : table) {
                left = entry == POOL ? left / 2 : entry == POOL_TO_ONE ? Math.min(left, 1) : left;
            }
            return left;
        }
    }

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

        /** Without dropout. */
        public Options(Norm norm, NeuronSpec neuron) {
            this(norm, neuron, 0f);
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
            neurons(builder, "_fc" + (i + 1), Style.PLAIN, options);
        }
        dense(builder, "fc" + (hidden.size() + 1), classes, !hidden.isEmpty(), options);
        builder.add("readout", new Layer.ReadOut());
        return builder.build();
    }

    /**
     * Shape in which a VGG network reads images: their own, or 32x32 for images of 28x28 that its pools would leave nothing
     * of. Such images are padded with black, as many pixels on each side.
     */
    public static Shape vggInput(String name, Shape image) {
        boolean square = image.height() == MNIST_SIDE && image.width() == MNIST_SIDE;
        return square && vgg(name).lastSide(MNIST_SIDE) == 0
                ? new Shape(image.channels(), PADDED_SIDE, PADDED_SIDE)
                : image;
    }

    /**
     * A VGG network: 3x3 convolutions with stride and padding 1, 2x2 average pools, one or two hidden dense layers; its dropout
     * stands before {@code fc1}, in VGG15 and VGG16 before every dense layer, in VGG15 behind convolutions without a pool too, in VGG11 for frames behind every convolution alone. An odd row or column is dropped by a pool. The last pool of VGG11 averages the whole map,
     * which must be square; a map of one position has none.
     *
     * @param name one of {@link #vggNames}
     * @param input shape of the images as they are read, see {@link #vggInput}
     * @param width factor on the channels of every convolution and on the features of {@code fc1}; the products are rounded,
     *     to at least 1
     * @throws IllegalArgumentException naming the pool for which the input is too small
     */
    public static Network vgg(String name, Shape input, int classes, double width, Options options) {
        Vgg vgg = vgg(name);
        checkWidth(width);
        checkClasses(classes);
        NetworkBuilder builder = new NetworkBuilder(name, input);
        int number = 0;
        for (int i = 0; i < vgg.table().length; i++) {
            int entry = vgg.table()[i];
            boolean pooledNext = i + 1 < vgg.table().length && vgg.table()[i + 1] == POOL;
            if (entry == POOL) {
                builder.add("pool" + number, new Layer.AvgPool(2));
                if (vgg.style() == Style.POOLED_CURRENTS) {
                    neurons(builder, String.valueOf(number), vgg.style(), options);
                }
            } else if (entry == POOL_TO_ONE) {
                poolToOne(builder, "pool" + number);
            } else {
                number++;
                builder.add("conv" + number, new Layer.Conv2d(scaled(entry, width), 3, 1, 1));
                if (vgg.style() != Style.POOLED_CURRENTS) {
                    neurons(builder, String.valueOf(number), vgg.style(), options);
                    if (vgg.style() == Style.FRAMES) {
                        dropout(builder, "drop" + number, options);
                    }
                } else if (!pooledNext) {
                    neurons(builder, String.valueOf(number), vgg.style(), options);
                    dropout(builder, "drop" + number, options);
                }
            }
        }
        int dense = 1;
        for (int features : vgg.hidden()) {
            dense(builder, "fc" + dense, scaled(features, width), dense == 1 || vgg.style() != Style.PLAIN, options);
            neurons(builder, "_fc" + dense, vgg.style(), options);
            dense++;
        }
        boolean dropped = vgg.style() == Style.POOLED_CURRENTS || vgg.style() == Style.BIASED;
        dense(builder, "fc" + dense, classes, dropped, options);
        if (vgg.style() == Style.BIASED) {
            builder.add("bias_fc" + dense, new Layer.Bias());
        }
        builder.add("readout", new Layer.ReadOut());
        return builder.build();
    }

    /**
     * PreAct-ResNet-18: a convolution, four stages of two blocks, neurons, an average over the whole map, neurons, a dense layer. A
     * block is norm, neurons, convolution, norm, neurons, convolution; past it goes what its first neurons give, through a 1x1
     * convolution where the shape changes. Norms have offsets. Without norms, whose offsets take the place of biases, every
     * convolution has one.
     *
     * <p>Source: published code of Q. Meng et al., CVPR 2022, in which the branch past a block carries the spikes of its first
     * neurons and not the input of the block; K. He et al., "Identity mappings in deep residual networks", ECCV 2016.
     *
     * @param width factor on the channels of every convolution; the products are rounded, to at least 1
     * @throws IllegalArgumentException if the map is not square
     */
    public static Network preActResNet18(Shape input, int classes, double width, Options options) {
        checkWidth(width);
        checkClasses(classes);
        NetworkBuilder builder = new NetworkBuilder("preact-resnet18", input);
        builder.add("conv0", new Layer.Conv2d(scaled(STAGES.getFirst(), width), 3, 1, 1));
        for (int stage = 0; stage < STAGES.size(); stage++) {
            for (int block = 0; block < 2; block++) {
                String name = (stage + 1) + (block == 0 ? "a" : "b");
                block(builder, name, scaled(STAGES.get(stage), width), stage > 0 && block == 0 ? 2 : 1, options);
            }
        }
        neurons(builder, "5", Style.BIASED, options);
        poolToOne(builder, "pool");
        builder.add("lif6", new Layer.Neuron(options.neuron()));
        dense(builder, "fc", classes, true, options);
        builder.add("readout", new Layer.ReadOut());
        return builder.build();
    }

    private static void block(NetworkBuilder builder, String name, int channels, int stride, Options options) {
        neurons(builder, name + "1", Style.BIASED, options);
        int fired = builder.last();
        boolean same = stride == 1 && builder.lastShape().channels() == channels;
        builder.add("conv" + name + "1", new Layer.Conv2d(channels, 3, stride, 1));
        neurons(builder, name + "2", Style.BIASED, options);
        dropout(builder, "drop" + name, options);
        int last = builder.add("conv" + name + "2", new Layer.Conv2d(channels, 3, 1, 1));
        int past = same ? fired : builder.add("past" + name, new Layer.Conv2d(channels, 1, stride, 0), fired);
        builder.add("sum" + name, Layer.Join.sum(), last, past);
    }

    private static Vgg vgg(String name) {
        Vgg vgg = VGG.get(name);
        if (vgg == null) {
            throw new IllegalArgumentException(
                    "arch '" + name + "' is unknown; known VGG networks: " + String.join(", ", VGG.keySet()));
        }
        return vgg;
    }

    private static void poolToOne(NetworkBuilder builder, String name) {
        Shape map = builder.lastShape();
        if (map.height() != map.width()) {
            throw new IllegalArgumentException("layer " + name + ": averages a square map, got " + map);
        }
        if (map.positions() > 1) {
            builder.add(name, new Layer.AvgPool(map.height()));
        }
    }

    static void checkWidth(double width) {
        if (!(width > 0) || width > 1024) {
            throw new IllegalArgumentException("width must lie above 0 and at most 1024, got " + width);
        }
    }

    static void checkClasses(int classes) {
        if (classes < 1) {
            throw new IllegalArgumentException("classes must be at least 1, got " + classes);
        }
    }

    static int scaled(int count, double width) {
        return (int) Math.max(1, Math.round(count * width));
    }

    static void dense(NetworkBuilder builder, String name, int features, boolean dropout, Options options) {
        if (dropout) {
            dropout(builder, "drop_" + name, options);
        }
        builder.add(name, new Layer.Dense(features));
    }

    /** A norm with offsets, as networks other than the first have them; nothing where there is to be none. */
    static void offsetNorm(NetworkBuilder builder, String name, Norm norm) {
        if (norm != Norm.NONE) {
            Layer.StepNorm standard = Layer.StepNorm.standard();
            builder.add(name, new Layer.StepNorm(standard.epsilon(), standard.momentum(), norm == Norm.SHARED, true));
        }
    }

    private static void dropout(NetworkBuilder builder, String name, Options options) {
        if (options.dropout() > 0f) {
            builder.add(name, new Layer.Dropout(options.dropout()));
        }
    }

    private static void neurons(NetworkBuilder builder, String suffix, Style style, Options options) {
        boolean dense = suffix.startsWith("_");
        if (options.norm() != Norm.NONE && !(dense && style == Style.BIASED)) {
            Layer.StepNorm standard = Layer.StepNorm.standard();
            boolean shared = options.norm() == Norm.SHARED;
            builder.add(
                    "bn" + suffix,
                    new Layer.StepNorm(
                            standard.epsilon(),
                            standard.momentum(),
                            shared,
                            style == Style.BIASED || style == Style.FRAMES));
        } else if (style == Style.BIASED) {
            builder.add("bias" + suffix, new Layer.Bias());
        }
        builder.add("lif" + suffix, new Layer.Neuron(options.neuron()));
    }
}
