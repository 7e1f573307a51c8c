/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.experiment.file;

import io.synaptile.devices.CellModels;
import io.synaptile.devices.CellOption;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;

/**
 * Settings that name another kind of cell, converter or array read-out, of an effect within one, or of what else has keys by
 * its kind: the options beneath were those of the kind before, so they go.
 */
final class OtherKinds {
    private static final String CELL = "hardware.cell";
    private static final String LAYERS = "hardware.per_layer";

    private final Setting.Block root;
    private final List<Setting.Block> over;
    private final CellModels cells;
    private final Consumer<String> notices;

    private OtherKinds(Setting.Block root, List<Setting.Block> over, CellModels cells, Consumer<String> notices) {
        this.root = root;
        this.over = over;
        this.cells = cells;
        this.notices = notices;
    }

    /**
     * Empties every block of {@code root} whose keys belong to its {@code kind} and that the settings {@code over} give
     * another kind.
     *
     * @param schema of the experiment file, whose keys say of which kinds they are
     * @param cells those installed, which know the kinds that hold where none is written
     * @param notices told what is no longer there
     */
    static void begin(
            Setting.Block root, List<Setting.Block> over, Schema schema, CellModels cells, Consumer<String> notices) {
        OtherKinds kinds = new OtherKinds(root, over, cells, notices);
        if (Tree.find(root, LAYERS) instanceof Setting.Block layers) {
            String inherited = kinds.before(CELL, HardwareBlock.Cell.DEFAULT_KIND);
            for (String layer : List.copyOf(layers.entries().keySet())) {
                kinds.begin(LAYERS + "." + layer + ".cell", inherited);
            }
        }
        kinds.begin(CELL, HardwareBlock.Cell.DEFAULT_KIND);
        kinds.begin("hardware.readout.adc", HardwareBlock.Readout.Adc.NONE);
        kinds.begin("hardware.readout.array", HardwareBlock.Readout.Array.NONE);
        kinds.begin("", schema);
    }

    /** Blocks whose keys say themselves of which kinds they are. */
    private void begin(String path, Schema schema) {
        schema.fields().values().stream().filter(Schema.Field::isBlock).forEach(field -> {
            String key = path + field.key();
            if (Tree.find(root, key) instanceof Setting.Block block) {
                Schema inner = field.block();
                if (inner.deciding().isPresent()) {
                    dropOthers(key, block, inner);
                } else if (inner.fields().values().stream().anyMatch(Schema.Field::dependsOnKind)) {
                    empty(key, block, before(key, inner.usualKind()), inner.usualKind());
                }
                begin(key + ".", inner);
            }
        });
    }

    /** Drops the keys that a block has no longer by another value of its deciding key, beside which others stay. */
    private void dropOthers(String key, Setting.Block block, Schema schema) {
        String decider = key + "." + schema.kindKey();
        String before = kind(Tree.find(root, decider), schema.usualKind());
        String now = before;
        for (Setting.Block settings : over) {
            Setting said = Tree.find(settings, decider);
            now = Tree.isNothing(said) ? schema.usualKind() : kind(said, now);
        }
        if (now.equals(before)) {
            return;
        }
        String word = now;
        List<String> dropped = block.entries().keySet().stream()
                .filter(name -> schema.fields().containsKey(name)
                        && !schema.fields().get(name).isOf(word))
                .toList();
        if (!dropped.isEmpty()) {
            dropped.forEach(block.entries()::remove);
            notices.accept(decider + " " + now + ": what was given for " + before + " is dropped ("
                    + String.join(", ", dropped) + ")");
        }
    }

    /** @param otherwise the kind that holds where none is written */
    private void begin(String key, String otherwise) {
        if (!(Tree.find(root, key) instanceof Setting.Block block)) {
            return;
        }
        String before = before(key, otherwise);
        if (!empty(key, block, before, otherwise)) {
            effects(key, key, block, before);
        }
    }

    /** Effects of one kind of cell, such as its drift. */
    private void effects(String owner, String key, Setting.Block block, String cell) {
        for (String name : List.copyOf(block.entries().keySet())) {
            if (block.entries().get(name) instanceof Setting.Block inner) {
                String effect = key + "." + name;
                String otherwise = usual(cell, effect.substring(owner.length() + 1) + "." + Schema.KIND);
                if (!empty(effect, inner, before(effect, otherwise), otherwise)) {
                    effects(owner, effect, inner, cell);
                }
            }
        }
    }

    /** Empties a block if its kind becomes another one. */
    private boolean empty(String key, Setting.Block block, String before, String otherwise) {
        String now = before;
        for (Setting.Block settings : over) {
            Setting said = Tree.find(settings, key + "." + Schema.KIND);
            now = Tree.isNothing(said) ? otherwise : kind(said, now);
        }
        if (now.equals(before)) {
            return false;
        }
        Set<String> options = new TreeSet<>(block.entries().keySet());
        options.remove(Schema.KIND);
        block.entries().clear();
        if (!options.isEmpty()) {
            notices.accept(key + ".kind " + now + ": options given for " + before + " are dropped ("
                    + String.join(", ", options) + ")");
        }
        return true;
    }

    private String before(String key, String otherwise) {
        return kind(Tree.find(root, key + "." + Schema.KIND), otherwise);
    }

    /** The value of a cell's option where it is not given; a word that is no kind where that is not known. */
    private String usual(String cell, String option) {
        return cells.providers().stream()
                .filter(provider -> provider.kind().equals(cell))
                .flatMap(provider -> provider.described().stream())
                .filter(described -> described.name().equals(option))
                .map(CellOption::otherwise)
                .findFirst()
                .orElse("the usual kind");
    }

    private static String kind(Setting setting, String otherwise) {
        return setting instanceof Setting.Scalar(Object value, String text, Setting.Origin _) && value != null
                ? text
                : otherwise;
    }
}
