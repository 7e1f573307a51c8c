/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.experiment.file;

import io.synaptile.text.message.Spelling;
import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Turns settings into the record of their block: types, defaults, unknown keys, and the refusals of the records. */
final class Binder {
    private static final Pattern LAYER_PATTERN = Pattern.compile("[A-Za-z0-9_*?-]+");

    private final Schema rootSchema;
    private final Setting.Block root;

    Binder(Schema rootSchema, Setting.Block root) {
        this.rootSchema = rootSchema;
        this.root = root;
    }

    Record bind() {
        return block("", rootSchema, root);
    }

    private Record block(String path, Schema schema, Setting.Block block) {
        refuseUnknownKeys(path, schema, block);
        String kind = kind(schema, block);
        refuseKeysOfOtherKinds(path, schema, block, kind);
        List<Object> arguments = new ArrayList<>();
        for (RecordComponent component : schema.type().getRecordComponents()) {
            if (schema.options() != null
                    && component.getName().equals(schema.options().getName())) {
                arguments.add(options(schema, block));
                continue;
            }
            Schema.Field field = schema.field(component);
            String dotted = path + field.key();
            Setting given = block.entries().get(field.key());
            if (field.isMap()) {
                arguments.add(entries(dotted, field, given));
            } else {
                arguments.add(
                        field.isBlock()
                                ? inner(dotted, field, given, block)
                                : value(
                                        dotted,
                                        field,
                                        kind,
                                        isLeftOver(schema, field, kind, given) ? null : given,
                                        block));
            }
        }
        return construct(path, schema, arguments, block);
    }

    private static boolean isLeftOver(Schema schema, Schema.Field field, String kind, Setting given) {
        return given != null && schema.isLeftOver(field, kind, given);
    }

    private Record inner(String dotted, Schema.Field field, Setting given, Setting.Block outer) {
        if (given == null) {
            return block(dotted + ".", field.block(), Setting.Block.empty(outer.origin()));
        } else if (given instanceof Setting.Block block) {
            return block(dotted + ".", field.block(), block);
        } else if (given instanceof Setting.Scalar scalar && scalar.value() == null) {
            return block(dotted + ".", field.block(), Setting.Block.empty(given.origin()));
        }
        throw notABlock(dotted, field, given);
    }

    private Map<String, Record> entries(String dotted, Schema.Field field, Setting given) {
        Map<String, Record> entries = new TreeMap<>();
        if (given instanceof Setting.Block named) {
            named.entries().forEach((name, entry) -> {
                String key = dotted + "." + name;
                if (!LAYER_PATTERN.matcher(name).matches()) {
                    throw entry.origin()
                            .problem(key, key + " must be named after a layer, with * and ? for other characters");
                } else if (!(entry instanceof Setting.Block block)) {
                    throw notABlock(key, field, entry);
                } else {
                    entries.put(name, block(key + ".", field.block(), block));
                }
            });
        } else if (given != null) {
            throw given.origin().problem(dotted, dotted + " must be a block of layer names, got " + given.describe());
        }
        return entries;
    }

    private static ConfigException notABlock(String dotted, Schema.Field field, Setting given) {
        return given.origin()
                .problem(
                        dotted,
                        dotted + " must be a block with the keys " + known(field.block()) + ", got "
                                + given.describe());
    }

    private static Object value(String dotted, Schema.Field field, String kind, Setting given, Setting.Block block) {
        Setting setting = given;
        boolean mayBeMissing = field.isOptional() && (field.about().kinds().length == 0 || !field.isOf(kind));
        if (setting == null && !mayBeMissing) {
            String otherwise = field.otherwise(kind);
            if (otherwise.equals(Key.REQUIRED)) {
                throw block.origin()
                        .problem(
                                dotted,
                                dotted + " is missing" + (field.isOptional() ? " for kind " + kind : "") + ": "
                                        + field.about().value());
            }
            setting = new YamlText("default of " + dotted, false).read(otherwise);
        }
        if (field.isOptional()) {
            return Optional.ofNullable(setting).map(written -> plain(dotted, field, written));
        }
        return plain(dotted, field, setting);
    }

    private static Object plain(String dotted, Schema.Field field, Setting setting) {
        return field.isList() ? list(dotted, field, setting) : scalar(dotted, field, setting);
    }

    /** What a component holds where its key is not written in a block of that kind. */
    static Object otherwise(Schema.Field field, String kind) {
        Setting.Block nothing = Setting.Block.empty(new Setting.Origin("default", 0));
        if (field.isMap()) {
            return Map.of();
        } else if (field.isBlock()) {
            return new Binder(field.block(), nothing).bind();
        }
        return value(field.key(), field, kind, null, nothing);
    }

    /** The kind of a block as it is written, or its usual kind; "" if it has none. */
    private static String kind(Schema schema, Setting.Block block) {
        return block.entries().get(schema.kindKey()) instanceof Setting.Scalar written && written.value() != null
                ? word(written)
                : schema.usualKind();
    }

    private static String word(Setting.Scalar written) {
        return written.value() instanceof Boolean set ? set.toString() : written.text();
    }

    private static void refuseKeysOfOtherKinds(String path, Schema schema, Setting.Block block, String kind) {
        boolean known = schema.fields().values().stream().anyMatch(field -> isWord(schema, field, kind));
        block.entries().forEach((key, value) -> {
            Schema.Field field = schema.fields().get(key);
            if (known && field != null && !field.isOf(kind) && !schema.isLeftOver(field, kind, value)) {
                String own = String.join(", ", schema.keysOf(kind));
                throw value.origin()
                        .problem(
                                path + key,
                                path + key + " is a key of " + path + schema.kindKey() + " "
                                        + String.join(" and ", field.about().kinds()) + ", and it is " + kind
                                        + (own.isEmpty() ? "" : ", which has " + own));
            }
        });
    }

