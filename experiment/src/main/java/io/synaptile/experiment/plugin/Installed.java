/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.experiment.plugin;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Parts of one kind by name: those of the product, and those of plug-ins with their jar.
 *
 * @param <P> provider of the part
 */
final class Installed<P> {
    private final PartKind<P> kind;
    private final List<String> first = new ArrayList<>();
    private final Map<String, P> parts = new TreeMap<>();
    private final Map<String, PlugInJar> jars = new TreeMap<>();

    /** Those of the product. */
    Installed(PartKind<P> kind) {
        this.kind = kind;
        for (P part : kind.builtIn().get()) {
            String name = kind.name().apply(part);
            parts.put(name, part);
            if (kind.inOrder()) {
                first.add(name);
            }
        }
    }

    /** @return what is wrong with it; empty if it was added */
    Optional<String> add(String name, P part, PlugInJar jar) {
        if (parts.containsKey(name)) {
            String place = jars.containsKey(name) ? "in " + jars.get(name).name() : PlugIns.BUILT_IN;
            return Optional.of(kind.sort() + " " + name + " is there already, " + place);
        }
        parts.put(name, part);
        jars.put(name, jar);
        return Optional.empty();
    }

    /** @throws IllegalArgumentException if there is no part of that name, with all there are */
    P get(String name) {
        P part = parts.get(name);
        if (part == null) {
            throw new IllegalArgumentException(
                    "there is no " + kind.sort() + " '" + name + "'; known: " + String.join(", ", names()));
        }
        return part;
    }

    /** In the order in which they are listed. */
    List<P> all() {
        return names().stream().map(parts::get).toList();
    }

    /** In the order in which they are listed. */
    List<String> names() {
        List<String> names = new ArrayList<>(first);
        TreeSet<String> others = new TreeSet<>(parts.keySet());
        first.forEach(others::remove);
        names.addAll(others);
        return names;
    }

    /** Every part, as it can be named. */
    List<PlugIns.Part> named() {
        return names().stream()
                .map(name ->
                        new PlugIns.Part(kind.sort(), name, kind.description().apply(parts.get(name)), origin(name)))
                .toList();
    }

    /** Every part, as it can be checked. */
    List<PlugIns.Checkable> checkable() {
        return names().stream().map(this::checkable).toList();
    }

    private PlugIns.Checkable checkable(String name) {
        P part = Guarded.unguarded(parts.get(name));
        Optional<PlugInJar> jar = jar(name);
        return new PlugIns.Checkable(
                kind.sort(),
                name,
                jar.isPresent(),
                options -> jar.map(own -> new Guard(own, kind.sort() + " " + name)
                                .call(
                                        "the check of its contract",
                                        () -> kind.suite().check(part, options)))
                        .orElseGet(() -> kind.suite().check(part, options)));
    }

    /** The jar that a part is from; empty for one that is built in. */
    Optional<PlugInJar> jar(String name) {
        return Optional.ofNullable(jars.get(name));
    }

    /** Name of the jar that a part is from, or {@code built in}. */
    String origin(String name) {
        return jar(name).map(PlugInJar::name).orElse(PlugIns.BUILT_IN);
    }
}
