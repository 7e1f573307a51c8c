/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.experiment.file;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The value of {@code network.layers}: a network layer by layer, as it was written. */
public final class LayerList {
    /** Key of the list, for messages. */
    public static final String KEY = "network.layers";

    private static final String REPEAT = "repeat";
    private static final String TIMES = "times";
    private static final String LAYERS = "layers";
    private static final int MOST_LAYERS = 10_000;

    private final Setting.Sequence written;

    private LayerList(Setting.Sequence written) {
        this.written = written;
    }

    /** @throws ConfigException if it is not a list of layers */
    static LayerList of(String key, Setting given) {
        if (given instanceof Setting.Sequence list && !list.items().isEmpty()) {
            return new LayerList(list);
        }
        throw given.origin()
                .problem(
                        key,
                        key + " must be a list of layers such as [dense: 64, lif, dense: classes], got "
                                + (given instanceof Setting.Sequence ? "an empty list" : given.describe()));
    }

    /** The list as nested maps, lists and single values. */
    Object plain() {
        return plain(written);
    }

    private static Object plain(Setting setting) {
        return switch (setting) {
            case Setting.Sequence list -> {
                List<Object> items = new ArrayList<>();
                list.items().forEach(item -> items.add(plain(item)));
                yield items;
            }
            case Setting.Block block -> {
                Map<String, Object> entries = new LinkedHashMap<>();
                block.entries().forEach((key, value) -> entries.put(key, plain(value)));
                yield entries;
            }
            case Setting.Scalar(Object value, String _, Setting.Origin _) -> value == null ? "" : value;
        };
    }

    /**
     * The layers one by one, repetitions written out.
     *
     * @param classes what the word {@code classes} stands for
     * @throws ConfigException at the line of a layer that cannot be read
     */
    public List<LayerEntry> entries(int classes) {
        List<LayerEntry> entries = new ArrayList<>();
        expand(written, "", classes, entries);
        return entries;
    }

    private static void expand(Setting.Sequence list, String suffix, int classes, List<LayerEntry> into) {
        for (Setting item : list.items()) {
            if (into.size() >= MOST_LAYERS) {
                throw item.origin().problem(KEY, KEY + " gives more than " + MOST_LAYERS + " layers");
            }
            if (item instanceof Setting.Block block && block.entries().containsKey(REPEAT)) {
                repeat(block, suffix, classes, into);
            } else {
                into.add(LayerEntry.of(item, suffix, classes));
            }
        }
    }

    private static void repeat(Setting.Block block, String suffix, int classes, List<LayerEntry> into) {
        Setting.Origin at = block.entries().get(REPEAT).origin();
        if (block.entries().size() == 1
                && block.entries().get(REPEAT) instanceof Setting.Block what
                && what.entries().size() == 2
                && what.entries().get(TIMES) instanceof Setting.Scalar(Object times, String _, Setting.Origin _)
                && times instanceof Long count
                && what.entries().get(LAYERS) instanceof Setting.Sequence layers) {
            if (count < 1 || count > MOST_LAYERS) {
                throw at.problem(KEY, KEY + ": repeat.times must be 1 to " + MOST_LAYERS + ", got " + count);
            }
            for (int turn = 1; turn <= count; turn++) {
                expand(layers, suffix + "_" + turn, classes, into);
            }
            return;
        }
        throw at.problem(KEY, KEY + ": repeat must be {times: 2, layers: [...]} with these two keys");
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof LayerList list && list.plain().equals(plain());
    }

    @Override
    public int hashCode() {
        return plain().hashCode();
    }
}