    /** Whether the key that decides can be that word. */
    private static boolean isWord(Schema schema, Schema.Field field, String kind) {
        if (!field.key().equals(schema.kindKey())) {
            return false;
        } else if (field.valueType() == boolean.class) {
            return kind.equals("true") || kind.equals("false");
        }
        return field.valueType().isEnum()
                && Arrays.stream(field.valueType().getEnumConstants())
                        .anyMatch(constant -> Scalars.word((Enum<?>) constant).equals(kind));
    }

    private static List<Object> list(String dotted, Schema.Field field, Setting given) {
        List<Setting> items = given instanceof Setting.Sequence sequence ? sequence.items() : List.of(given);
        List<Object> values = new ArrayList<>();
        for (Setting item : items) {
            values.add(scalar(dotted, field, item));
        }
        return values;
    }

    private static Object scalar(String dotted, Schema.Field field, Setting given) {
        Class<?> type = field.valueType();
        if (type == LayerList.class) {
            return LayerList.of(dotted, given);
        }
        String zero = field.about().zero();
        if (given instanceof Setting.Scalar scalar && scalar.value() != null) {
            Object value = scalar.value();
            if (type == String.class) {
                return scalar.text();
            } else if (type == boolean.class && value instanceof Boolean) {
                return value;
            } else if (type.isEnum()) {
                for (Object constant : type.getEnumConstants()) {
                    if (Scalars.word((Enum<?>) constant).equals(scalar.text())) {
                        return constant;
                    }
                }
            } else if (!zero.isEmpty() && scalar.text().equals(zero)) {
                return type == double.class ? (Object) 0.0 : (Object) 0;
            } else if (type == double.class && value instanceof Number number) {
                return number.doubleValue();
            } else if (type == long.class && value instanceof Long) {
                return value;
            } else if (type == int.class && value instanceof Long whole) {
                if (whole == whole.intValue()) {
                    return whole.intValue();
                }
                throw given.origin()
                        .problem(dotted, dotted + " must be at most " + Integer.MAX_VALUE + ", got " + whole);
            }
        }
        throw given.origin().problem(dotted, dotted + " must be " + expected(type, zero) + ", got " + given.describe());
    }

    /** What a value of that type looks like, as it follows "must be". */
    static String expected(Class<?> type, String zero) {
        String or = zero.isEmpty() ? "" : " or '" + zero + "'";
        if (type.isEnum()) {
            String words = Arrays.stream(type.getEnumConstants())
                    .map(constant -> Scalars.word((Enum<?>) constant))
                    .collect(Collectors.joining(", "));
            return type.getEnumConstants().length == 1 ? words : "one of " + words;
        } else if (type == boolean.class) {
            return "true or false";
        } else if (type == double.class) {
            return "a number" + or;
        } else if (type == String.class) {
            return "a word";
        } else if (type == LayerList.class) {
            return "a list of layers";
        }
        return "a whole number" + or;
    }

    private static Map<String, Object> options(Schema schema, Setting.Block block) {
        Map<String, Object> options = new TreeMap<>();
        block.entries().forEach((key, value) -> {
            if (!schema.fields().containsKey(key)) {
                flatten(key, value, options);
            }
        });
        return options;
    }

    private static void flatten(String key, Setting value, Map<String, Object> into) {
        switch (value) {
            case Setting.Block block -> block.entries().forEach((inner, v) -> flatten(key + "." + inner, v, into));
            case Setting.Sequence sequence ->
                into.put(key, sequence.items().stream().map(Binder::plain).toList());
            case Setting.Scalar scalar -> into.put(key, plain(scalar));
        }
    }

    private static Object plain(Setting item) {
        if (item instanceof Setting.Scalar scalar && scalar.value() != null) {
            return scalar.value();
        }
        throw item.origin().problem("", "expected a value, got " + item.describe());
    }

    private void refuseUnknownKeys(String path, Schema schema, Setting.Block block) {
        if (schema.options() != null) {
            return;
        }
        block.entries().forEach((key, value) -> {
            if (!schema.fields().containsKey(key)) {
                String meant = Spelling.nearest(key, schema.fields().keySet())
                        .map(near -> path + near)
                        .or(() -> elsewhere(key))
                        .map(near -> "; did you mean " + near + "?")
                        .orElse("");
                String owner = path.isEmpty() ? "an experiment" : path.substring(0, path.length() - 1);
                throw value.origin()
                        .problem(
                                path + key,
                                "unknown key " + path + key + meant + " (" + owner + " has " + known(schema) + ")");
            }
        });
    }

    /** A key of that name in another block. */
    private Optional<String> elsewhere(String key) {
        return rootSchema.dottedKeys().stream()
                .filter(dotted -> dotted.endsWith("." + key))
                .findFirst();
    }

    private static String known(Schema schema) {
        return String.join(", ", schema.fields().keySet());
    }

    private Record construct(String path, Schema schema, List<Object> arguments, Setting.Block block) {
        Class<?>[] types = Arrays.stream(schema.type().getRecordComponents())
                .map(RecordComponent::getType)
                .toArray(Class<?>[]::new);
        try {
            Constructor<? extends Record> constructor = schema.type().getDeclaredConstructor(types);
            return constructor.newInstance(arguments.toArray());
        } catch (InvocationTargetException e) {
            if (e.getCause() instanceof InvalidSetting refused) {
                throw Tree.nearest(block, refused.key())
                        .origin()
                        .problem(path + refused.key(), path + refused.key() + " " + refused.problem());
            }
            throw new IllegalStateException("cannot make block " + path, e.getCause());
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("cannot make block " + path, e);
        }
    }
}
