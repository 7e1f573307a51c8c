/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.experiment.file;

import java.lang.invoke.MethodType;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The keys of one block, read from the components of its record.
 *
 * @param fields by key, in the order of the components; the collector of a plug-in's keys is not among them
 * @param options component that collects all other keys, or null if there are none
 */
record Schema(Class<? extends Record> type, Map<String, Field> fields, RecordComponent options) {
    /** Key whose value decides which other keys a block has. */
    static final String KIND = "kind";

    /** Key that does so in a block where the other keys belong to a way of doing something. */
    private static final String METHOD = "method";

    /**
     * One key.
     *
     * @param block schema of its block, or of every block of a map; null for a value
     */
    record Field(String key, Key about, RecordComponent component, Schema block) {
        /** Whether it is a key of blocks whose {@code kind} is that word. */
        boolean isOf(String kind) {
            return about.kinds().length == 0 || List.of(about.kinds()).contains(kind);
        }

        /** Whether there is such a key, or its default, for some kinds alone. */
        boolean dependsOnKind() {
            return about.kinds().length > 0 || about.byKind().length > 0;
        }

        /** Default as it would be written in a block of that kind. */
        String otherwise(String kind) {
            return Arrays.stream(about.byKind())
                    .filter(own -> List.of(own.kinds()).contains(kind))
                    .map(Key.ByKind::otherwise)
                    .findFirst()
                    .orElse(about.otherwise());
        }

        boolean isBlock() {
            return block != null && !isMap();
        }

        /** Whether it holds blocks under names that the user chooses. */
        boolean isMap() {
            return component.getType() == Map.class;
        }

        /** Type of the value; of its items, for a list; of what may be missing, for an optional value. Numbers are primitive. */
        Class<?> valueType() {
            Type type = component.getGenericType();
            while (type instanceof ParameterizedType outer) {
                type = outer.getActualTypeArguments()[0];
            }
            return MethodType.methodType((Class<?>) type).unwrap().returnType();
        }

        boolean isList() {
            return component.getGenericType() instanceof ParameterizedType outer
                    && (outer.getRawType() == List.class
                            || outer.getActualTypeArguments()[0] instanceof ParameterizedType inner
                                    && inner.getRawType() == List.class);
        }

        /** Whether it may be missing without having a default of its own. */
        boolean isOptional() {
            return component.getType() == Optional.class;
        }
    }

    static Schema of(Class<? extends Record> type) {
        Map<String, Field> fields = new LinkedHashMap<>();
        RecordComponent options = null;
        for (RecordComponent component : type.getRecordComponents()) {
            Key about = component.getAnnotation(Key.class);
            if (about.name().equals(Key.OPTIONS)) {
                options = component;
                continue;
            }
            String key = about.name().isEmpty() ? Scalars.key(component.getName()) : about.name();
            fields.put(key, new Field(key, about, component, inner(component)));
        }
        return new Schema(type, Collections.unmodifiableMap(fields), options);
    }

    private static Schema inner(RecordComponent component) {
        if (component.getType().isRecord()) {
            return of(component.getType().asSubclass(Record.class));
        } else if (component.getType() == Map.class) {
            Type block = ((ParameterizedType) component.getGenericType()).getActualTypeArguments()[1];
            return of(((Class<?>) block).asSubclass(Record.class));
        }
        return null;
    }

    /** Word of the {@linkplain #kindKey deciding key} in a block where it is not written; "" for a block that has no such key. */
    String usualKind() {
        return fields.containsKey(kindKey()) ? fields.get(kindKey()).about().otherwise() : "";
    }

    /** Key whose value decides which other keys this block has, if one does. */
    String kindKey() {
        return deciding().orElse(fields.containsKey(METHOD) ? METHOD : KIND);
    }

    /** The deciding key, where it has a name of its own beside keys that all blocks have. */
    Optional<String> deciding() {
        return fields.values().stream()
                .filter(field -> field.about().decides())
                .map(Field::key)
                .findFirst();
    }

    /** Keys that blocks of that kind have; where it does not decide over all, those that others lack. */
    List<String> keysOf(String kind) {
        return fields.values().stream()
                .filter(field -> field.isOf(kind) && !field.key().equals(kindKey()))
                .filter(field -> deciding().isEmpty() || field.dependsOnKind())
                .map(Field::key)
                .toList();
    }

    /**
     * Whether a setting is left over from a manifest whose version kept keys of all kinds: nobody wrote it for this one.
     */
    boolean isLeftOver(Field field, String kind, Setting setting) {
        return deciding().isPresent() && !field.isOf(kind) && !setting.origin().isWritten();
    }

    /** The key that a component stands for. */
    Field field(RecordComponent component) {
        return fields.values().stream()
                .filter(field -> field.component().getName().equals(component.getName()))
                .findFirst()
                .orElseThrow();
    }

    /** Dotted keys of all values below this block; blocks under names that the user chooses count as one value. */
    List<String> dottedKeys() {
        List<String> keys = new ArrayList<>();
        fields.forEach((key, field) -> {
            if (field.isBlock()) {
                field.block().dottedKeys().forEach(inner -> keys.add(key + "." + inner));
            } else {
                keys.add(key);
            }
        });
        return keys;
    }
}
