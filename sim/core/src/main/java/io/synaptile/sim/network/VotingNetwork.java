/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.sim.network;

/**
 * Six convolutions of as many channels, two dense layers and ten voting neurons for each class: {@code conv1, bn1, lif1, ...,
 * lif3, pool3, ..., pool6, drop_fc7, fc7, lif_fc7, drop_fc8, fc8, lif_fc8, readout}. Pools take the largest spike; only
 * convolutions have norms.
 *
 * <p>Source: published code of Y. Chen et al., "State transition of dendritic spines improves learning of sparse spiking neural
 * networks", ICML 2022, for CIFAR-10; its dropout is 0.5.
 */
public final class VotingNetwork {
    /** Name of the network. */
    public static final String NAME = "stds-cifar";

    private static final int CHANNELS = 256;
    private static final int FEATURES = 2048;
    private static final int VOTERS = 10;
    private static final int CONVOLUTIONS = 6;
    private static final int PER_POOL = 3;

    private VotingNetwork() {}

    /**
     * The network.
     *
     * @param width factor on channels and features, not on voters
     */
    public static Network of(Shape input, int classes, double width, Architectures.Options options) {
        Architectures.checkWidth(width);
        Architectures.checkClasses(classes);
        NetworkBuilder builder = new NetworkBuilder(NAME, input);
        Layer neurons = new Layer.Neuron(options.neuron());
        for (int i = 1; i <= CONVOLUTIONS; i++) {
            builder.add("conv" + i, new Layer.Conv2d(Architectures.scaled(CHANNELS, width), 3, 1, 1));
            Architectures.offsetNorm(builder, "bn" + i, options.norm());
            builder.add("lif" + i, neurons);
            if (i % PER_POOL == 0) {
                builder.add("pool" + i, new Layer.MaxPool(2, 2));
            }
        }
        Architectures.dense(builder, "fc7", Architectures.scaled(FEATURES, width), true, options);
        builder.add("lif_fc7", neurons);
        Architectures.dense(builder, "fc8", classes * VOTERS, true, options);
        builder.add("lif_fc8", neurons);
        builder.add("readout", new Layer.ReadOut(Layer.ReadOut.Rule.MEAN, 1f, VOTERS));
        return builder.build();
    }
}
