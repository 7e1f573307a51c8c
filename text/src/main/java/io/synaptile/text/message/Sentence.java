/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.text.message;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;

/** A sentence about properties. Whoever prints it decides what they are called: words for a caller, keys for the writer of a file. */
public final class Sentence {
    private final List<Object> parts;

    private Sentence(List<Object> parts) {
        this.parts = List.copyOf(parts);
    }

    /** A sentence of parts that follow each other: those that are a {@link Property} are named, the others printed as they are. */
    public static Sentence of(Object... parts) {
        List<Object> all = new ArrayList<>();
        for (Object part : parts) {
            all.add(part instanceof Property ? part : String.valueOf(part));
        }
        return new Sentence(all);
    }

    /** The same behind other words. */
    public Sentence after(String words) {
        List<Object> all = new ArrayList<>(parts);
        all.addFirst(words);
        return new Sentence(all);
    }

    /** The properties that it names, in their order. */
    public List<Property> properties() {
        return parts.stream()
                .filter(Property.class::isInstance)
                .map(Property.class::cast)
                .toList();
    }

    /** The sentence with every property in words. */
    public String inWords() {
        return with(Property::words);
    }

    /** The sentence with the names that properties have elsewhere. */
    public String with(Function<? super Property, String> names) {
        return parts.stream()
                .map(part -> part instanceof Property property ? names.apply(property) : (String) part)
                .collect(Collectors.joining());
    }

    @Override
    public String toString() {
        return inWords();
    }
}
