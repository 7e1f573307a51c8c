/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.experiment.file;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Single values where a block is meant: they are written out as the block with the key that {@link Key#alone} names. */
final class Shorthands {
    private Shorthands() {}

    /**
     * Writes out the single values of {@code root} and of the settings {@code over}; one in these stands for the whole block,
     * so that what the block in {@code root} says besides goes.
     */
    static void writeOut(Setting.Block root, List<Setting.Block> over, Schema schema) {
        writeOut(root, schema, null);
        over.forEach(settings -> writeOut(settings, schema, root));
    }

    private static void writeOut(Setting.Block block, Schema schema, Setting.Block replaced) {
        schema.fields().forEach((key, field) -> {
            Setting setting = block.entries().get(key);
            if (!field.isBlock() || setting == null || Tree.isNothing(setting)) {
                return;
            }
            Setting before = replaced == null ? null : replaced.entries().get(key);
            if (setting instanceof Setting.Block inner) {
                writeOut(inner, field.block(), before instanceof Setting.Block own ? own : null);
            } else if (setting instanceof Setting.Scalar
                    && !field.about().alone().isEmpty()) {
                Map<String, Setting> entries =
                        new LinkedHashMap<>(Map.of(field.about().alone(), setting));
                block.entries().put(key, new Setting.Block(entries, setting.origin()));
                if (replaced != null) {
                    replaced.entries().remove(key);
                }
            }
        });
    }
}
