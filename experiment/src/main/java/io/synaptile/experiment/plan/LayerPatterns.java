/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.experiment.plan;

import io.synaptile.experiment.file.ExperimentFile;
import io.synaptile.sim.network.Network;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
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
     * The entry of every layer that has one, by name. The name of a layer goes before patterns, in which * stands for any
     * characters and ? for one.
     *
     * @param key dotted key of the map
     * @throws io.synaptile.experiment.file.ConfigException if an entry is of no layer, or two patterns are of the same
     */
    static <T> Map<String, Entry<T>> resolve(ExperimentFile file, String key, Map<String, T> entries, Network network) {
        List<String> layers =
                network.synapses().stream().map(Network.Node::name).toList();
        Map<String, Entry<T>> found = new LinkedHashMap<>();
        Map<String, Entry<T>> patterns = new TreeMap<>();
        entries.forEach((name, value) -> {
            Entry<T> entry = new Entry<>(key + "." + name, value);
            if (layers.contains(name)) {
                found.put(name, entry);
            } else {
                patterns.put(name, entry);
            }
        });
        Map<String, Entry<T>> matched = new TreeMap<>();
        patterns.forEach((pattern, entry) -> {
            List<String> meant =
                    layers.stream().filter(regex(pattern).asMatchPredicate()).toList();
            if (meant.isEmpty()) {
                throw file.problem(
                        entry.key(),
                        entry.key() + " is of no layer with weights; these are: " + String.join(", ", layers));
            }
            for (String layer : meant) {
                Entry<T> other = matched.put(layer, entry);
                if (other != null && !found.containsKey(layer)) {
                    throw file.problem(
                            entry.key(),
                            entry.key() + " and " + other.key() + " are both of layer " + layer
                                    + "; name the layer or change one of them");
                }
            }
        });
        matched.forEach(found::putIfAbsent);
        return found;
    }

    private static Pattern regex(String pattern) {
        return Pattern.compile(pattern.chars()
                .mapToObj(c -> switch (c) {
                    case '*' -> ".*";
                    case '?' -> ".";
                    default -> Pattern.quote(Character.toString(c));
                })
                .collect(Collectors.joining()));
    }
}
