/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.experiment.file;

import java.util.LinkedHashMap;
import java.util.Map;

/** Looks up and replaces settings by dotted key. */
final class Tree {
    private Tree() {}

    /** The setting with that dotted key, or null. */
    static Setting find(Setting.Block root, String dotted) {
        Setting at = root;
        for (String key : dotted.split("\\.", -1)) {
            if (!(at instanceof Setting.Block block)) {
                return null;
            }
            at = block.entries().get(key);
        }
        return at;
    }

    /** The setting with that dotted key or the innermost block that would hold it; never null. */
    static Setting nearest(Setting.Block root, String dotted) {
        Setting at = root;
        for (String key : dotted.split("\\.", -1)) {
            if (!(at instanceof Setting.Block block) || !block.entries().containsKey(key)) {
                return at;
            }
            at = block.entries().get(key);
        }
        return at;
    }

    /** Sets a dotted key, making the blocks on the way; a value that stands where a block is needed is replaced. */
    static void put(Setting.Block root, String dotted, Setting value) {
        Setting.Block block = root;
        String[] keys = dotted.split("\\.", -1);
        for (int i = 0; i < keys.length - 1; i++) {
            if (!(block.entries().get(keys[i]) instanceof Setting.Block)) {
                block.entries().put(keys[i], Setting.Block.empty(value.origin()));
            }
            block = (Setting.Block) block.entries().get(keys[i]);
        }
        block.entries().put(keys[keys.length - 1], value);
    }

    /** Whether a setting is there and says nothing, as {@code null} does. */
    static boolean isNothing(Setting setting) {
        return setting instanceof Setting.Scalar(Object value, String _, Setting.Origin _) && value == null;
    }

    /** Lays the settings of {@code over} on top of {@code root}, value by value; one that says nothing takes away what is there. */
    static void merge(Setting.Block root, Setting.Block over) {
        over.entries().forEach((key, value) -> {
            if (isNothing(value)) {
                root.entries().remove(key);
            } else if (value instanceof Setting.Block inner && root.entries().get(key) instanceof Setting.Block mine) {
                merge(mine, inner);
            } else {
                root.entries().put(key, value);
            }
        });
    }

    /** A copy whose blocks can be changed without changing this one. */
    static Setting.Block copy(Setting.Block block) {
        Map<String, Setting> entries = new LinkedHashMap<>();
        block.entries().forEach((key, value) -> entries.put(key, value instanceof Setting.Block b ? copy(b) : value));
        return new Setting.Block(entries, block.origin());
    }

    /**
     * Takes a setting out of a block.
     *
     * @return the setting inside another block, as it was written; an empty block if there is none
     */
    static Setting.Block taken(Setting.Block root, String key) {
        Setting.Block outer = Setting.Block.empty(root.origin());
        Setting setting = root.entries().remove(key);
        if (setting != null) {
            outer.entries().put(key, setting);
        }
        return outer;
    }

    /** The settings of a block by dotted key, in their order. */
    static Map<String, Setting> flat(Setting.Block block) {
        Map<String, Setting> settings = new LinkedHashMap<>();
        flatten("", block, settings);
        return settings;
    }

    private static void flatten(String path, Setting.Block given, Map<String, Setting> into) {
        given.entries().forEach((name, setting) -> {
            if (setting instanceof Setting.Block inner) {
                flatten(path + name + ".", inner, into);
            } else {
                into.put(path + name, setting);
            }
        });
    }
}
