/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.cli.experiment.file;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Block {@code sweep} of an experiment file: lists of values by dotted key. Every combination is a design point; the last key
 * varies fastest.
 */
final class SweepGrid {
    static final String BLOCK = "sweep";
    private static final int LARGEST = 100_000;
    /** Beyond this they are not counted on, before the product overflows. */
    private static final long COUNTED = 1_000_000_000;

    private final Setting.Block block;
    private final Map<String, List<Setting>> values = new LinkedHashMap<>();

    private SweepGrid(Setting.Block block) {
        this.block = block;
        add("", block);
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
        Setting.Block outer = Setting.Block.empty(root.origin());
        Setting sweep = root.entries().remove(BLOCK);
        if (sweep != null) {
            outer.entries().put(BLOCK, sweep);
        }
        return outer;
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

    /** Adds the lists of a block; keys may be written dotted or as blocks. */
    private void add(String path, Setting.Block given) {
        given.entries().forEach((name, setting) -> {
            String key = path + name;
            switch (setting) {
                case Setting.Block inner -> add(key + ".", inner);
                case Setting.Sequence sequence when !sequence.items().isEmpty() -> values.put(key, sequence.items());
                default ->
                    throw setting.origin()
                            .problem(
                                    BLOCK + "." + key,
                                    BLOCK + "." + key + " must be a list of at least one value, got "
                                            + (setting instanceof Setting.Sequence
                                                    ? "an empty one"
                                                    : setting.describe()));
            }
        });
    }

    private long combinations() {
        long product = 1;
        for (List<Setting> list : values.values()) {
            product = Math.min(COUNTED, product * list.size());
        }
        return product;
    }

    int size() {
        return (int) combinations();
    }

    /** Names of a design point. */
    DesignPoint point(int number) {
        return new DesignPoint(
                number,
                List.copyOf(values.keySet()),
                settings(number).values().stream().map(SweepGrid::text).toList());
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
        for (Map.Entry<String, List<Setting>> entry : values.entrySet()) {
            below /= entry.getValue().size();
            settings.put(entry.getKey(), entry.getValue().get((int) (rest / below)));
            rest %= below;
        }
        return settings;
    }

    private static String text(Setting setting) {
        return switch (setting) {
            case Setting.Scalar scalar -> scalar.text();
            case Setting.Sequence sequence -> {
                List<String> items = new ArrayList<>();
                sequence.items().forEach(item -> items.add(text(item)));
                yield "[" + String.join(", ", items) + "]";
            }
            case Setting.Block inner -> {
                List<String> items = new ArrayList<>();
                inner.entries().forEach((key, value) -> items.add(key + ": " + text(value)));
                yield "{" + String.join(", ", items) + "}";
            }
        };
    }
}
