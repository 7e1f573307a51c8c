/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.experiment.file;

import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Consumer;

/** Keys and values that have been renamed, see {@link Formerly}: read under either name, hashed under the earlier one. */
final class FormerNames {
    private FormerNames() {}

    /** The earlier name of a key, or the key where it has always had its name. */
    static String of(Schema.Field field) {
        Formerly formerly = field.component().getAnnotation(Formerly.class);
        return formerly == null ? field.key() : formerly.value();
    }

    /** The earlier word for a constant, or its word where it has always had that. */
    static String of(Enum<?> constant) {
        try {
            Formerly formerly =
                    constant.getDeclaringClass().getField(constant.name()).getAnnotation(Formerly.class);
            return formerly == null ? Scalars.word(constant) : formerly.value();
        } catch (NoSuchFieldException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Earlier names to what is written now, sorted: keys as {@code old.key}, values as {@code key: word}. */
    static SortedMap<String, String> all(Schema root) {
        SortedMap<String, String> names = new TreeMap<>();
        collect("", root, names);
        return names;
    }

    private static void collect(String path, Schema schema, Map<String, String> names) {
        schema.fields().forEach((key, field) -> {
            if (!of(field).equals(key)) {
                names.put(path + of(field), path + key);
            }
            if (field.valueType().isEnum()) {
                for (Object value : field.valueType().getEnumConstants()) {
                    Enum<?> constant = (Enum<?>) value;
                    if (!of(constant).equals(Scalars.word(constant))) {
                        names.put(path + key + ": " + of(constant), path + key + ": " + Scalars.word(constant));
                    }
                }
            }
            if (field.block() != null) {
                collect(path + key + (field.isMap() ? ".LAYER." : "."), field.block(), names);
            }
        });
    }

    /**
     * Replaces earlier names of keys and values by those of today.
     *
     * @param told receives one line per name replaced
     * @throws ConfigException if a key is given under both names
     */
    static void resolve(Setting.Block root, Schema schema, Consumer<String> told) {
        resolve("", root, schema, told);
    }

    private static void resolve(String path, Setting.Block block, Schema schema, Consumer<String> told) {
        schema.fields().forEach((key, field) -> {
            String former = of(field);
            if (!former.equals(key) && block.entries().containsKey(former)) {
                Setting.Origin at = block.entries().get(former).origin();
                if (block.entries().containsKey(key)) {
                    throw at.problem(
                            path + former,
                            path + former + " means " + path + key + ", which is given as well; keep one of them");
                }
                block.entries().put(key, block.entries().remove(former));
                told.accept(at.place() + path + former + " is read as " + path + key);
            }
            Setting setting = block.entries().get(key);
            if (setting instanceof Setting.Block inner && field.isBlock()) {
                resolve(path + key + ".", inner, field.block(), told);
            } else if (setting instanceof Setting.Block layers && field.isMap()) {
                layers.entries().forEach((name, entry) -> {
                    if (entry instanceof Setting.Block inner) {
                        resolve(path + key + "." + name + ".", inner, field.block(), told);
                    }
                });
            } else if (setting instanceof Setting.Scalar scalar
                    && field.valueType().isEnum()) {
                renamed(field, scalar).ifPresent(word -> {
                    block.entries().put(key, new Setting.Scalar(word, word, scalar.origin()));
                    told.accept(scalar.origin().place() + path + key + ": " + scalar.text() + " is read as " + path
                            + key + ": " + word);
                });
            }
        });
    }

    private static Optional<String> renamed(Schema.Field field, Setting.Scalar scalar) {
        for (Object value : field.valueType().getEnumConstants()) {
            Enum<?> constant = (Enum<?>) value;
            if (of(constant).equals(scalar.text()) && !Scalars.word(constant).equals(scalar.text())) {
                return Optional.of(Scalars.word(constant));
            }
        }
        return Optional.empty();
    }
}
