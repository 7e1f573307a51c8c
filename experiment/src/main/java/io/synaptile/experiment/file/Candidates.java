/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.experiment.file;

import io.synaptile.text.message.Quoted;
import io.synaptile.text.message.Spelling;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;

/**
 * Block {@code compare} of an experiment file: settings of every candidate under its name, the scales of programming variation at
 * which their chips are simulated, and settings with which SRAM words repair them.
 */
final class Candidates {
    private static final String BLOCK = "compare";
    private static final String METHODS = "methods";
    private static final String VARIATION = "variation";
    private static final String REPAIR = "repair";
    private static final List<String> KEYS = List.of(METHODS, VARIATION, REPAIR);
    private static final List<Double> USUAL_SCALES = List.of(0.0, 1.0, 2.0);
    private static final String CELL_SCALE = "hardware.cell.programming.scale";
    private static final String TRAINED_SCALE = "train.variation.scale";

    private final Setting.Block block;
    private final SequencedMap<String, Setting.Block> methods = new LinkedHashMap<>();
    private final List<Double> scales;

    private Candidates(Setting.Block block) {
        this.block = block;
        block.entries().forEach((key, setting) -> {
            if (!KEYS.contains(key)) {
                throw setting.origin()
                        .problem(
                                BLOCK + "." + key,
                                "unknown key " + BLOCK + "." + Quoted.bare(key)
                                        + Spelling.nearest(key, KEYS)
                                                .map(near -> "; did you mean " + BLOCK + "." + near + "?")
                                                .orElse("")
                                        + " (" + BLOCK + " has " + String.join(", ", KEYS) + ")");
            }
        });
        Setting given = block.entries().get(METHODS);
        if (!(given instanceof Setting.Block named) || named.entries().isEmpty()) {
            throw (given == null ? block : given)
                    .origin()
                    .problem(
                            BLOCK + "." + METHODS,
                            BLOCK + "." + METHODS
                                    + " must be a block of names, each with a block of settings, for example"
                                    + " {bntt: {train.method: bntt}, binary: {train.method: conversion,"
                                    + " train.binary: true}}");
        }
        named.entries().forEach((name, setting) -> methods.put(name, candidate(name, setting)));
        this.scales = scales(block.entries().get(VARIATION));
        if (block.entries().get(REPAIR) instanceof Setting other && !(other instanceof Setting.Block)) {
            throw other.origin()
                    .problem(
                            BLOCK + "." + REPAIR,
                            BLOCK + "." + REPAIR + " must be a block of settings, got " + other.describe());
        }
    }

    /** What {@link Tree#taken} finds in the settings of a file or of the command line. */
    static Setting.Block takenFrom(Setting.Block root) {
        return Tree.taken(root, BLOCK);
    }

    /**
     * What {@link #takenFrom} found.
     *
     * @throws ConfigException if the block has other keys or no candidates, or its scales are no numbers of at least 0
     */
    static Optional<Candidates> of(Setting.Block outer) {
        Setting setting = outer.entries().get(BLOCK);
        if (setting == null) {
            return Optional.empty();
        }
        if (!(setting instanceof Setting.Block given)) {
            throw setting.origin()
                    .problem(BLOCK, BLOCK + " must be a block with " + METHODS + ", got " + setting.describe());
        }
        return Optional.of(new Candidates(given));
    }

    private static Setting.Block candidate(String name, Setting setting) {
        String key = BLOCK + "." + METHODS + "." + name;
        if (!name.matches("[A-Za-z0-9][A-Za-z0-9_-]{0,39}")) {
            throw setting.origin()
                    .problem(
                            key,
                            "names of " + BLOCK + "." + METHODS
                                    + " must consist of 1 to 40 letters, digits, '_' and '-' and begin with a letter or"
                                    + " digit, got " + Quoted.of(name));
        }
        if (!(setting instanceof Setting.Block given)) {
            throw setting.origin().problem(key, key + " must be a block of settings, got " + setting.describe());
        }
        return given;
    }

    private static List<Double> scales(Setting setting) {
        if (setting == null) {
            return USUAL_SCALES;
        }
        List<Double> scales = new ArrayList<>();
        if (setting instanceof Setting.Sequence sequence) {
            for (Setting item : sequence.items()) {
                if (item instanceof Setting.Scalar(Object value, String _, Setting.Origin _)
                        && value instanceof Number number
                        && number.doubleValue() >= 0) {
                    scales.add(number.doubleValue());
                }
            }
            if (!scales.isEmpty() && scales.size() == sequence.items().size()) {
                return List.copyOf(scales);
            }
        }
        throw setting.origin()
                .problem(
                        BLOCK + "." + VARIATION,
                        BLOCK + "." + VARIATION
                                + " must be a list of factors of at least 0 on the programming variation,"
                                + " for example [0, 1, 2]");
    }

    List<String> names() {
        return List.copyOf(methods.keySet());
    }

    /** Factors on the programming variation of the chips. */
    List<Double> scales() {
        return scales;
    }

    /** Whether candidates are repaired. */
    boolean repairs() {
        return block.entries().get(REPAIR) instanceof Setting.Block
                && scales.stream().anyMatch(scale -> scale > 0);
    }

    /** Settings of a candidate as a block to lay over the others. */
    Setting.Block over(String name) {
        return laid(methods.get(name));
    }

    /** Settings of the repair as a block to lay over the others. */
    Setting.Block repair() {
        return laid((Setting.Block) block.entries().get(REPAIR));
    }

    private static Setting.Block laid(Setting.Block given) {
        Setting.Block over = Setting.Block.empty(given.origin());
        Tree.flat(given).forEach((key, value) -> Tree.put(over, key, value));
        return over;
    }

    /** Design points of a candidate: its chips at every scale. */
    SweepGrid chips() {
        Setting.Block keys = Setting.Block.empty(block.origin());
        keys.entries()
                .put(
                        CELL_SCALE,
                        new Setting.Sequence(scales.stream().map(this::number).toList(), block.origin()));
        return grid(keys);
    }

    /** Design points of its repair: words trained for chips of every scale above 0. */
    SweepGrid repairedChips() {
        List<Setting> points = new ArrayList<>();
        for (double scale : scales) {
            if (scale > 0) {
                Setting.Block point = Setting.Block.empty(block.origin());
                Tree.put(point, CELL_SCALE, number(scale));
                Tree.put(point, TRAINED_SCALE, number(scale));
                points.add(point);
            }
        }
        Setting.Block keys = Setting.Block.empty(block.origin());
        keys.entries().put(SweepGrid.TOGETHER, new Setting.Sequence(points, block.origin()));
        return grid(keys);
    }

    private SweepGrid grid(Setting.Block keys) {
        Setting.Block outer = Setting.Block.empty(block.origin());
        outer.entries().put(SweepGrid.BLOCK, keys);
        return SweepGrid.of(outer).orElseThrow();
    }

    private Setting number(double value) {
        return scalar(value == Math.rint(value) ? (Object) (long) value : (Object) value);
    }

    /** A value of the program's own, as if it stood in the block. */
    Setting scalar(Object value) {
        return new Setting.Scalar(value, value.toString(), block.origin());
    }
}
