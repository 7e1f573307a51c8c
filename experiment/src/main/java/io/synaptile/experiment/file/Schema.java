/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.experiment.file;

import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.ArrayList;
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

    /**
     * One key.
     *
     * @param block schema of its block, or of every block of a map; null for a value
     */
    record Field(String key, Key about, RecordComponent component, Schema block) {
        boolean isBlock() {
            return block != null && !isMap();
        }

        /** Whether it holds blocks under names that the user chooses. */
        boolean isMap() {
            return component.getType() == Map.class;
        }

        /** Type of the value; of its items, for a list; of what may be missing, for an optional value. */
        Class<?> valueType() {
            if (component.getGenericType() instanceof ParameterizedType list) {
                Type item = list.getActualTypeArguments()[0];
                return (Class<?>) item;
            }
            return component.getType();
        }

        boolean isList() {
            return List.class.isAssignableFrom(component.getType());
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
