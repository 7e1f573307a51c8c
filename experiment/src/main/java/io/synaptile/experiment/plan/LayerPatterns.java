/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.experiment.plan;

import io.synaptile.experiment.file.ExperimentFile;
import io.synaptile.sim.network.Network;
import io.synaptile.sim.network.ParameterId;
import io.synaptile.sim.network.Role;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.BiPredicate;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Finds the layers that the names and patterns of a {@code per_layer} key stand for. */
final class LayerPatterns {
    private LayerPatterns() {}

    /**
     * What is said of one layer.
     *
     * @param key dotted key of the block that says it
     */
    record Entry<T>(String key, T value) {}

    /**
     * The entry of every layer with weights that has one, by name. The name of a layer goes before patterns, in which * stands
     * for any characters and ? for one.
     *
     * @param key dotted key of the map
     * @throws io.synaptile.experiment.file.ConfigException if an entry is of no layer, or two patterns are of the same
     */
    static <T> Map<String, Entry<T>> resolve(ExperimentFile file, String key, Map<String, T> entries, Network network) {
        Map<String, List<String>> layers = new LinkedHashMap<>();
        network.synapses().forEach(node -> layers.put(node.name(), List.of(node.name())));
        return resolve(file, key, "weights", entries, layers, (_, _) -> true);
    }

    /**
     * The entry of every trainable parameter that has one, likewise.
     *
     * @param roles which parameters of its layers an entry is of, by its name
     */
    static <T> Map<ParameterId, Entry<T>> parameters(
            ExperimentFile file,
            String key,
            Map<String, T> entries,
            Network network,
            Function<String, Set<Role>> roles) {
        Map<String, List<ParameterId>> layers = new LinkedHashMap<>();
        for (Network.Node node : network.nodes()) {
            List<ParameterId> own = node.parameters(1).keySet().stream()
                    .filter(Role::isTrainable)
                    .map(role -> new ParameterId(node.id(), role))
                    .toList();
            if (!own.isEmpty()) {
                layers.put(node.name(), own);
            }
        }
        return resolve(
                file,
                key,
                "these parameters",
                entries,
                layers,
                (name, id) -> roles.apply(name).contains(id.role()));
    }

    /**
     * The entry of every part of a layer that has one.
     *
     * @param what layers have that entries are of
     * @param layers parts by name of their layer, in the order of the network
     * @param meant whether an entry of that name is of a part
     */
    private static <T, P> Map<P, Entry<T>> resolve(
            ExperimentFile file,
            String key,
            String what,
            Map<String, T> entries,
            Map<String, List<P>> layers,
            BiPredicate<String, P> meant) {
        Map<P, Entry<T>> named = new LinkedHashMap<>();
        Map<P, Entry<T>> matched = new LinkedHashMap<>();
        // Names first, since a clash of patterns does not matter where a name decides.
        entries.forEach((name, value) -> {
            if (layers.containsKey(name)) {
                Entry<T> entry = new Entry<>(key + "." + name, value);
                List<P> parts = layers.get(name).stream()
                        .filter(part -> meant.test(name, part))
                        .toList();
                require(file, entry, what, parts, layers);
                parts.forEach(part -> named.put(part, entry));
            }
        });
        new TreeMap<>(entries).forEach((pattern, value) -> {
            if (layers.containsKey(pattern)) {
                return;
            }
            Entry<T> entry = new Entry<>(key + "." + pattern, value);
            Map<P, String> parts = new LinkedHashMap<>();
            layers.forEach((layer, own) -> {
                if (regex(pattern).matcher(layer).matches()) {
                    own.stream().filter(part -> meant.test(pattern, part)).forEach(part -> parts.put(part, layer));
                }
            });
            require(file, entry, what, parts.keySet(), layers);
            parts.forEach((part, layer) -> {
                Entry<T> other = matched.put(part, entry);
                if (other != null && !named.containsKey(part)) {
                    throw file.problem(
                            entry.key(),
                            entry.key() + " and " + other.key() + " are both of layer " + layer
                                    + "; name the layer or change one of them");
                }
            });
        });
        matched.forEach(named::putIfAbsent);
        return named;
    }

    private static <P> void require(
            ExperimentFile file, Entry<?> entry, String what, Collection<P> parts, Map<String, List<P>> layers) {
        if (parts.isEmpty()) {
            throw file.problem(
                    entry.key(),
                    entry.key() + " is of no layer with " + what + "; these are: "
                            + String.join(", ", layers.keySet()));
        }
    }

    /** The names that a pattern stands for. */
    static Pattern regex(String pattern) {
        return Pattern.compile(pattern.chars()
                .mapToObj(c -> switch (c) {
                    case '*' -> ".*";
                    case '?' -> ".";
                    default -> Pattern.quote(Character.toString(c));
                })
                .collect(Collectors.joining()));
    }
}
