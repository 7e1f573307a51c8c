/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.experiment.file;

import java.util.List;
import java.util.function.Consumer;

/** Settings of a network that only some architectures have: {@code hidden} those of layers, {@code width} those of channels. */
final class NetworkCheck {
    private static final String ARCH = "network.arch";
    private static final String HIDDEN = "network.hidden";
    private static final String WIDTH = "network.width";
    private static final String CONNECT = "network.connect";
    private static final String MLP = "mlp";
    private static final String RESIDUAL = "sew-resnet18";
    private static final String CHANNELS = "the architectures that have channels";
    private static final String NAMED = "the architectures that have a name";

    private NetworkCheck() {}

    /**
     * Refuses what the architecture does not have, where a person wrote it; a configuration that was written in full says every
     * setting, those at their defaults too.
     *
     * @throws ConfigException at the line of the setting
     */
    static void check(Setting.Block root, NetworkBlock network) {
        switch (network.arch()) {
            case MLP -> {
                refuse(root, network, WIDTH, network.hasWidth(), CHANNELS);
                refuse(root, network, CONNECT, network.connect().isPresent(), RESIDUAL);
            }
            case VGG5, VGG9, VGG11, VGG11_DVS, VGG15, VGG16, VGG19, STDS_CIFAR, PREACT_RESNET18 -> {
                refuse(root, network, HIDDEN, network.hasHidden(), MLP);
                refuse(root, network, CONNECT, network.connect().isPresent(), RESIDUAL);
            }
            case SEW_RESNET18 -> refuse(root, network, HIDDEN, network.hasHidden(), MLP);
            case LAYERS -> {
                refuse(root, network, WIDTH, network.hasWidth(), CHANNELS);
                refuse(root, network, CONNECT, network.connect().isPresent(), RESIDUAL);
                refuse(root, network, HIDDEN, network.hasHidden(), MLP);
                refuse(root, network, "network.dropout", network.dropout() > 0, NAMED);
                refuse(root, network, "network.norm", network.norm() != NetworkBlock.Norm.BNTT, NAMED);
            }
        }
    }

    private static void refuse(Setting.Block root, NetworkBlock network, String idle, boolean given, String owner) {
        Setting said = Tree.find(root, idle);
        if (given && said != null && said.origin().isWritten()) {
            throw said.origin()
                    .problem(
                            idle,
                            idle + " is a setting of " + owner + ", and " + ARCH + " is "
                                    + Scalars.word(network.arch()));
        }
    }

    /** Drops from {@code root} what belongs to an architecture that the settings {@code over} replace by one without it. */
    static void begin(Setting.Block root, List<Setting.Block> over, Consumer<String> notices) {
        boolean before = isMlp(root, true);
        boolean now = before;
        String name = MLP;
        for (Setting.Block settings : over) {
            now = isMlp(settings, now);
            if (Tree.find(settings, ARCH) instanceof Setting.Scalar(Object _, String text, Setting.Origin _)) {
                name = text;
            }
        }
        String idle = now ? WIDTH : HIDDEN;
        if (now != before
                && Tree.find(root, "network") instanceof Setting.Block network
                && network.entries().remove(idle.substring(idle.indexOf('.') + 1)) != null) {
            notices.accept(ARCH + " " + name + ": " + idle + " is dropped, which belongs to the architecture before");
        }
    }

    private static boolean isMlp(Setting.Block settings, boolean otherwise) {
        return Tree.find(settings, ARCH) instanceof Setting.Scalar(Object value, String text, Setting.Origin _)
                        && value != null
                ? text.equals(MLP)
                : otherwise;
    }
}
