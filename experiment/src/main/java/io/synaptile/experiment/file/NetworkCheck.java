/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.experiment.file;

import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;

/** Settings of a network that only some architectures have: {@code hidden} those of layers, {@code width} those of channels. */
final class NetworkCheck {
    private static final String ARCH = "network.arch";
    private static final String HIDDEN = "network.hidden";
    private static final String WIDTH = "network.width";
    private static final String MLP = "mlp";

    private NetworkCheck() {}

    /**
     * Refuses what the architecture does not have, where a person wrote it; a configuration that was written in full says every
     * setting, those at their defaults too.
     *
     * @throws ConfigException at the line of the setting
     */
    static void check(Setting.Block root, NetworkBlock network) {
        NetworkBlock.Arch arch = network.arch();
        boolean mlp = arch == NetworkBlock.Arch.MLP;
        boolean given = mlp ? network.hasWidth() : network.hasHidden();
        String idle = mlp ? WIDTH : HIDDEN;
        Setting said = Tree.find(root, idle);
        if (given && said != null && said.origin().isWritten()) {
            throw said.origin()
                    .problem(
                            idle,
                            idle + " is a setting of " + (mlp ? "the vgg architectures" : MLP) + ", and " + ARCH
                                    + " is " + arch.name().toLowerCase(Locale.ROOT));
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
