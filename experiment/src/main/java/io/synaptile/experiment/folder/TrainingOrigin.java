/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.experiment.folder;

import io.synaptile.experiment.file.EffectiveConfig;
import io.synaptile.experiment.file.Experiment;
import io.synaptile.sim.io.dataset.DatasetSplits;
import io.synaptile.sim.network.Network;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;

/**
 * All that trained weights depend on: settings by dotted key and the hashes of the data files. A checkpoint carries it, so
 * that it is continued only where the result is that of a run that was never stopped.
 *
 * @param values in words, by key
 */
public record TrainingOrigin(SortedMap<String, String> values) {
    private static final Set<String> BLOCKS = Set.of("seed", "data", "network", "train");
    private static final String HARDWARE = "hardware";

    /** What is done once the weights of an artificial network are trained, so that its training may go on with other values. */
    private static final Pattern AFTER_TRAINING = Pattern.compile(
            "train\\.convert\\.(percentile|images|over|scale|initial|schedule)|train\\.rate_norm\\.(?!form$).*");

    /** @param sources hashes of the models that training starts from, by the key that names them */
    public static TrainingOrigin of(Experiment experiment, DatasetSplits data, Map<String, String> sources) {
        SortedMap<String, String> values = new TreeMap<>();
        EffectiveConfig.hashed(experiment).forEach((key, value) -> {
            if (BLOCKS.contains(key) || key.equals(HARDWARE)) {
                Facts.leaves(key, value, values::put);
            }
        });
        TrainingHardware hardware = TrainingHardware.of(experiment);
        values.keySet().removeIf(key -> key.startsWith(HARDWARE + ".") && !hardware.counts(key));
        values.put("run.backend", experiment.run().backend());
        ManifestFacts.files(data).forEach((name, hash) -> values.put("data_sha256." + name, hash));
        sources.forEach((key, hash) -> values.put(key + "_sha256", hash));
        return new TrainingOrigin(values);
    }

    /** The first key that differs and that training itself depends on, with both values. */
    Optional<String> difference(SortedMap<String, String> trained) {
        TreeSet<String> keys = new TreeSet<>(values.keySet());
        keys.addAll(trained.keySet());
        return keys.stream()
                .filter(key -> !AFTER_TRAINING.matcher(key).matches())
                .filter(key -> !values.getOrDefault(key, "").equals(trained.getOrDefault(key, "")))
                .findFirst()
                .map(key -> "was trained with " + EffectiveConfig.nameToday(key) + " "
                        + trained.getOrDefault(key, "not known") + ", not " + values.getOrDefault(key, "given"));
    }

    /** The first layer that differs in name or shape, with both shapes. */
    public static Optional<String> difference(Network trained, Network network) {
        int layers = Math.max(trained.nodes().size(), network.nodes().size());
        for (int i = 0; i < layers; i++) {
            String there = layer(trained, i);
            String here = layer(network, i);
            if (!there.equals(here)) {
                return Optional.of(
                        "is of another architecture: it has " + there + " where this experiment has " + here);
            }
        }
        return Optional.empty();
    }

    private static String layer(Network network, int index) {
        if (index >= network.nodes().size()) {
            return "no further layer";
        }
        Network.Node node = network.node(index);
        return "layer " + node.name() + " with "
                + (node.isSynapse() ? "weights " + Arrays.toString(node.weightShape()) : "output " + node.out());
    }
}
