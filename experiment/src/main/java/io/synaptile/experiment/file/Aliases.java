/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.experiment.file;

import io.synaptile.text.message.Spelling;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;

/**
 * Names that other tools of the field use for our keys. They are accepted in any block that has no key of that name, nor one of
 * which it is a slip.
 */
final class Aliases {
    private static final Map<String, List<String>> CANONICAL = new TreeMap<>(Map.ofEntries(
            Map.entry("num_steps", List.of("network.time_steps")),
            Map.entry("T", List.of("network.time_steps")),
            Map.entry("timesteps", List.of("network.time_steps")),
            Map.entry("leak_mem", List.of("network.neuron.leak")),
            Map.entry("quant", List.of("train.quantise.bits")),
            Map.entry("var_scale", List.of("train.variation.scale")),
            Map.entry("batch_size", List.of("data.batch")),
            Map.entry("dataset", List.of("data.set")),
            Map.entry("num_epochs", List.of("train.epochs")),
            Map.entry("learning_rate", List.of("train.optimizer.lr")),
            Map.entry("sram_bit", List.of("hardware.recovery.sram_bits")),
            Map.entry("shift_bit", List.of("hardware.recovery.shift")),
            Map.entry("load_rram", List.of("train.from")),
            Map.entry("load_sram", List.of("train.recovery.baseline")),
            Map.entry("swp", List.of("train.prune.enabled")),
            Map.entry("group", List.of("train.prune.group")),
            Map.entry("lamda", List.of("train.prune.lambda")),
            Map.entry("ratio", List.of("train.prune.ratio")),
            Map.entry("th", List.of("train.prune.threshold")),
            Map.entry("noprune1", List.of("train.prune.keep_first")),
            Map.entry("xbar_size", List.of("hardware.tile.rows", "hardware.tile.columns")),
            Map.entry("sub_array", List.of("hardware.tile.rows", "hardware.tile.columns")),
            Map.entry("adc_precision", List.of("hardware.readout.bits")),
            Map.entry("cellBit", List.of("hardware.cell.bits")),
            Map.entry("bitcell", List.of("hardware.cell.bits")),
            Map.entry("rate_stuck_0", List.of("hardware.cell.stuck.off")),
            Map.entry("rate_stuck_1", List.of("hardware.cell.stuck.on"))));

    /** A name that stands for one value of a key when it is true, and for nothing when it is false. */
    record Flag(String key, String value) {}

    private static final Map<String, Flag> FLAGS = new TreeMap<>(Map.of(
            "sram", new Flag("hardware.codec", "rram-plus-shifted-sram"),
            "load_rram_w", new Flag("train.recovery.init", "rram"),
            "load_sram_w", new Flag("train.recovery.init", "baseline"),
            "sram_init0", new Flag("train.recovery.init", "zero"),
            "sram_noqt", new Flag("hardware.recovery.sram_bits", "float"),
            "no_var", new Flag("train.variation.device", "none")));

    private Aliases() {}

    /** Alias to canonical keys, sorted by alias. */
    static Map<String, List<String>> all() {
        return CANONICAL;
    }

    /** Flag to key and value, sorted by flag. */
    static Map<String, Flag> flags() {
        return FLAGS;
    }

    /**
     * Replaces aliases by their canonical keys.
     *
     * @param told receives one line per alias met
     * @throws ConfigException if alias and canonical key are both given
     */
    static void resolve(Setting.Block root, Schema schema, Consumer<String> told) {
        Map<String, Setting> found = new LinkedHashMap<>();
        collect("", root, schema, found);
        found.forEach((alias, value) -> {
            List<String> keys = CANONICAL.get(alias);
            Setting.Origin at = value.origin();
            String meaning;
            if (keys == null) {
                Flag flag = FLAGS.get(alias);
                if (isTrue(alias, value)) {
                    put(root, flag.key(), new Setting.Scalar(flag.value(), flag.value(), at), alias);
                }
                meaning = flag.key() + ": " + flag.value() + " where it is true";
            } else {
                keys.forEach(key -> put(root, key, value, alias));
                meaning = String.join(" and ", keys);
            }
            told.accept(at.place() + alias + " is read as " + meaning);
        });
    }

    private static void put(Setting.Block root, String key, Setting value, String alias) {
        if (Tree.find(root, key) != null) {
            throw value.origin().problem(key, alias + " means " + key + ", which is given as well; keep one of them");
        }
        Tree.put(root, key, value);
    }

    private static boolean isTrue(String flag, Setting value) {
        if (value instanceof Setting.Scalar scalar && scalar.value() instanceof Boolean set) {
            return set;
        }
        throw value.origin().problem(flag, flag + " must be true or false, got " + value.describe());
    }

    private static void collect(String path, Setting.Block block, Schema schema, Map<String, Setting> found) {
        block.entries().entrySet().removeIf(entry -> {
            String key = entry.getKey();
            if (schema.fields().containsKey(key) || !isAlias(key) || isSlip(path, key, schema)) {
                return false;
            }
            Setting value = entry.getValue();
            if (found.put(key, value) != null) {
                throw value.origin().problem(key, key + " is given twice");
            }
            return true;
        });
        block.entries().forEach((key, value) -> {
            Schema.Field field = schema.fields().get(key);
            if (field != null && field.isBlock() && value instanceof Setting.Block inner) {
                collect(path + key + ".", inner, field.block(), found);
            }
        });
    }

    private static boolean isAlias(String key) {
        return CANONICAL.containsKey(key) || FLAGS.containsKey(key);
    }

    /** Whether a name in a block rather is a key of that block with a slip than what it stands for elsewhere. */
    private static boolean isSlip(String path, String key, Schema schema) {
        boolean meansThisBlock = CANONICAL.getOrDefault(key, List.of()).stream()
                .anyMatch(
                        meant -> meant.substring(0, meant.lastIndexOf('.') + 1).equals(path));
        return !meansThisBlock && schema.fields().keySet().stream().anyMatch(known -> Spelling.isSlip(key, known));
    }
}
