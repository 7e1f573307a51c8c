/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.experiment.file;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Block {@code sweep} of an experiment file: lists of values by dotted key, and under {@code together} a list of blocks whose
 * keys change at the same time. Every combination is a design point; what stands last varies fastest.
 */
final class SweepGrid {
    static final String BLOCK = "sweep";
    static final String TOGETHER = "together";
    private static final int LARGEST = 100_000;
    /** Beyond this they are not counted on, before the product overflows. */
    private static final long COUNTED = 1_000_000_000;

    private final Setting.Block block;
    /** One list of alternatives for every key or group of keys. */
    private final List<List<Map<String, Setting>>> dimensions = new ArrayList<>();

    private final Set<String> keys = new LinkedHashSet<>();

    private SweepGrid(Setting.Block block) {
        this.block = block;
        add("", block);
        keys.forEach(this::refuseWithin);
        if (combinations() > LARGEST) {
            throw block.origin()
                    .problem(
                            BLOCK,
                            "sweep has at least " + combinations() + " combinations, and at most " + LARGEST
                                    + " are run");
        }
    }

    /**
     * Removes the block from the settings of a file or of the command line.
     *
     * @return the block inside another, as it was written; empty if there is none
     */
    static Setting.Block takenFrom(Setting.Block root) {
        return Tree.taken(root, BLOCK);
    }

    /**
     * The grid of what {@link #takenFrom} found.
     *
     * @throws ConfigException if the block has no keys, a key has no list of values, or there are too many combinations
     */
    static Optional<SweepGrid> of(Setting.Block outer) {
        Setting setting = outer.entries().get(BLOCK);
        if (setting == null) {
            return Optional.empty();
        }
        if (!(setting instanceof Setting.Block given) || given.entries().isEmpty()) {
            throw setting.origin()
                    .problem(
                            BLOCK,
                            "sweep must be a block of dotted keys with lists of values, got "
                                    + (setting instanceof Setting.Block ? "an empty block" : setting.describe()));
        }
        return Optional.of(new SweepGrid(given));
    }

    /** A key within another whose values are no blocks would take their place. */
    private void refuseWithin(String key) {
        for (List<Map<String, Setting>> alternatives : dimensions) {
            for (Map<String, Setting> settings : alternatives) {
                settings.forEach((outer, value) -> {
                    if (key.startsWith(outer + ".") && !(value instanceof Setting.Block)) {
                        throw value.origin()
                                .problem(
                                        BLOCK + "." + outer,
                                        BLOCK + "." + outer + " and " + BLOCK + "." + key
                                                + " are about the same block; " + outer + " cannot be "
                                                + value.describe() + " and have keys");
                    }
                });
            }
        }
    }

    /** Adds the lists of a block; keys may be written dotted or as blocks. */
    private void add(String path, Setting.Block given) {
        given.entries().forEach((name, setting) -> {
            String key = path + name;
            if (setting instanceof Setting.Block inner) {
                add(key + ".", inner);
                return;
            }
            if (!(setting instanceof Setting.Sequence sequence)
                    || sequence.items().isEmpty()) {
                throw setting.origin()
                        .problem(
                                BLOCK + "." + key,
                                BLOCK + "." + key + " must be a list of at least one value, got "
                                        + (setting instanceof Setting.Sequence ? "an empty one" : setting.describe()));
            }
            dimensions.add(sequence.items().stream()
                    .map(item -> key.equals(TOGETHER) ? together(item) : Map.of(key, item))
                    .toList());
        });
        dimensions.forEach(alternatives -> alternatives.forEach(settings -> keys.addAll(settings.keySet())));
    }

    private static Map<String, Setting> together(Setting item) {
        Map<String, Setting> settings = item instanceof Setting.Block given ? Tree.flat(given) : Map.of();
        if (settings.isEmpty()) {
            throw item.origin()
                    .problem(
                            BLOCK + "." + TOGETHER,
                            BLOCK + "." + TOGETHER + " must be a list of blocks of keys and values, got "
                                    + item.describe() + " in it");
        }
        return settings;
    }

    private long combinations() {
        long product = 1;
        for (List<Map<String, Setting>> alternatives : dimensions) {
            product = Math.min(COUNTED, product * alternatives.size());
        }
        return product;
    }

    int size() {
        return (int) combinations();
    }

    /** Names of a design point; a key that a point does not set has the value {@code ""}. */
    DesignPoint point(int number) {
        Map<String, Setting> settings = settings(number);
        return new DesignPoint(
                number,
                List.copyOf(keys),
                keys.stream()
                        .map(key -> settings.containsKey(key) ? text(settings.get(key)) : "")
                        .toList());
    }

    /** The settings of a design point as a block to lay over the others. */
    Setting.Block over(int number) {
        Setting.Block over = Setting.Block.empty(block.origin());
        settings(number).forEach((key, value) -> Tree.put(over, key, value));
        return over;
    }

    private Map<String, Setting> settings(int number) {
        Map<String, Setting> settings = new LinkedHashMap<>();
        long below = combinations();
        long rest = number;
        for (List<Map<String, Setting>> alternatives : dimensions) {
            below /= alternatives.size();
            settings.putAll(alternatives.get((int) (rest / below)));
            rest %= below;
        }
        return settings;
    }

    private static String text(Setting setting) {
        return switch (setting) {
            case Setting.Scalar scalar -> scalar.text();
            case Setting.Sequence sequence ->
                "["
                        + String.join(
                                ", ",
                                sequence.items().stream().map(SweepGrid::text).toList()) + "]";
            case Setting.Block inner ->
                "{"
                        + String.join(
                                ", ",
                                inner.entries().entrySet().stream()
                                        .map(entry -> entry.getKey() + ": " + text(entry.getValue()))
                                        .toList())
                        + "}";
        };
    }
}
