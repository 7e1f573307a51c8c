/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.experiment.plugin;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Parts of one sort by name: those of the product, and those of plug-ins with their jar.
 *
 * @param <P> provider of the part
 */
final class Installed<P> {
    private final Sort sort;
    private final Map<String, P> parts = new TreeMap<>();
    private final Map<String, PlugInJar> jars = new TreeMap<>();

    /** @param sort what a part is called in messages */
    Installed(Sort sort) {
        this.sort = sort;
    }

    Sort sort() {
        return sort;
    }

    void addBuiltIn(String name, P part) {
        parts.put(name, part);
    }

    /** @return what is wrong with it; empty if it was added */
    Optional<String> add(String name, P part, PlugInJar jar) {
        if (parts.containsKey(name)) {
            String place = jars.containsKey(name) ? "in " + jars.get(name).name() : PlugIns.BUILT_IN;
            return Optional.of(sort + " " + name + " is there already, " + place);
        }
        parts.put(name, part);
        jars.put(name, jar);
        return Optional.empty();
    }

    /** The part of that name; empty if there is none. */
    Optional<P> get(String name) {
        return Optional.ofNullable(parts.get(name));
    }

    Collection<P> all() {
        return List.copyOf(parts.values());
    }

    Collection<String> names() {
        return List.copyOf(parts.keySet());
    }

    /** The jar that a part is from; empty for one that is built in. */
    Optional<PlugInJar> jar(String name) {
        return Optional.ofNullable(jars.get(name));
    }
}
