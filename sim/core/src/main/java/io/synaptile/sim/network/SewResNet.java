/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.sim.network;

/**
 * Spiking residual networks whose blocks join spikes element by element (SEW-ResNet-18).
 *
 * <pre>
 *   block(x) = g(n(bn(conv3x3(n(bn(conv3x3(x, stride)))))), s)      s = x, or n(bn(conv1x1(x, stride))) where shapes differ
 *   g(a, s)  = a + s (add), a s (and) or (1 - a) s (iand)
 * </pre>
 *
 * <p>Layers are {@code conv1, bn1, lif1, pool1}, then {@code block1_conv1, block1_bn1, block1_lif1, block1_conv2, ...,
 * block1_join} with {@code block3_short_conv, block3_short_bn, block3_short_lif} on shortcuts that change the shape, to block 8,
 * then {@code pool, fc, bias_fc, readout}.
 *
 * <p>Source: W. Fang et al., "Deep residual learning in spiking neural networks", NeurIPS 2021, as in the published code of Chen
 * et al., ICML 2022. Images below 64 lines or columns, which are not among the published ones, have a first convolution of 3x3 without stride and
 * no pool.
 */
public final class SewResNet {
    /** Name of the network. */
    public static final String NAME = "sew-resnet18";

    private static final int[] CHANNELS = {64, 128, 256, 512};
    private static final int BLOCKS = 2;
    private static final int SMALL = 64;

    private final NetworkBuilder builder;
    private final Architectures.Options options;
    private final Layer.Join join;

    private SewResNet(Shape input, Architectures.Options options, Layer.Join.Function connect) {
        this.builder = new NetworkBuilder(NAME, input);
        this.options = options;
        this.join = new Layer.Join(connect);
    }

    /**
     * The network.
     *
     * @param width factor on all channels
     * @param options its dropout is not used
     * @param connect how a block joins the spikes of its branch with those of its shortcut
     */
    public static Network of(
            Shape input, int classes, double width, Architectures.Options options, Layer.Join.Function connect) {
        Architectures.checkWidth(width);
        Architectures.checkClasses(classes);
        return new SewResNet(input, options, connect).build(input, classes, width);
    }

    private Network build(Shape input, int classes, double width) {
        int first = Architectures.scaled(CHANNELS[0], width);
        boolean small = input.height() < SMALL || input.width() < SMALL;
        neurons("conv1", "bn1", "lif1", small ? new Layer.Conv2d(first, 3, 1, 1) : new Layer.Conv2d(first, 7, 2, 3));
        if (!small) {
            builder.add("pool1", new Layer.MaxPool(3, 2, 1));
        }
        int number = 0;
        for (int stage = 0; stage < CHANNELS.length; stage++) {
            int channels = Architectures.scaled(CHANNELS[stage], width);
            for (int i = 0; i < BLOCKS; i++) {
                block("block" + ++number + "_", channels, stage > 0 && i == 0 ? 2 : 1);
            }
        }
        Shape map = builder.lastShape();
        builder.add("pool", new Layer.AvgPool(map.height(), map.width()));
        builder.add("fc", new Layer.Dense(classes));
        builder.add("bias_fc", new Layer.Bias());
        builder.add("readout", new Layer.ReadOut());
        return builder.build();
    }

    private void block(String name, int channels, int stride) {
        int in = builder.last();
        boolean same = stride == 1 && builder.lastShape().channels() == channels;
        neurons(name + "conv1", name + "bn1", name + "lif1", new Layer.Conv2d(channels, 3, stride, 1));
        int branch = neurons(name + "conv2", name + "bn2", name + "lif2", new Layer.Conv2d(channels, 3, 1, 1));
        int shortcut = in;
        if (!same) {
            shortcut = builder.add(name + "short_conv", new Layer.Conv2d(channels, 1, stride, 0), in);
            norm(name + "short_bn");
            shortcut = builder.add(name + "short_lif", new Layer.Neuron(options.neuron()));
        }
        builder.add(name + "join", join, branch, shortcut);
    }

    private int neurons(String conv, String norm, String neurons, Layer.Conv2d layer) {
        builder.add(conv, layer);
        norm(norm);
        return builder.add(neurons, new Layer.Neuron(options.neuron()));
    }

    private void norm(String name) {
        Architectures.offsetNorm(builder, name, options.norm());
    }
}
