/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.experiment.folder;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.function.BiConsumer;

/**
 * A block of a manifest as it was read, asked by name and type; what is missing or of another type is empty.
 *
 * @param values by name
 */
record Facts(Map<?, ?> values) {
    /** A value that may be a block. */
    static Optional<Facts> of(Object value) {
        return value instanceof Map<?, ?> map ? Optional.of(new Facts(map)) : Optional.empty();
    }

    /** Tells every value within, in words by its dotted key, in their order; {@code value} itself if it is no block. */
    static void leaves(String key, Object value, BiConsumer<String, String> leaf) {
        Optional<Facts> block = of(value);
        if (block.isEmpty()) {
            leaf.accept(key, String.valueOf(value));
        } else {
            block.get().values.forEach((name, inner) -> leaves(key + "." + name, inner, leaf));
        }
    }

    Optional<Facts> block(String name) {
        return of(values.get(name));
    }

    Optional<String> text(String name) {
        return values.get(name) instanceof String text ? Optional.of(text) : Optional.empty();
    }

    OptionalDouble number(String name) {
        return values.get(name) instanceof Number number
                ? OptionalDouble.of(number.doubleValue())
                : OptionalDouble.empty();
    }

    OptionalInt whole(String name) {
        return values.get(name) instanceof Integer number ? OptionalInt.of(number) : OptionalInt.empty();
    }

    /** The elements of a list as text; empty if there is none. */
    List<String> texts(String name) {
        return values.get(name) instanceof List<?> list
                ? list.stream().map(String::valueOf).toList()
                : List.of();
    }

    boolean has(String name) {
        return values.containsKey(name);
    }
}
