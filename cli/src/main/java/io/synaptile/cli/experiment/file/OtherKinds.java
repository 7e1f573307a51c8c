/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.cli.experiment.file;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;

/**
 * Settings that name another kind of cell, converter or array read-out: the options beneath were those of the kind before,
 * so they go, as they do in a block of {@code hardware.per_layer}.
 */
final class OtherKinds {
    private static final String KIND = "kind";

    /** Blocks whose keys belong to their {@code kind}, and the kind that holds where none is written. */
    private static final Map<String, String> BLOCKS = new TreeMap<>(Map.of(
            "hardware.cell", HardwareBlock.Cell.DEFAULT_KIND,
            "hardware.readout.adc", HardwareBlock.Readout.Adc.NONE,
            "hardware.readout.array", HardwareBlock.Readout.Array.NONE));

    private OtherKinds() {}

    /**
     * Empties every such block of {@code root} that the settings {@code over} give another kind.
     *
     * @param notices told what is no longer there
     */
    static void begin(Setting.Block root, List<Setting.Block> over, Consumer<String> notices) {
        BLOCKS.forEach((key, otherwise) -> {
            if (Tree.find(root, key) instanceof Setting.Block block) {
                String before = kind(block.entries().get(KIND), otherwise);
                String now = before;
                for (Setting.Block settings : over) {
                    now = kind(Tree.find(settings, key + "." + KIND), now);
                }
                if (!now.equals(before)) {
                    Set<String> options = new TreeSet<>(block.entries().keySet());
                    options.remove(KIND);
                    block.entries().clear();
                    if (!options.isEmpty()) {
                        notices.accept(key + ".kind " + now + ": what was said for " + before + " is left out ("
                                + String.join(", ", options) + ")");
                    }
                }
            }
        });
    }

    private static String kind(Setting setting, String otherwise) {
        return setting instanceof Setting.Scalar(Object value, String text, Setting.Origin _) && value != null
                ? text
                : otherwise;
    }
}
