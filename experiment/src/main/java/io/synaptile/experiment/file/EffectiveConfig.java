/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.experiment.file;

import io.synaptile.sim.io.Sha256;
import java.lang.reflect.RecordComponent;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import tools.jackson.databind.json.JsonMapper;

/** The configuration an experiment ran with, complete with defaults, in one canonical form. */
public final class EffectiveConfig {
    private EffectiveConfig() {}

    /** All keys that the kinds of their blocks have, sorted, as nested maps of Boolean, Long, Double, String and lists of these. */
    public static SortedMap<String, Object> of(Experiment experiment) {
        return block(Schema.of(Experiment.class), experiment, false);
    }

    /**
     * As {@link #of}, without the keys that no result depends on, and with keys and values that have been renamed under their
     * {@linkplain Formerly earlier names}.
     */
    public static SortedMap<String, Object> hashed(Experiment experiment) {
        return block(Schema.of(Experiment.class), experiment, true);
    }

    /** What a dotted key of {@link #hashed} is called in an experiment file. */
    public static String nameToday(String hashedKey) {
        return FormerNames.all(Schema.of(Experiment.class)).getOrDefault(hashedKey, hashedKey);
    }

    /** SHA-256 over the canonical JSON of every key that a result depends on, in hexadecimal. */
    public static String hash(Experiment experiment) {
        byte[] json = JsonMapper.shared().writeValueAsString(hashed(experiment)).getBytes(StandardCharsets.UTF_8);
        return Sha256.of(json);
    }

    private static SortedMap<String, Object> block(Schema schema, Record record, boolean hashedOnly) {
        SortedMap<String, Object> map = new TreeMap<>();
        String kind = kind(schema, record);
        schema.fields().forEach((name, field) -> {
            String key = hashedOnly ? FormerNames.of(field) : name;
            Object own = get(field.component(), record);
            if (field.isOf(kind) && (!hashedOnly || counts(field, kind, own))) {
                switch (own) {
                    case Map<?, ?> entries -> map.put(key, entries(field.block(), entries, hashedOnly));
                    case Optional<?> optional ->
                        optional.ifPresent(value -> map.put(key, plain(field, value, hashedOnly)));
                    case Record inner -> {
                        SortedMap<String, Object> said = block(field.block(), inner, hashedOnly);
                        // A block whose optional keys are all left out says nothing.
                        if (hashedOnly || !said.isEmpty()) {
                            map.put(key, alone(field, said));
                        }
                    }
                    case Object value -> map.put(key, plain(field, value, hashedOnly));
                }
            }
        });
        if (schema.options() != null) {
            ((Map<?, ?>) get(schema.options(), record))
                    .forEach((key, value) -> nest(map, (String) key, place(value, hashedOnly)));
        }
        return map;
    }

    private static String kind(Schema schema, Record record) {
        Schema.Field field = schema.fields().get(schema.kindKey());
        return switch (field == null ? null : get(field.component(), record)) {
            case Enum<?> constant -> Scalars.word(constant);
            case Boolean set -> set.toString();
            case null, default -> schema.usualKind();
        };
    }

    /** Whether the hash is taken over a key that has this value. */
    private static boolean counts(Schema.Field field, String kind, Object value) {
        return field.about().hashed() && !(field.about().addedLater() && value.equals(Binder.otherwise(field, kind)));
    }

    /** A block as the single value that says the same, if there is one. */
    private static Object alone(Schema.Field field, SortedMap<String, Object> block) {
        String key = field.about().alone();
        return block.keySet().equals(Set.of(key)) ? block.get(key) : block;
    }

    private static SortedMap<String, Object> entries(Schema schema, Map<?, ?> entries, boolean hashedOnly) {
        SortedMap<String, Object> map = new TreeMap<>();
        entries.forEach((name, entry) -> map.put((String) name, block(schema, (Record) entry, hashedOnly)));
        return map;
    }

    private static Object plain(Schema.Field field, Object value, boolean hashedOnly) {
        return switch (value) {
            case List<?> list -> {
                List<Object> items = new ArrayList<>();
                list.forEach(item -> items.add(plain(field, item, hashedOnly)));
                yield items;
            }
            case LayerList layers -> layers.plain();
            case Enum<?> constant -> hashedOnly ? FormerNames.of(constant) : Scalars.word(constant);
            case Integer number ->
                number == 0 && !field.about().zero().isEmpty() ? field.about().zero() : (Object) number.longValue();
            case Double number
            when number == 0 && !field.about().zero().isEmpty() -> field.about().zero();
            case String text when hashedOnly && field.about().file() && isFile(text) -> place(Path.of(text), true);
            default -> value;
        };
    }

    private static boolean isFile(String name) {
        Path path = Path.of(name);
        return path.isAbsolute() && Files.isRegularFile(path);
    }

    /** A file is told by its place, and hashed by its content, so that a run can be moved. */
    private static Object place(Object value, boolean hashed) {
        return switch (value) {
            case Path file when hashed -> "sha256 " + Sha256.of(file);
            case Path file -> file.toString();
            default -> value;
        };
    }

    @SuppressWarnings("unchecked") // nested maps are made here
    private static void nest(Map<String, Object> map, String dotted, Object value) {
        int dot = dotted.indexOf('.');
        if (dot < 0) {
            map.put(dotted, value);
        } else {
            Map<String, Object> inner = (Map<String, Object>)
                    map.computeIfAbsent(dotted.substring(0, dot), name -> new TreeMap<String, Object>());
            nest(inner, dotted.substring(dot + 1), value);
        }
    }

    private static Object get(RecordComponent component, Record record) {
        try {
            return component.getAccessor().invoke(record);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
    }
}
