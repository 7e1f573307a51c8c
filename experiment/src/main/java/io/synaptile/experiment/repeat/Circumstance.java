/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.experiment.repeat;

import io.synaptile.experiment.folder.RunManifest;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Something about two runs of one experiment that is not the same, and that their results may depend on.
 *
 * @param name as in a manifest, with dots
 * @param then in the run that was repeated; {@link #NOTHING} if it is not recorded there
 * @param now in the repetition
 */
public record Circumstance(String name, String then, String now) {
    /** Stands for what a manifest does not have. */
    public static final String NOTHING = "not recorded";

    /** Keys of a manifest whose values results may depend on besides the settings. */
    private static final List<String> KEYS = List.of(
            "backend",
            "baseline",
            "data",
            "device_files",
            "host",
            "plugins",
            "product",
            "recovered_chip_sha256",
            "simulation.backend",
            "simulation.energy_table_sha256",
            "source",
            "weights_prepared_on");

    /** All that the manifests of two runs have and do not have in common. */
    static List<Circumstance> differences(RunManifest then, RunManifest now) {
        SortedMap<String, String> before = flat(then);
        SortedMap<String, String> after = flat(now);
        TreeSet<String> names = new TreeSet<>(before.keySet());
        names.addAll(after.keySet());
        List<Circumstance> differences = new ArrayList<>();
        for (String name : names) {
            String one = before.getOrDefault(name, NOTHING);
            String other = after.getOrDefault(name, NOTHING);
            if (!one.equals(other)) {
                differences.add(new Circumstance(name, one, other));
            }
        }
        return differences;
    }

    private static SortedMap<String, String> flat(RunManifest manifest) {
        SortedMap<String, String> all = new TreeMap<>(manifest.shown());
        all.keySet().removeIf(name -> KEYS.stream().noneMatch(key -> name.equals(key) || name.startsWith(key + ".")));
        return all;
    }
}
